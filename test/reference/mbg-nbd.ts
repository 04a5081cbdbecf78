import type { CustomerHistory } from '../../lib/stats/models/counts.ts';
import type { MbgNbdParameters } from '../../lib/stats/models/mbg-nbd.ts';
import { ordersWhileAlive } from '../../lib/stats/scoring/orders-while-alive.ts';

/** P(alive | x, t_x, T) = 1 / (1 + a/(b+x) ((α+T)/(α+t_x))^{r+x}). */
export function mbgNbdProbabilityAlive(
  { r, alpha, a, b }: MbgNbdParameters,
  { frequency, recency, age }: CustomerHistory,
): number {
  const silence = (r + frequency) * Math.log((alpha + age) / (alpha + recency));
  return 1 / (1 + (a / (b + frequency)) * Math.exp(silence));
}

/** E[X(T, T + weeks) | x, t_x, T]: the customer, if there, survived x + 1 chances to stop. */
export function mbgNbdExpectedOrders(
  parameters: MbgNbdParameters,
  { weeks, ...history }: CustomerHistory & { readonly weeks: number },
): number {
  const { r, alpha, a, b } = parameters;
  const { frequency, age } = history;
  const state = { shape: r + frequency, rate: alpha + age, a, b: b + frequency + 1 };
  return mbgNbdProbabilityAlive(parameters, history) * ordersWhileAlive(state, weeks);
}
