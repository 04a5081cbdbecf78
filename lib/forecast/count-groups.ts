import { bind } from '../sql/bind.ts';
import type { Night } from '../stages/stage.ts';
import type { CountGroups, IntervalCounts } from '../stats/face.ts';
import { readColumns } from './read-columns.ts';

const DAYS_PER_WEEK = 7;

/** Columns of days as the likelihoods take them. */
export function inWeeks(days: Float64Array): Float64Array {
  return days.map((number) => number / DAYS_PER_WEEK);
}

/** The rows of `purchase_count` in the order of their key. */
export async function groupsOfNight({ engine, parameters }: Night): Promise<CountGroups> {
  const columns = await readColumns(engine, {
    select: bind(
      `select frequency, recency_days, age_days, count_customers from purchase_count
       where snapshot_on = :as_of and run_id = :run_id
       order by frequency, recency_days, age_days`,
      parameters,
    ),
    names: ['frequency', 'recency_days', 'age_days', 'count_customers'],
  });
  return {
    frequency: columns.frequency,
    recency: inWeeks(columns.recency_days),
    age: inWeeks(columns.age_days),
    count: columns.count_customers,
  };
}

/** Lengths of time between occasions up to a cut, or to the as-of date. */
export async function intervalsAt(
  { engine, parameters }: Pick<Night, 'engine' | 'parameters'>,
  cutOn: string,
): Promise<IntervalCounts> {
  const columns = await readColumns(engine, {
    select: bind(
      `select interval_days, count_intervals from interval_count
       where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
       order by interval_days`,
      { ...parameters, cut_on: { type: 'date', value: cutOn } },
    ),
    names: ['interval_days', 'count_intervals'],
  });
  return { weeks: inWeeks(columns.interval_days), count: columns.count_intervals };
}

/** The key of a triple, in days, as it stands in its row. */
export function tripleOf(
  { frequency, recency, age }: CountGroups,
  group: number,
): { readonly frequency: number; readonly recency_days: number; readonly age_days: number } {
  return {
    frequency: frequency[group] as number,
    recency_days: Math.round((recency[group] as number) * DAYS_PER_WEEK),
    age_days: Math.round((age[group] as number) * DAYS_PER_WEEK),
  };
}

/** Groups so many at a time, as they lie: what is computed of them is then never held whole. */
export function* chunksOf(
  { frequency, recency, age, count }: CountGroups,
  size: number,
): Generator<CountGroups> {
  for (let from = 0; from < frequency.length; from += size) {
    yield {
      frequency: frequency.subarray(from, from + size),
      recency: recency.subarray(from, from + size),
      age: age.subarray(from, from + size),
      count: count.subarray(from, from + size),
    };
  }
}
