import { normalQuantile } from '../special/normal-quantile.ts';
import { type TotalForecast, totalQuantile } from './total-interval.ts';

/** A total that was forecast at a cut, and what then came. */
export interface PastTotal extends TotalForecast {
  readonly actual: number;
}

/** What a shop that has shown nothing yet is taken to miss in a horizon: ln actual ÷ forecast. */
const TYPICAL_MISS = 0.2;
/** What a total misses at most, however far ahead: a season that the cuts met half of evens out. */
const LARGEST_MISS = 0.28;
/** As if so many cuts had shown that. */
const CUTS_OF_TYPICAL = 2;

/**
 * How far the totals of one cut missed beyond chance: the mean, weighted by what was forecast, of
 * max(0, ln²((A + ½) ÷ (F + ½)) − V ÷ F²); over parts the sum is taken before the maximum, where
 * chance has its way with small ones. Null where nothing was forecast.
 */
export function missBeyondChance(totals: readonly PastTotal[]): number | null {
  let weights = 0;
  let beyond = 0;
  for (const { mean, variance, actual } of totals) {
    if (!(mean > 0)) continue;
    const miss = Math.log((actual + 0.5) / (mean + 0.5));
    weights += mean;
    beyond += mean * (miss * miss - variance / (mean * mean));
  }
  return weights > 0 ? Math.max(0, beyond / weights) : null;
}

/**
 * σ² of the logarithm of a total in one horizon of the cuts: (Σ misses + ν s²) ÷ (n + ν), s and ν
 * above, `misses` of `missBeyondChance`, one a cut (docs/models.md, "Totals").
 */
export function missVariance(misses: readonly number[]): number {
  const sum = misses.reduce((total, miss) => total + miss, 0);
  return (sum + CUTS_OF_TYPICAL * TYPICAL_MISS ** 2) / (misses.length + CUTS_OF_TYPICAL);
}

/**
 * The same for a horizon of so many cuts' horizons: the level wanders, so it grows with time, up to
 * the largest miss.
 */
export function atHorizon(variance: number, horizons: number): number {
  return Math.min(LARGEST_MISS ** 2, variance * Math.max(1, horizons));
}

/**
 * Quantile of a total where its logarithm misses by σ² beyond chance: the distances of the chance's
 * quantile and of σ from the mean, in logarithms, add up in squares.
 */
export function widenedQuantile(
  total: TotalForecast,
  { level, variance }: { readonly level: number; readonly variance: number },
): number {
  const byChance = totalQuantile(total, level);
  if (byChance <= 0) return 0;
  const z = normalQuantile(level);
  const distance = Math.hypot(Math.log(byChance / total.mean), z * Math.sqrt(variance));
  return total.mean * Math.exp(Math.sign(z) * distance);
}
