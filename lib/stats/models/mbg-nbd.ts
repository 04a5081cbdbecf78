import { ordersWhileAlive } from '../scoring/orders-while-alive.ts';
import { type BetaGeometricFamily, betaGeometricLogLikelihood } from './beta-geometric.ts';
import type { CountGroups, CustomerHistory } from './counts.ts';
import type { DropOutPrior } from './drop-out.ts';
import type { Fit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';
import { prepareCounts } from './prepared-counts.ts';

/**
 * MBG/NBD: Batislam, Denizel & Filiztekin (2007), Int. J. of Research in Marketing 24(3); Hoppe &
 * Wagner (2007), Marketing JRM 3(2). As the BG/NBD, but the chance to stop, p ~ Beta(a, b), comes
 * after *every* occasion, the first included: a one-time buyer may have gone.
 */
export interface MbgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

const family: BetaGeometricFamily = {
  chancesSurvived: (frequency) => frequency,
  regularity: 1,
};

/** Hoppe & Wagner's likelihood, summed over the customers of the groups. */
export function mbgNbdLogLikelihood(
  { r, alpha, a, b }: MbgNbdParameters,
  groups: CountGroups,
): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(4);
  const evaluate = betaGeometricLogLikelihood(prepareCounts(groups), family);
  return { value: evaluate(Float64Array.of(r, alpha, a, b), gradient), gradient };
}

/** Maximum likelihood, penalised where a prior is given; parameters r, alpha (weeks), a, b. */
export function fitMbgNbd(
  groups: CountGroups,
  options: { readonly prior?: DropOutPrior | null } = {},
): Fit {
  return fitBetaGeometric(groups, { model: 'mbg_nbd', family, ...options });
}

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

/** E[X(weeks)]: repeat orders of a new customer, who survives the first chance with b/(a+b). */
export function mbgNbdExpectedOrdersOfNew(
  { r, alpha, a, b }: MbgNbdParameters,
  weeks: number,
): number {
  return (b / (a + b)) * ordersWhileAlive({ shape: r, rate: alpha, a, b: b + 1 }, weeks);
}
