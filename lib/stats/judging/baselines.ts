import type { CountGroups } from '../models/counts.ts';
import { WEEKS_OF_MONTH } from '../scoring/discount.ts';

export type Baseline = 'zero' | 'repeat_rate' | 'simple_formula' | 'last_period';

/** Forecasts without a model that a model has to beat: orders of every group in `weeks`. */
export function baselineOrders(
  baseline: Baseline,
  {
    groups,
    weeks,
    ordersOfLastPeriod,
  }: {
    readonly groups: CountGroups;
    readonly weeks: number;
    /** Orders of each group's customer in the last `weeks` before the cut. */
    readonly ordersOfLastPeriod: Float64Array;
  },
): Float64Array {
  const { frequency, age } = groups;
  switch (baseline) {
    case 'zero':
      return new Float64Array(frequency.length);
    case 'repeat_rate': // repeats a week since the first occasion
      return frequency.map((x, i) => (age[i]! > 0 ? (x / age[i]!) * weeks : 0));
    case 'simple_formula': // all occasions a week, of at least a month
      return frequency.map((x, i) => ((x + 1) / Math.max(age[i]!, WEEKS_OF_MONTH)) * weeks);
    case 'last_period':
      return Float64Array.from(ordersOfLastPeriod);
  }
}
