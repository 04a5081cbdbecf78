import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

const history = { frequency: 3, recency_days: 200, age_days: 300 };
const rate = {
  customer_key: 'a',
  ...history,
  method: 'mbg_nbd+gamma_gamma',
  expected_occasion_value: 20,
  contribution_rate: 0.5,
};
const score = {
  ...history,
  p_alive: 0.9,
  expected_orders_12m: 4,
  expected_orders_24m: 7,
  expected_orders_36m: 9,
  discounted_orders_12m: 3.8,
  discounted_orders_24m: 6.3,
  discounted_orders_36m: 7.5,
};
const intervals = [12, 24, 36].map((horizon_months, i) => ({
  customer_key: 'a',
  horizon_months,
  sales_p10: 10 + i,
  sales_p90: 200 + i,
}));
const spreads = [12, 24, 36].map((horizon_months, i) => ({
  ...history,
  horizon_months,
  orders_p10: 1 + i,
  orders_p90: 8 + i,
}));
const scored = { model_score: [score], clv_interval: intervals, order_spread: spreads };
const value = ['horizon_months', 'predicted_clv', 'predicted_clv_p10', 'predicted_clv_p90'];

test('value is discounted orders x their value x what is left of it, and so is its interval', async () => {
  const rows = await built('customer_value_horizon', { customer_rate: [rate], ...scored });
  expect(columnsOf(rows, ...value)).toEqual([
    // 3.8 x 20 x 0.5; a unit of sales is worth 0.5 x 3.8 / 4 = 0.475: 10 x 0.475, 200 x 0.475
    [12, '38.0000', '4.7500', '95.0000'],
    // 6.3 x 10; 0.5 x 6.3 / 7 = 0.45: 11 x 0.45, 201 x 0.45
    [24, '63.0000', '4.9500', '90.4500'],
    // 7.5 x 10; 0.5 x 7.5 / 9 = 0.41666...: 12 x and 202 x
    [36, '75.0000', '5.0000', '84.1667'],
  ]);
  expect(columnsOf(rows, 'expected_orders', 'orders_p10', 'orders_p90')).toEqual([
    [4, 1, 8],
    [7, 2, 9],
    [9, 3, 10],
  ]);
});

test('a negative rate turns sign and interval round', async () => {
  const rows = await built('customer_value_horizon', {
    customer_rate: [{ ...rate, contribution_rate: -0.5 }],
    ...scored,
  });
  expect(columnsOf(rows, ...value)[0]).toEqual([12, '-38.0000', '-95.0000', '-4.7500']);
});

test('a rate of 0 leaves nothing, and nothing either way', async () => {
  const rows = await built('customer_value_horizon', {
    customer_rate: [{ ...rate, contribution_rate: 0 }],
    ...scored,
  });
  expect(columnsOf(rows, ...value)[0]).toEqual([12, '0.0000', '0.0000', '0.0000']);
});

test('no orders expected have no interval of value', async () => {
  const none = { ...score, expected_orders_12m: 0, discounted_orders_12m: 0 };
  const rows = await built('customer_value_horizon', {
    customer_rate: [rate],
    ...scored,
    model_score: [none],
  });
  expect(columnsOf(rows, ...value)[0]).toEqual([12, '0.0000', null, null]);
});

test.each([0, 0.1, 0.25])(
  'what older customers brought is spread evenly and discounted mid-month at %d a year',
  async (annual) => {
    const cohort_mean = [1, 2, 3].flatMap((years) => [
      { age_days: 300, horizon_months: 12 * years, orders: 2 * years, value: 1000 * years },
      { age_days: 301, horizon_months: 12 * years, orders: 9, value: 9 },
    ]);
    const rows = await built(
      'customer_value_horizon',
      { customer_rate: [{ ...rate, method: 'cohort_mean' }], cohort_mean },
      { discount_rate: annual },
    );
    for (const [months, orders] of [
      [12, 2],
      [24, 4],
      [36, 6],
    ] as const) {
      let expected = 0;
      for (let month = 0; month < months; month += 1) {
        expected += 1000 / 12 / (1 + annual) ** ((month + 0.5) / 12);
      }
      const row = rows.find(({ horizon_months }) => horizon_months === months);
      expect(row).toMatchObject({
        expected_orders: orders,
        orders_p10: null,
        predicted_clv_p90: null,
      });
      expect(Math.abs(Number(row?.predicted_clv) - expected)).toBeLessThanOrEqual(0.0001);
    }
  },
);

test('scores and intervals of another customer are not taken', async () => {
  const rows = await built('customer_value_horizon', {
    customer_rate: [rate],
    model_score: [
      { ...score, frequency: 4 },
      { ...score, recency_days: 199 },
      { ...score, age_days: 301 },
    ],
    order_spread: spreads.flatMap((spread) => [
      { ...spread, frequency: 4 },
      { ...spread, recency_days: 199 },
      { ...spread, age_days: 301 },
    ]),
    clv_interval: intervals.map((one) => ({ ...one, customer_key: 'b' })),
  });
  expect(columnsOf(rows, 'expected_orders', 'orders_p10', 'predicted_clv_p10')).toEqual([
    [null, null, null],
    [null, null, null],
    [null, null, null],
  ]);
  expect(columnsOf(rows, 'predicted_clv').flat()).toEqual([null, null, null]);
});
