import { normalQuantile } from '../special/normal-quantile.ts';

/** The standard normal quantile of a level among the outcomes with an order; null below them. */
export function quantileGivenSome(level: number, probabilitySome: number): number | null {
  const probabilityNone = 1 - probabilitySome;
  if (level <= probabilityNone) return null;
  return normalQuantile((level - probabilityNone) / probabilitySome);
}
