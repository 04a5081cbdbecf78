import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

const history = { frequency: 3, recency_days: 200, age_days: 300 };
const features = {
  customer_key: 'a',
  ...history,
  contribution: 70,
  net_sales_12m: 1,
  net_sales_24m: 2,
  net_sales_36m: 3,
  contribution_12m: 4,
  contribution_24m: 5,
  contribution_36m: 6,
};
const given = {
  value_basis: [{ value_basis: 'contribution' }],
  customer_features: [features, { customer_key: 'p', contribution: 0, net_sales_12m: 0 }],
  group_rate: [
    { base_group: 'web', history_from_on: '2024-01-01' },
    { base_group: 'all', history_from_on: '2022-12-31' },
  ],
  customer_rate: [
    {
      customer_key: 'a',
      method: 'mbg_nbd+gamma_gamma',
      expected_occasion_value: 20.00004,
      contribution_rate: 0.5,
      simple_clv: 99,
    },
  ],
  model_score: [
    { ...history, p_alive: 0.9, discounted_orders_residual: 12, days_to_next_order: 31 },
    { ...history, age_days: 301, p_alive: 0.1, days_to_next_order: 1 },
    { ...history, recency_days: 201, p_alive: 0.1, days_to_next_order: 1 },
    { ...history, frequency: 2, p_alive: 0.1, days_to_next_order: 1 },
  ],
  customer_value_horizon: [12, 24, 36].map((horizon_months) => ({
    customer_key: 'a',
    horizon_months,
    expected_orders: horizon_months + 0.1,
    orders_p10: horizon_months + 1,
    orders_p90: horizon_months + 2,
    predicted_clv: horizon_months + 0.3,
    predicted_clv_p10: horizon_months + 0.4,
    predicted_clv_p90: horizon_months + 0.5,
  })),
};

test('each horizon and percentile stands in its column', async () => {
  const [row] = await built('customer_value', given);
  expect(row).toEqual({
    customer_key: 'a',
    historic_value_12m: '1.0000',
    historic_value_24m: '2.0000',
    historic_value_36m: '3.0000',
    historic_contribution_12m: '4.0000',
    historic_contribution_24m: '5.0000',
    historic_contribution_36m: '6.0000',
    real_value: '70.0000',
    simple_clv: '99.0000',
    p_alive: 0.9,
    churn_risk: expect.closeTo(0.1, 12),
    expected_orders_12m: 12.1,
    expected_orders_24m: 24.1,
    expected_orders_36m: 36.1,
    orders_12m_p10: 13,
    orders_12m_p90: 14,
    orders_24m_p10: 25,
    orders_24m_p90: 26,
    orders_36m_p10: 37,
    orders_36m_p90: 38,
    expected_occasion_value: '20.0000',
    contribution_rate: 0.5,
    predicted_clv_12m: '12.3000',
    predicted_clv_12m_p10: '12.4000',
    predicted_clv_12m_p90: '12.5000',
    predicted_clv_24m: '24.3000',
    predicted_clv_24m_p10: '24.4000',
    predicted_clv_24m_p90: '24.5000',
    predicted_clv_36m: '36.3000',
    predicted_clv_36m_p10: '36.4000',
    predicted_clv_36m_p90: '36.5000',
    // 12 x 20.00004 x 0.5
    residual_lifetime_value: '120.0002',
    // 31 days after 31 December
    next_order_expected_on: '2026-01-31',
    method: 'mbg_nbd+gamma_gamma',
    value_basis: 'contribution',
    is_extrapolated: false,
  });
});

test('who never bought has no prediction, and the row says so', async () => {
  const [, row] = await built('customer_value', given);
  expect(row).toMatchObject({
    customer_key: 'p',
    real_value: '0.0000',
    simple_clv: null,
    p_alive: null,
    churn_risk: null,
    expected_orders_12m: null,
    expected_occasion_value: null,
    contribution_rate: null,
    predicted_clv_12m: null,
    residual_lifetime_value: null,
    next_order_expected_on: null,
    method: 'no_order',
    is_extrapolated: false,
  });
});

test.each([
  ['2022-12-31', false],
  ['2023-01-01', true],
])('36 months before 31 December 2025 a history from %s is extrapolated: %s', async (from, is) => {
  const rows = await built('customer_value', {
    ...given,
    group_rate: [{ base_group: 'all', history_from_on: from }],
  });
  expect(columnsOf(rows, 'is_extrapolated')).toEqual([[is], [is]]);
});

test('without any order everything to come is extrapolated', async () => {
  const { customer_features, value_basis } = given;
  const rows = await built('customer_value', { customer_features, value_basis });
  expect(columnsOf(rows, 'method', 'is_extrapolated')).toEqual([
    ['no_order', true],
    ['no_order', true],
  ]);
});

test('where costs are not known values are net sales, and nothing is said of contributions', async () => {
  const uncosted = {
    ...features,
    net_sales: 80,
    contribution: null,
    contribution_12m: null,
    contribution_24m: null,
    contribution_36m: null,
  };
  const [row] = await built('customer_value', {
    ...given,
    customer_features: [uncosted],
    value_basis: [{ value_basis: 'net_sales' }],
  });
  expect(row).toMatchObject({
    value_basis: 'net_sales',
    real_value: '80.0000',
    historic_contribution_12m: null,
    contribution_rate: null,
    predicted_clv_12m: '12.3000',
    residual_lifetime_value: '120.0002',
  });
});
