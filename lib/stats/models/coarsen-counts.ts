import type { CountGroups } from './counts.ts';
import { inFixedOrder } from './prepared-counts.ts';

const FINEST = 1 / 256;
/** Times are told apart on the scale of ln(time + this share of the mean interval). */
const SHARE_OF_INTERVAL = 0.1;

/**
 * The same customers in at most `mostGroups` groups: x is kept, t_x and T are replaced by their
 * weighted means over the customers of that x in the same bin of t_x (of T), so that groups go on
 * sharing times and a likelihood its work per (x, time). Totals of x, t_x and T are kept.
 *
 * The likelihoods see time as (r+x) ln(α + t), so bins are of equal width in (1+x) ln(τ + t), τ a
 * tenth of the mean interval between orders: the error, of the order of the square of the width, is
 * then alike for all x, and customers with many orders, who are few, stay nearly alone. The width
 * is the first of a growing series that meets the bound; where the frequencies alone are more than
 * the bound, one group a frequency is left.
 * Cost: one pass over the groups for each width tried.
 */
export function coarsenCounts(input: CountGroups, mostGroups: number): CountGroups {
  if (input.frequency.length <= mostGroups) return input;
  const groups = inFixedOrder(input);
  const { frequency, age, count } = groups;
  let ages = 0;
  let orders = 0;
  for (let i = 0; i < frequency.length; i++) {
    ages += count[i]! * age[i]!;
    orders += count[i]! * (frequency[i]! + 1);
  }
  const scale = (SHARE_OF_INTERVAL * ages) / orders || 1;
  const logRecency = groups.recency.map((time) => Math.log1p(time / scale));
  const logAge = groups.age.map((time) => Math.log1p(time / scale));
  // the number of bins falls with the square of the width: begin near where it may be enough
  const begin = FINEST * Math.max(1, Math.sqrt(frequency.length / mostGroups) / 2);
  for (let width = begin; ; ) {
    // a bin as wide as everything leaves one group a frequency, whatever the bound
    const isWidest = width > 1e9;
    const coarse = binned(groups, {
      width,
      logRecency,
      logAge,
      mostGroups: isWidest ? Number.POSITIVE_INFINITY : mostGroups,
    });
    if (typeof coarse !== 'number') return coarse;
    width *= widening(coarse / frequency.length);
  }
}

/**
 * How much wider to try next when the bound was reached after this share of the groups: the first
 * frequencies fill most bins, so these steps stay short of the width that is looked for.
 */
function widening(share: number): number {
  if (share < 0.4) return 8;
  if (share < 0.65) return 4;
  return share < 0.92 ? 2 : Math.SQRT2;
}

/** Where the bins turn out to be more than `mostGroups`, the group at which they did. */
function binned(
  { frequency, recency, age, count }: CountGroups,
  {
    width,
    logRecency,
    logAge,
    mostGroups,
  }: { width: number; logRecency: Float64Array; logAge: Float64Array; mostGroups: number },
): CountGroups | number {
  // the order keeps the groups of one x and bin of t_x together
  let rowOfAgeBin = new Map<number, number>();
  let recencyBinBefore = -1;
  const x: number[] = [];
  const customers: number[] = [];
  const timesOfRow: { recency: WeightedMean; age: WeightedMean }[] = [];
  const meanOfBin = new Map<number, WeightedMean>();
  const meanAt = (key: number): WeightedMean => {
    let mean = meanOfBin.get(key);
    if (mean === undefined) {
      mean = { sum: 0, weight: 0 };
      meanOfBin.set(key, mean);
    }
    return mean;
  };
  for (let i = 0; i < frequency.length; i++) {
    const n = count[i]!;
    const fineness = (1 + frequency[i]!) / width;
    const recencyBin = Math.floor(fineness * logRecency[i]!);
    const ageBin = Math.floor(fineness * logAge[i]!);
    const isNextFrequency = frequency[i] !== frequency[i - 1];
    if (isNextFrequency) meanOfBin.clear();
    if (isNextFrequency || recencyBin !== recencyBinBefore) {
      rowOfAgeBin = new Map();
      recencyBinBefore = recencyBin;
    }
    let row = rowOfAgeBin.get(ageBin);
    if (row === undefined) {
      row = x.length;
      if (row === mostGroups) return i;
      rowOfAgeBin.set(ageBin, row);
      x.push(frequency[i]!);
      customers.push(0);
      // Where both times fall in one bin they keep means of their own: t_x must not pass T.
      const isDiagonal = recencyBin === ageBin;
      timesOfRow.push({
        recency: isDiagonal ? { sum: 0, weight: 0 } : meanAt(2 * recencyBin),
        age: isDiagonal ? { sum: 0, weight: 0 } : meanAt(2 * ageBin + 1),
      });
    }
    customers[row]! += n;
    const times = timesOfRow[row]!;
    times.recency.sum += n * recency[i]!;
    times.recency.weight += n;
    times.age.sum += n * age[i]!;
    times.age.weight += n;
  }
  const meanAge = Float64Array.from(timesOfRow, (times) => times.age.sum / times.age.weight);
  return {
    frequency: Float64Array.from(x),
    // rounding must not let the last occasion pass the age
    recency: Float64Array.from(timesOfRow, (times, row) =>
      Math.min(times.recency.sum / times.recency.weight, meanAge[row]!),
    ),
    age: meanAge,
    count: Float64Array.from(customers),
  };
}

interface WeightedMean {
  sum: number;
  weight: number;
}
