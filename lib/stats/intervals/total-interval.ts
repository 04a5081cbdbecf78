import { normalQuantile } from '../special/normal-quantile.ts';

export interface TotalForecast {
  readonly mean: number;
  /** Of the process (customers' chance) and of the parameters together. */
  readonly variance: number;
}

/**
 * Quantile of a total from its mean and variance, taken as gamma-distributed (positive, skewed
 * where small) by Wilson and Hilferty's (1931) cube root. 0 where that goes below.
 */
export function totalQuantile({ mean, variance }: TotalForecast, level: number): number {
  if (mean <= 0) return 0;
  const ninth = variance / (9 * mean * mean);
  return mean * Math.max(0, 1 - ninth + normalQuantile(level) * Math.sqrt(ninth)) ** 3;
}
