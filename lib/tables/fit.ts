import { code, count, flag, moneySum, real, runTable, text } from './contract.ts';

export const purchaseCount = runTable({
  name: 'purchase_count',
  grain: 'one row a distinct (frequency, recency_days, age_days): all that a likelihood needs',
  key: ['frequency', 'recency_days', 'age_days'],
  promise: 'pure',
  columns: {
    frequency: count('occasions', 'x: repeat occasions'),
    recency_days: count('days', 't_x: first to last occasion'),
    age_days: count('days', 'T: first occasion to the as-of date'),
    count_customers: count('customers', 'Customers with this triple'),
  },
});

export const spendCount = runTable({
  name: 'spend_count',
  grain: 'one row a frequency and bin of the mean repeat value, of customers who came back',
  key: ['frequency', 'spend_bin'],
  promise: 'pure',
  columns: {
    frequency: count('occasions', 'x: repeat occasions, at least 1'),
    spend_bin: count(
      'ten-thousandths',
      'Mean value of the repeat occasions, its first four digits',
    ),
    mean_value: real('reporting currency', 'Mean over the customers of that mean value'),
    count_customers: count('customers', 'Customers in this bin'),
  },
});

export const modelFit = runTable({
  name: 'model_fit',
  grain:
    'one row a model and parameter, fitted on all customers at the as-of date; of alive_map and basket_drift what the cuts taught, of drop_out whether a head-count can be told',
  key: ['model', 'parameter'],
  promise: 'pure',
  columns: {
    model: code(
      'model',
      'bg_nbd, mbg_nbd, pareto_nbd, bg_cnbd_k, mbg_cnbd_k, gamma_gamma, alive_map, basket_drift or drop_out',
    ),
    parameter: text(
      'As in the papers: r alpha a b, r alpha s beta, k, p q gamma; slope; factor; chance',
    ),
    estimate: real('weeks or reporting currency', 'Estimate; NULL where there was none', {
      nullable: true,
    }),
    scoring_estimate: real(
      'as the estimate',
      'What customers are scored with: penalised by a prior of drop-out; of spend, shrunk where its fit ends at a limit; NULL: none',
      { nullable: true },
    ),
    weight: real('share 0-1', 'Of the model in the stack; NULL: takes no part', { nullable: true }),
    standard_error: real('as the estimate', 'NULL where it could not be told', { nullable: true }),
    log_likelihood: real('nats', 'At the estimate', { nullable: true }),
    count_customers: count('customers', 'Customers the model was fitted on'),
    status: code('fit_status', 'converged, or the name of what went wrong'),
    note: code(
      'note',
      'Why it is published, or is not, and what to beware of: codes with their figures, parted by "; "',
      { nullable: true },
    ),
    is_champion: flag('The purchase model with the largest weight in the stack'),
  },
  identities: [
    {
      states: 'at most one purchase model is the champion, and weights of the stack sum to 1',
      violations: `
        select sum(weight) as weights from (
          select model, max(weight) as weight, bool_or(is_champion) as is_champion from model_fit
          where snapshot_on = :as_of and run_id = :run_id
          group by model
        ) as of_model
        having not (sum(weight) between 0.999999999e0 and 1.000000001e0)
          or count(case when is_champion then 1 end) > 1`,
    },
  ],
});

const discounted = 'Sum over months of expected orders x discount factor at mid-month';

export const modelScore = runTable({
  name: 'model_score',
  grain: 'one row a distinct (frequency, recency_days, age_days), scored by the stack',
  key: ['frequency', 'recency_days', 'age_days'],
  promise: 'pure',
  columns: {
    frequency: count('occasions', 'x: repeat occasions'),
    recency_days: count('days', 't_x: first to last occasion'),
    age_days: count('days', 'T: first occasion to the as-of date'),
    p_alive: real('share 0-1', 'Probability of still being a customer'),
    expected_orders_12m: real('occasions', 'Expected purchase occasions of the next 12 months'),
    expected_orders_24m: real('occasions', 'Expected purchase occasions of the next 24 months'),
    expected_orders_36m: real('occasions', 'Expected purchase occasions of the next 36 months'),
    discounted_orders_12m: real('occasions', discounted),
    discounted_orders_24m: real('occasions', discounted),
    discounted_orders_36m: real('occasions', discounted),
    discounted_orders_residual: real(
      'occasions',
      'All expected orders to come, without a horizon, discounted continuously; NULL where the discount rate is not above 0',
      { nullable: true },
    ),
    days_to_next_order: count(
      'days',
      'Median time to the next occasion given alive; NULL where p_alive < 0.5',
      { nullable: true },
    ),
  },
  identities: [
    {
      states: 'p_alive lies between 0 and 1, and a longer horizon expects no fewer orders',
      brokenWhere: `not (p_alive between 0e0 and 1e0 and expected_orders_12m >= 0e0
        and expected_orders_24m >= expected_orders_12m
        and expected_orders_36m >= expected_orders_24m)`,
    },
  ],
});

