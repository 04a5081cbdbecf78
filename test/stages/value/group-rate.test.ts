import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

/** So many customers of a base group who are all alike. */
function alike(base_group: string, count: number, columns: Row): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    customer_key: `${base_group}-${i}`,
    base_group,
    ...columns,
  }));
}

/** In four years 4 occasions of 25, of which 10 are left. */
const loyal = {
  first_occasion_on: '2021-06-01',
  count_occasions: 4,
  age_days: 1600,
  recency_days: 1461,
  occasion_value: 100,
  contribution: 40,
};
/** Once, a year ago to the day. */
const once = {
  first_occasion_on: '2024-12-31',
  count_occasions: 1,
  age_days: 365,
  recency_days: 0,
  occasion_value: 10,
  contribution: 5,
};
/** A free sample, a day too late to be of a whole year. */
const free = {
  first_occasion_on: '2025-01-01',
  count_occasions: 1,
  age_days: 364,
  recency_days: 7,
  occasion_value: 0,
  contribution: 0,
};

const figures = [
  'base_group',
  'history_from_on',
  'mean_occasion_value',
  'contribution_rate',
  'duration_years',
];

test('a group has its own figures, and the company’s where it has nothing', async () => {
  const rows = await built('group_rate', {
    customer_features: [
      ...alike('big', 30, loyal),
      ...alike('small', 29, once),
      ...alike('free', 1, free),
      ...alike('all', 1, free),
      ...alike('big', 1, { customer_key: 'prospect', count_occasions: 0, contribution: 0 }),
    ],
  });
  // 30 x 4 + 29 + 1 + 1 occasions; 30 x 100 + 29 x 10 sales; 30 x 40 + 29 x 5 left of them
  const mean = 3290 / 151;
  const rate = 1345 / 3290;
  // 59 are a year old: 30 x 1461 days
  const duration = 120 / 59;
  const near = (value: number) => expect.closeTo(value, 9);
  expect(columnsOf(rows, ...figures)).toEqual([
    ['all', '2021-06-01', near(mean), near(rate), near(duration)],
    ['big', '2021-06-01', 25, near(0.4), near(4)],
    // no sale and nobody of a year: rate and duration are the company's too
    ['free', '2025-01-01', 0, near(rate), near(duration)],
    ['small', '2024-12-31', 10, 0.5, 0],
  ]);
});

test('where costs are not known the rate is what returns leave of the sales', async () => {
  const rows = await built('group_rate', {
    customer_features: alike('all', 2, { ...loyal, contribution: null, net_sales: 95 }),
  });
  expect(columnsOf(rows, 'contribution_rate')).toEqual([[0.95]]);
});

test('a shop without an order has no rates', async () => {
  const features = alike('all', 3, { count_occasions: 0, contribution: 0 });
  expect(await built('group_rate', { customer_features: features })).toEqual([]);
});
