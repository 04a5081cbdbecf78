import { ordersWhileAlive } from '../scoring/orders-while-alive.ts';
import type { BetaGeometricFamily } from './beta-geometric.ts';
import type { CountGroups } from './counts.ts';
import type { Fit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';

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

/** Maximum likelihood; parameters r, alpha (weeks), a, b. */
export function fitMbgNbd(groups: CountGroups): Fit {
  return fitBetaGeometric(groups, { model: 'mbg_nbd', family });
}

/** E[X(weeks)]: repeat orders of a new customer, who survives the first chance with b/(a+b). */
export function mbgNbdExpectedOrdersOfNew(
  { r, alpha, a, b }: MbgNbdParameters,
  weeks: number,
): number {
  return (b / (a + b)) * ordersWhileAlive({ shape: r, rate: alpha, a, b: b + 1 }, weeks);
}
