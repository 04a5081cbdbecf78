import type { SpendGroups } from './counts.ts';

/** Gamma-Gamma takes spend to be independent of frequency: beyond this it is said aloud. */
export const LARGEST_CORRELATION = 0.3;

/**
 * Pearson's correlation of x and the mean occasion value over the customers of the groups; null
 * where one of them does not vary.
 */
export function spendFrequencyCorrelation({
  frequency,
  meanSpend,
  count,
}: SpendGroups): number | null {
  let customers = 0;
  let frequencies = 0;
  let spends = 0;
  for (let i = 0; i < count.length; i++) {
    customers += count[i]!;
    frequencies += count[i]! * frequency[i]!;
    spends += count[i]! * meanSpend[i]!;
  }
  let both = 0;
  let ofFrequency = 0;
  let ofSpend = 0;
  for (let i = 0; i < count.length; i++) {
    const x = frequency[i]! - frequencies / customers;
    const m = meanSpend[i]! - spends / customers;
    both += count[i]! * x * m;
    ofFrequency += count[i]! * x * x;
    ofSpend += count[i]! * m * m;
  }
  return ofFrequency > 0 && ofSpend > 0 ? both / Math.sqrt(ofFrequency * ofSpend) : null;
}
