import { code, count, day, moneySum, real, runTable } from './contract.ts';

const triple = {
  frequency: count('occasions', 'x: repeat occasions up to the cut'),
  recency_days: count('days', 't_x: first to last occasion up to the cut'),
  age_days: count('days', 'T: first occasion to the cut'),
};

export const backTestCut = runTable({
  name: 'back_test_cut',
  grain: 'one row a day at which the history is cut; none while it is too short',
  key: ['cut_on'],
  promise: 'pure',
  columns: {
    cut_on: day('Last day that the models may know'),
    horizon_days: count('days', 'Days after the cut that they forecast'),
  },
});

export const backTestCount = runTable({
  name: 'back_test_count',
  grain: 'one row a cut, distinct history before it and outcome after it',
  key: [
    'cut_on',
    'frequency',
    'recency_days',
    'age_days',
    'spend_bin',
    'earlier_orders',
    'actual_orders',
    'actual_bin',
  ],
  promise: 'pure',
  columns: {
    cut_on: day('Last day that the models may know'),
    ...triple,
    spend_bin: count('tenths', 'Mean value of the repeat occasions, its first two digits; 0: none'),
    earlier_orders: count('occasions', 'In the horizon before the cut'),
    actual_orders: count('occasions', 'In the horizon after the cut'),
    actual_bin: count('tenths', 'Their value, its first two digits'),
    count_customers: count('customers', 'Customers with this history and outcome'),
    repeat_value: moneySum('Sum over the customers of the mean value of their repeat occasions'),
    average_value: moneySum('Sum over the customers of the mean value of all their occasions'),
    actual_value: moneySum('Sum over the customers of the value of the occasions after the cut'),
  },
});

export const intervalCount = runTable({
  name: 'interval_count',
  grain: 'one row a cut (the as-of date too) and length of time between two occasions',
  key: ['cut_on', 'interval_days'],
  promise: 'pure',
  columns: {
    cut_on: day('A cut, or the as-of date'),
    interval_days: count('days', 'From an occasion to the next of the same customer'),
    count_intervals: count('intervals', 'How many there are'),
  },
});

const absent = { nullable: true };

export const modelQuality = runTable({
  name: 'model_quality',
  grain: 'one row a model or baseline and cut: its forecast against what customers did',
  key: ['model', 'cut_on'],
  promise: 'pure',
  columns: {
    model: code(
      'model',
      'bg_nbd, mbg_nbd, pareto_nbd, bg_cnbd_k, mbg_cnbd_k, or a baseline: zero, repeat_rate, simple_formula, last_period',
    ),
    cut_on: day('Last day that the model knew'),
    horizon_days: count('days', 'Days after the cut that were forecast'),
    status: code('fit_status', 'How the fit at the cut ended; baseline where there is none'),
    count_customers: count('customers', 'Customers known at the cut'),
    actual_orders: real('occasions', 'Purchase occasions in the horizon'),
    forecast_orders: real('occasions', 'What was forecast', absent),
    bias: real('share', 'Forecast / actual - 1', absent),
    rmse: real('occasions', 'Root mean squared error of a customer', absent),
    gini: real('share 0-1', 'Normalised: 1 ranks the customers perfectly', absent),
    top10_capture: real('share 0-1', 'Of the actual, by the first 10 % by forecast', absent),
    top20_capture: real('share 0-1', 'Of the actual, by the first 20 % by forecast', absent),
    coverage_80: real(
      'share 0-1',
      'Acquisition months whose orders lay in their 80 % interval; NULL for baselines',
      absent,
    ),
    pit_distance: real(
      'share 0-1',
      "Kolmogorov distance of the customers' randomised PIT from uniform: 0 is calibrated",
      absent,
    ),
    actual_value: real('reporting currency', 'Sales after discount in the horizon'),
    forecast_value: real('reporting currency', 'What was forecast', absent),
    value_bias: real('share', 'Forecast / actual - 1', absent),
    value_rmse: real('reporting currency', 'Root mean squared error of a customer', absent),
    value_gini: real('share 0-1', 'Normalised: 1 ranks the customers perfectly', absent),
    value_top10_capture: real('share 0-1', 'By the first 10 % by forecast value', absent),
    value_top20_capture: real('share 0-1', 'By the first 20 % by forecast value', absent),
  },
  identities: [
    {
      states: 'every model of a cut is held to the same outcome',
      violations: `
        select cut_on from model_quality
        where snapshot_on = :as_of and run_id = :run_id
        group by cut_on
        having count(distinct actual_orders) > 1 or count(distinct count_customers) > 1`,
    },
  ],
});