export const orderSpread = runTable({
  name: 'order_spread',
  grain:
    'one row a distinct (frequency, recency_days, age_days) and horizon: orders over models of the stack and draws of their parameters',
  key: ['frequency', 'recency_days', 'age_days', 'horizon_months'],
  promise: 'pure',
  columns: {
    frequency: count('occasions', 'x: repeat occasions'),
    recency_days: count('days', 't_x: first to last occasion'),
    age_days: count('days', 'T: first occasion to the as-of date'),
    horizon_months: count('months', '12, 24 or 36'),
    p_some: real('share 0-1', 'Probability of any order within the horizon'),
    mean_orders: real('occasions', 'Expected orders, as a mean over draws of the parameters'),
    mean_square: real('occasions squared', 'Expected square of the orders within the horizon'),
    orders_p10: count(
      'occasions',
      '10th percentile of the orders within the horizon, by moments of those with any',
    ),
    orders_p90: count(
      'occasions',
      '90th percentile of the orders within the horizon, by moments of those with any',
    ),
    z_p10: real('standard normal', 'Quantile of 10 %, given an order; NULL: no order at 10 %', {
      nullable: true,
    }),
    z_p90: real('standard normal', 'Quantile of 90 %, given an order; NULL: no order at 90 %', {
      nullable: true,
    }),
  },
});

const ofDraws = 'mean over posterior draws of Gamma-Gamma';

export const spendSpread = runTable({
  name: 'spend_spread',
  grain:
    'one row a frequency: what makes moments of sales of moments of orders, by powers of the total repeat value w = frequency x mean; none where the second moment is infinite',
  key: ['frequency'],
  promise: 'pure',
  columns: {
    frequency: count('occasions', 'x: repeat occasions'),
    mean_constant: real('reporting currency', `Of expected sales an order: ${ofDraws}`),
    mean_linear: real('share', 'The same, a unit of w'),
    own_constant: real(
      'reporting currency squared',
      `Of expected squared sales, an expected order: ${ofDraws}`,
    ),
    own_linear: real('reporting currency', 'The same, a unit of w'),
    own_square: real('share', 'The same, a unit of w squared'),
    shared_constant: real(
      'reporting currency squared',
      `Of expected squared sales, an expected squared order: ${ofDraws}`,
    ),
    shared_linear: real('reporting currency', 'The same, a unit of w'),
    shared_square: real('share', 'The same, a unit of w squared'),
  },
});

const ofAll = 'of repeat occasions of the customers within the horizon';
const noSales = 'NULL without a model of spend or a second moment of it';

export const totalForecast = runTable({
  name: 'total_forecast',
  grain:
    'one row a horizon, dimension and member: what its customers of the as-of date will buy together',
  key: ['horizon_months', 'dimension', 'member'],
  promise: 'pure',
  columns: {
    horizon_months: count('months', '12, 24 or 36'),
    dimension: code('dimension', 'total, acquisition_month, acquisition_channel or rfm'),
    member: text('all, YYYY-MM, a channel (none: not known) or a segment'),
    count_customers: count('customers', 'Customers with an order up to the as-of date'),
    orders: real('occasions', `Mean ${ofAll}: the sum of their own expectations`),
    orders_p10: count('occasions', `10th percentile ${ofAll}, rounded, widened by past misses`),
    orders_p90: count('occasions', `90th percentile ${ofAll}, rounded, widened by past misses`),
    orders_miss: real(
      'share',
      'Standard deviation of ln(actual / mean) beyond chance, from past cuts',
    ),
    sales: moneySum(`Mean sales before returns ${ofAll}, not discounted; ${noSales}`, {
      nullable: true,
    }),
    sales_p10: moneySum(`10th percentile of the sales, widened as the orders; ${noSales}`, {
      nullable: true,
    }),
    sales_p90: moneySum(`90th percentile of the sales, widened as the orders; ${noSales}`, {
      nullable: true,
    }),
    sales_miss: real('share', 'As orders_miss, of sales'),
    count_cuts: count('cuts', 'Past cuts whose misses widen the interval'),
    is_extrapolated: flag('The horizon is longer than the history'),
  },
  identities: [
    {
      states: 'P10 is not above P90',
      brokenWhere: 'orders_p10 > orders_p90 or sales_p10 > sales_p90',
    },
    {
      states: 'the means of the members of a dimension add up to the whole',
      violations: `
        select horizon_months from (
          select horizon_months, dimension, sum(orders) as orders from total_forecast
          where snapshot_on = :as_of and run_id = :run_id
          group by horizon_months, dimension
        ) as of_dimension
        group by horizon_months
        having max(orders) - min(orders) > 0.000000001e0 * max(orders)`,
    },
  ],
});
