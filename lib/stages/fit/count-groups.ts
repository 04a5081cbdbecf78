import type { Row } from '../../ports/query-engine.ts';
import type { CountGroups, IntervalCounts, SpendGroups } from '../../stats/face.ts';

const DAYS_PER_WEEK = 7;

/** Rows of `purchase_count` (days) as the likelihoods take them (weeks). */
export function countGroups(rows: readonly Row[]): CountGroups {
  return {
    frequency: column(rows, 'frequency'),
    recency: column(rows, 'recency_days').map((days) => days / DAYS_PER_WEEK),
    age: column(rows, 'age_days').map((days) => days / DAYS_PER_WEEK),
    count: column(rows, 'count_customers'),
  };
}

/** Rows of `spend_count` as the Gamma-Gamma likelihood takes them. */
export function spendGroups(rows: readonly Row[]): SpendGroups {
  return {
    frequency: column(rows, 'frequency'),
    meanSpend: column(rows, 'repeat_occasion_value'),
    count: column(rows, 'count_customers'),
  };
}

/** Rows of `interval_count` (days) as the choice of k takes them (weeks). */
export function intervalCounts(rows: readonly Row[]): IntervalCounts {
  return {
    weeks: column(rows, 'interval_days').map((days) => days / DAYS_PER_WEEK),
    count: column(rows, 'count_intervals'),
  };
}

/** One column of numbers. */
export function column(rows: readonly Row[], name: string): Float64Array {
  return Float64Array.from(rows, (row) => Number(row[name]));
}
