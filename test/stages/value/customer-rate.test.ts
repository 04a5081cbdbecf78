import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

/** Three orders of 10 in a month, on two days; 60 of 100 are left. */
const customer = {
  customer_key: 'a',
  base_group: 'web',
  count_occasions: 2,
  frequency: 1,
  recency_days: 20,
  age_days: 30,
  count_orders: 3,
  average_basket: 10,
  occasion_value: 100,
  repeat_occasion_value: 30,
  contribution: 60,
};
const group = {
  base_group: 'web',
  mean_occasion_value: 20,
  contribution_rate: 0.3,
  duration_years: 0.5,
};

const score = { frequency: 1, recency_days: 20, age_days: 30, p_alive: 0.5 };

function spendModel(status: string, q = 4): Row[] {
  return Object.entries({ p: 6, q, gamma: 16 }).map(([parameter, estimate]) => ({
    model: 'gamma_gamma',
    parameter,
    estimate,
    status,
    is_champion: false,
  }));
}

const purchaseModels: Row[] = [
  { model: 'mbg_nbd', parameter: 'r', estimate: 0.5, status: 'converged', is_champion: true },
  { model: 'pareto_nbd', parameter: 'r', estimate: 0.5, status: 'converged', is_champion: false },
];

async function rateOf(given: Readonly<Record<string, readonly Row[]>>): Promise<Row> {
  const [row, ...others] = await built('customer_rate', {
    customer_features: [customer],
    group_rate: [group],
    ...given,
  });
  expect(others).toEqual([]);
  return row as Row;
}

test('the contribution rate is shrunk by five occasions of the base group', async () => {
  // (60 + 5 x 20 x 0.3) / (100 + 5 x 20)
  expect(await rateOf({})).toMatchObject({ contribution_rate: expect.closeTo(0.45, 12) });
  // a loss of 60: (30 - 60) / 200
  expect(await rateOf({ customer_features: [{ ...customer, contribution: -60 }] })).toMatchObject({
    contribution_rate: expect.closeTo(-0.15, 12),
  });
});

test('who had free samples in a group of free samples has a rate of 0', async () => {
  const free = { ...customer, occasion_value: 0, contribution: 0, average_basket: 0 };
  const row = await rateOf({
    customer_features: [free],
    group_rate: [{ ...group, mean_occasion_value: 0, contribution_rate: null }],
  });
  expect(row).toMatchObject({ contribution_rate: 0, simple_clv: '0.0000' });
});

test.each([
  // 30 days are less than a twelfth of a year: 3 x 12 orders a year, 10 x 36 x 0.5
  { age_days: 30, duration_years: 0.5, simple_clv: '180.0000' },
  // 31 days are more: 10 x 3 x 365.25 / 31 x 0.5
  { age_days: 31, duration_years: 0.5, simple_clv: '176.7339' },
  // two years: 10 x 3 / (730.5 / 365.25) is not a whole day: 10 x 3 x 365.25 / 730 x 2
  { age_days: 730, duration_years: 2, simple_clv: '30.0205' },
  // nobody came back: a month at least, 10 x 36 / 12
  { age_days: 30, duration_years: 0, simple_clv: '30.0000' },
])('simple_clv of $age_days days and $duration_years years is $simple_clv', async (one) => {
  const { age_days, duration_years, simple_clv } = one;
  const row = await rateOf({
    customer_features: [{ ...customer, age_days }],
    group_rate: [{ ...group, duration_years }],
  });
  expect(row.simple_clv).toBe(simple_clv);
});

test('where costs are not known the rate is what returns leave of the sales', async () => {
  const uncosted = { ...customer, contribution: null, net_sales: 90 };
  // (90 + 5 x 20 x 0.3) / (100 + 5 x 20)
  expect(await rateOf({ customer_features: [uncosted] })).toMatchObject({
    contribution_rate: expect.closeTo(0.6, 12),
  });
});

test('without a model older customers tell, and nothing without them', async () => {
  const method = async (...cohorts: Row[]) => (await rateOf({ cohort_mean: cohorts })).method;
  expect(await method({ age_days: 30, horizon_months: 12 })).toBe('cohort_mean');
  expect(await method({ age_days: 31, horizon_months: 12 })).toBe('too_little_history');
  expect(await method({ age_days: 30, horizon_months: 24 })).toBe('too_little_history');
  expect(await method()).toBe('too_little_history');
});

test('with a score the champion tells, and the spend model where it has a mean', async () => {
  const scored = { model_score: [score] };
  const fitted = { ...scored, model_fit: [...purchaseModels, ...spendModel('converged')] };
  expect(await rateOf(fitted)).toMatchObject({
    method: 'mbg_nbd+gamma_gamma',
    // 6 x (16 + 1 x 30) / (6 x 1 + 4 - 1)
    expected_occasion_value: expect.closeTo(276 / 9, 12),
  });
  const first = { ...customer, frequency: 0, recency_days: 0, repeat_occasion_value: null };
  expect(
    await rateOf({
      ...fitted,
      customer_features: [first],
      model_score: [{ ...score, frequency: 0, recency_days: 0 }],
    }),
    // 6 x 16 / (4 - 1)
  ).toMatchObject({ method: 'mbg_nbd+gamma_gamma', expected_occasion_value: 32 });
  for (const spend of [spendModel('infinite_mean'), spendModel('at_bound', 1), []]) {
    expect(await rateOf({ ...scored, model_fit: [...purchaseModels, ...spend] })).toMatchObject({
      method: 'mbg_nbd+mean_spend',
      expected_occasion_value: 20,
    });
  }
});

test('a score of another history is not the customer’s', async () => {
  const fitted = [...purchaseModels, ...spendModel('converged')];
  const others = [
    { ...score, frequency: 2 },
    { ...score, recency_days: 19 },
    { ...score, age_days: 31 },
  ];
  const row = await rateOf({ model_score: others, model_fit: fitted });
  expect(row.method).toBe('too_little_history');
});

test('who never bought has no row', async () => {
  const rows = await built('customer_rate', {
    customer_features: [{ customer_key: 'p', base_group: 'web', count_occasions: 0 }, customer],
    group_rate: [group, { ...group, base_group: 'all' }],
  });
  expect(columnsOf(rows, 'customer_key')).toEqual([['a']]);
});
