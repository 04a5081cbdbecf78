import { code, count, day, flag, moneySum, real, runTable, text } from './contract.ts';

const noOrder = { nullable: true };
const noModel = { nullable: true };
const noCost = { nullable: true };
const noRate = { nullable: true };

export const clvInterval = runTable({
  name: 'clv_interval',
  grain: 'one row a customer with an interval and horizon',
  key: ['customer_key', 'horizon_months'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    horizon_months: count('months', '12, 24 or 36'),
    sales_p10: moneySum('10 % of the outcomes of the sales within the horizon lie below'),
    sales_p90: moneySum('90 % of the outcomes of the sales within the horizon lie below'),
  },
  identities: [
    {
      states: 'P10 is not above P90',
      brokenWhere: 'sales_p10 > sales_p90 or sales_p10 < 0',
    },
  ],
});

const interval =
  'percentile of the discounted contribution, by moments of orders and spend; NULL where the data allow none';

const simple =
  'Average basket x orders a year x mean duration of the relationship in the base group: overstates, kept beside the models for comparison';

const orders = 'percentile, without a model NULL, of the purchase occasions of the next';

export const groupRate = runTable({
  name: 'group_rate',
  grain: "one row a base group with an occasion, and 'all' for the company",
  key: ['base_group'],
  promise: 'pure',
  columns: {
    base_group: text("As in customer_features; 'all' is the whole company"),
    history_from_on: day('First occasion of the group'),
    mean_occasion_value: real('reporting currency', 'Occasion value / occasions'),
    contribution_rate: real(
      'share',
      "Contribution (by value_basis, else net sales) / occasion value; the company's where the group has no occasion value",
      noRate,
    ),
    duration_years: real(
      'years',
      "Mean of first to last occasion over the mature customers; the company's where there are none",
      noRate,
    ),
  },
  identities: [
    {
      states: 'every customer with an occasion has the rates of a group',
      violations: `
        select f.customer_key from customer_features f
        left join group_rate g on g.base_group = f.base_group
          and g.snapshot_on = f.snapshot_on and g.run_id = f.run_id
        where f.snapshot_on = :as_of and f.run_id = :run_id
          and f.count_occasions > 0 and g.base_group is null`,
    },
  ],
});

export const cohortMean = runTable({
  name: 'cohort_mean',
  grain:
    'one row an age and horizon that at least 30 older customers have behind them, where no model tells',
  key: ['age_days', 'horizon_months'],
  promise: 'pure',
  columns: {
    age_days: count('days', 'Age of a customer at the as-of date'),
    horizon_months: count('months', '12, 24 or 36'),
    count_customers: count('customers', 'Those older than age and horizon together'),
    orders: real('occasions', 'Their purchase occasions in the horizon after that age, a customer'),
    value: real(
      'reporting currency',
      'What they brought in it, a customer: contribution, by value_basis else net sales',
    ),
  },
});

export const customerRate = runTable({
  name: 'customer_rate',
  grain: 'one row a customer with an occasion: what the values of all horizons are made of',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    frequency: count('occasions', 'x: as in customer_features'),
    recency_days: count('days', 't_x: as in customer_features'),
    age_days: count('days', 'T: as in customer_features'),
    method: code(
      'method',
      'What tells the future: the stack with +gamma_gamma or +mean_spend, cohort_mean or too_little_history',
    ),
    expected_occasion_value: real('reporting currency', 'Sales expected at the next occasion'),
    contribution_rate: real(
      'share',
      'Contribution per unit of occasion value, shrunk towards the base group',
    ),
    simple_clv: moneySum(simple),
  },
});

export const customerValueHorizon = runTable({
  name: 'customer_value_horizon',
  grain: 'one row a customer with an occasion and horizon',
  key: ['customer_key', 'horizon_months'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    horizon_months: count('months', '12, 24 or 36'),
    expected_orders: real(
      'occasions',
      'Purchase occasions within the horizon; NULL where too little history tells',
      noModel,
    ),
    orders_p10: count('occasions', `10th ${orders} months of the horizon`, noModel),
    orders_p90: count('occasions', `90th ${orders} months of the horizon`, noModel),
    predicted_clv: moneySum(
      'Discounted value within the horizon; NULL where too little history tells',
      noModel,
    ),
    predicted_clv_p10: moneySum(`10th ${interval}`, noModel),
    predicted_clv_p90: moneySum(`90th ${interval}`, noModel),
  },
  identities: [
    {
      states: 'a customer with an occasion has three horizons',
      violations: `
        select r.customer_key from customer_rate r
        left join customer_value_horizon h on h.customer_key = r.customer_key
          and h.snapshot_on = r.snapshot_on and h.run_id = r.run_id
        where r.snapshot_on = :as_of and r.run_id = :run_id
        group by r.customer_key
        having count(h.horizon_months) <> 3`,
    },
    {
      states: 'P10 is not above P90',
      brokenWhere: 'predicted_clv_p10 > predicted_clv_p90 or orders_p10 > orders_p90',
    },
  ],
});

