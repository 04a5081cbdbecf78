import { ordersWhileAlive } from '../scoring/orders-while-alive.ts';
import { type BetaGeometricFamily, betaGeometricLogLikelihood } from './beta-geometric.ts';
import type { CountGroups, CustomerHistory } from './counts.ts';
import type { DropOutPrior } from './drop-out.ts';
import type { Fit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';
import { prepareCounts } from './prepared-counts.ts';

/**
 * BG/NBD: Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science
 * 24(2). Purchases at rate λ ~ Gamma(r, α in weeks); after a *repeat* purchase a customer stops
 * with probability p ~ Beta(a, b). A customer without a repeat is therefore always alive, which
 * is why this model is compared and never published.
 */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const family: BetaGeometricFamily = {
  chancesSurvived: (frequency) => frequency - 1,
  regularity: 1,
};

/** Their equation (6), summed over the customers of the groups. */
export function bgNbdLogLikelihood(
  { r, alpha, a, b }: BgNbdParameters,
  groups: CountGroups,
): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(4);
  const evaluate = betaGeometricLogLikelihood(prepareCounts(groups), family);
  return { value: evaluate(Float64Array.of(r, alpha, a, b), gradient), gradient };
}

/** Maximum likelihood, penalised where a prior is given; parameters r, alpha (weeks), a, b. */
export function fitBgNbd(
  groups: CountGroups,
  options: { readonly prior?: DropOutPrior | null } = {},
): Fit {
  return fitBetaGeometric(groups, { model: 'bg_nbd', family, ...options });
}

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

/** E[X(weeks)]: repeat orders of a new customer, their equation (9). */
export function bgNbdExpectedOrdersOfNew(
  { r, alpha, a, b }: BgNbdParameters,
  weeks: number,
): number {
  return ordersWhileAlive({ shape: r, rate: alpha, a, b }, weeks);
}
