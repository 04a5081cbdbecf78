import type { BgNbdParameters } from '../../lib/stats/models/bg-nbd.ts';
import type { CustomerHistory } from '../../lib/stats/models/counts.ts';
import { ordersWhileAlive } from '../../lib/stats/scoring/orders-while-alive.ts';

/** P(alive | x, t_x, T): 1 where x = 0, else 1 / (1 + a/(b+x−1) ((α+T)/(α+t_x))^{r+x}). */
export function bgNbdProbabilityAlive(
  { r, alpha, a, b }: BgNbdParameters,
  { frequency, recency, age }: CustomerHistory,
): number {
  if (frequency === 0) return 1;
  const silence = (r + frequency) * Math.log((alpha + age) / (alpha + recency));
  return 1 / (1 + (a / (b + frequency - 1)) * Math.exp(silence));
}

/** E[X(T, T + weeks) | x, t_x, T], their equation (10). */
export function bgNbdExpectedOrders(
  parameters: BgNbdParameters,
  { weeks, ...history }: CustomerHistory & { readonly weeks: number },
): number {
  const { r, alpha, a, b } = parameters;
  const { frequency, age } = history;
  const state = { shape: r + frequency, rate: alpha + age, a, b: b + frequency };
  return bgNbdProbabilityAlive(parameters, history) * ordersWhileAlive(state, weeks);
}
