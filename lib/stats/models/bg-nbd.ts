import { ordersWhileAlive } from '../scoring/orders-while-alive.ts';
import type { BetaGeometricFamily } from './beta-geometric.ts';
import type { CountGroups } from './counts.ts';
import type { Fit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';

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

/** Maximum likelihood; parameters r, alpha (weeks), a, b. */
export function fitBgNbd(groups: CountGroups): Fit {
  return fitBetaGeometric(groups, { model: 'bg_nbd', family });
}

/** E[X(weeks)]: repeat orders of a new customer, their equation (9). */
export function bgNbdExpectedOrdersOfNew(
  { r, alpha, a, b }: BgNbdParameters,
  weeks: number,
): number {
  return ordersWhileAlive({ shape: r, rate: alpha, a, b }, weeks);
}