export const customerValue = runTable({
  name: 'customer_value',
  grain: 'one row a customer at the as-of date',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    historic_value_12m: moneySum('Net sales of the 12 months up to the as-of date'),
    historic_value_24m: moneySum('Net sales of the 24 months up to the as-of date'),
    historic_value_36m: moneySum('Net sales of the 36 months up to the as-of date'),
    historic_contribution_12m: moneySum(
      'Contribution of the 12 months up to the as-of date',
      noCost,
    ),
    historic_contribution_24m: moneySum(
      'Contribution of the 24 months up to the as-of date',
      noCost,
    ),
    historic_contribution_36m: moneySum(
      'Contribution of the 36 months up to the as-of date',
      noCost,
    ),
    real_value: moneySum('Booked to date: contribution, by value_basis else net sales'),
    simple_clv: moneySum(simple, noOrder),
    p_alive: real(
      'share 0-1',
      'Probability of still being a customer; NULL without a model',
      noOrder,
    ),
    churn_risk: real('share 0-1', '1 - p_alive', noOrder),
    expected_orders_12m: real('occasions', 'Purchase occasions of the next 12 months', noOrder),
    expected_orders_24m: real('occasions', 'Purchase occasions of the next 24 months', noOrder),
    expected_orders_36m: real('occasions', 'Purchase occasions of the next 36 months', noOrder),
    orders_12m_p10: count('occasions', `10th ${orders} 12 months`, noOrder),
    orders_12m_p90: count('occasions', `90th ${orders} 12 months`, noOrder),
    orders_24m_p10: count('occasions', `10th ${orders} 24 months`, noOrder),
    orders_24m_p90: count('occasions', `90th ${orders} 24 months`, noOrder),
    orders_36m_p10: count('occasions', `10th ${orders} 36 months`, noOrder),
    orders_36m_p90: count('occasions', `90th ${orders} 36 months`, noOrder),
    expected_occasion_value: moneySum('Sales expected at the next occasion', noOrder),
    contribution_rate: real(
      'share',
      'Contribution per unit of occasion value, shrunk towards the base group',
      noOrder,
    ),
    predicted_clv_12m: moneySum('Discounted value of the next 12 months', noOrder),
    predicted_clv_12m_p10: moneySum(`10th ${interval}`, noOrder),
    predicted_clv_12m_p90: moneySum(`90th ${interval}`, noOrder),
    predicted_clv_24m: moneySum('Discounted value of the next 24 months', noOrder),
    predicted_clv_24m_p10: moneySum(`10th ${interval}`, noOrder),
    predicted_clv_24m_p90: moneySum(`90th ${interval}`, noOrder),
    predicted_clv_36m: moneySum('Discounted value of the next 36 months', noOrder),
    predicted_clv_36m_p10: moneySum(`10th ${interval}`, noOrder),
    predicted_clv_36m_p90: moneySum(`90th ${interval}`, noOrder),
    residual_lifetime_value: moneySum(
      'Discounted contribution of all orders to come, without a horizon: discounted expected residual transactions of the stack x expected_occasion_value x contribution_rate; NULL without a model or a discount',
      noOrder,
    ),
    next_order_expected_on: day(
      'Median day of the next occasion given alive; NULL where p_alive < 0.5',
      noOrder,
    ),
    method: code(
      'method',
      'What made the row: the stack with +gamma_gamma or +mean_spend, cohort_mean, too_little_history or no_order',
    ),
    value_basis: code(
      'value_basis',
      'What the values are: contribution, or net_sales where too few costs are known',
    ),
    is_extrapolated_12m: flag('The shop has less than 12 months of history'),
    is_extrapolated_24m: flag('The shop has less than 24 months of history'),
    is_extrapolated_36m: flag('The shop has less than 36 months of history'),
  },
  identities: [
    {
      states: 'every customer has one value',
      violations: `
        select f.customer_key from customer_features f
        left join customer_value v on v.customer_key = f.customer_key
          and v.snapshot_on = f.snapshot_on and v.run_id = f.run_id
        where f.snapshot_on = :as_of and f.run_id = :run_id
          and (v.customer_key is null or v.historic_value_12m <> f.net_sales_12m)`,
    },
    {
      states: 'P10 is not above P90',
      brokenWhere: `predicted_clv_12m_p10 > predicted_clv_12m_p90
        or orders_12m_p10 > orders_12m_p90 or orders_24m_p10 > orders_24m_p90
        or orders_36m_p10 > orders_36m_p90`,
    },
    {
      states: 'a customer has a prediction where the method can tell one',
      brokenWhere: "(predicted_clv_12m is null) <> (method in ('no_order', 'too_little_history'))",
    },
  ],
});
