import type { CountGroups } from './counts.ts';

const FINEST = 1 / 256;
/** Times are told apart on the scale of ln(time + this share of the mean interval). */
const SHARE_OF_INTERVAL = 0.1;

/**
 * The same customers in at most `mostGroups` groups: x is kept, t_x and T are replaced by their
 * weighted means within bins. Totals of x, t_x and T are kept.
 *
 * The likelihoods see time as (r+x) ln(α + t), so bins are of equal width in (1+x) ln(τ + t), τ a
 * tenth of the mean interval between orders: the error, of the order of the square of the width, is
 * then alike for all x, and customers with many orders, who are few, stay nearly alone. The width
 * is the narrowest 2^(k/2)/256 that meets the bound; where the frequencies alone are more than
 * the bound, one group a frequency is left.
 * Cost: one pass over the groups for each width tried.
 */
export function coarsenCounts(groups: CountGroups, mostGroups: number): CountGroups {
  const { frequency, age, count } = groups;
  if (frequency.length <= mostGroups) return groups;
  let ages = 0;
  let orders = 0;
  for (let i = 0; i < frequency.length; i++) {
    ages += count[i]! * age[i]!;
    orders += count[i]! * (frequency[i]! + 1);
  }
  const scale = (SHARE_OF_INTERVAL * ages) / orders || 1;
  const logRecency = groups.recency.map((time) => Math.log1p(time / scale));
  const logAge = groups.age.map((time) => Math.log1p(time / scale));
  for (let width = FINEST; ; width *= Math.SQRT2) {
    // a bin as wide as everything leaves one group a frequency, whatever the bound
    const isWidest = width > 1e9;
    const coarse = binned(groups, {
      width,
      logRecency,
      logAge,
      mostGroups: isWidest ? Number.POSITIVE_INFINITY : mostGroups,
    });
    if (coarse !== null) return coarse;
  }
}

/** Null as soon as the bins turn out to be more than `mostGroups`. */
function binned(
  { frequency, recency, age, count }: CountGroups,
  {
    width,
    logRecency,
    logAge,
    mostGroups,
  }: { width: number; logRecency: Float64Array; logAge: Float64Array; mostGroups: number },
): CountGroups | null {
  const rowOfBin = new Map<number, Map<number, number>>();
  const x: number[] = [];
  const sumOfRecency: number[] = [];
  const sumOfAge: number[] = [];
  const customers: number[] = [];
  for (let i = 0; i < frequency.length; i++) {
    const fineness = (1 + frequency[i]!) / width;
    const recencyBin = Math.floor(fineness * logRecency[i]!);
    const ageBin = Math.floor(fineness * logAge[i]!);
    let rows = rowOfBin.get(frequency[i]!);
    if (rows === undefined) {
      rows = new Map();
      rowOfBin.set(frequency[i]!, rows);
    }
    const bin = recencyBin * 2 ** 26 + ageBin;
    let row = rows.get(bin);
    if (row === undefined) {
      row = x.length;
      if (row === mostGroups) return null;
      rows.set(bin, row);
      x.push(frequency[i]!);
      sumOfRecency.push(0);
      sumOfAge.push(0);
      customers.push(0);
    }
    sumOfRecency[row]! += count[i]! * recency[i]!;
    sumOfAge[row]! += count[i]! * age[i]!;
    customers[row]! += count[i]!;
  }
  const means = (sums: number[]) => Float64Array.from(sums, (sum, row) => sum / customers[row]!);
  const meanAge = means(sumOfAge);
  return {
    frequency: Float64Array.from(x),
    // rounding must not let the last occasion pass the age
    recency: means(sumOfRecency).map((value, row) => Math.min(value, meanAge[row]!)),
    age: meanAge,
    count: Float64Array.from(customers),
  };
}
