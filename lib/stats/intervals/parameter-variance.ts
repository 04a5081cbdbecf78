import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import { type GammaGammaParameters, gammaGammaExpectedSpend } from '../models/gamma-gamma.ts';
import { expectedOrders } from '../scoring/expected-orders.ts';
import type { SpendTotals } from './total-forecast.ts';

/**
 * Variance of the total orders of the groups over equally likely parameter sets, as a share of the
 * square of their mean, by horizon (weeks). Groups may be coarsened: it is a ratio of totals.
 */
export function orderParameterVariance(
  groups: CountGroups,
  {
    model,
    draws,
    weeksOfHorizons,
  }: {
    readonly model: CountModel;
    readonly draws: readonly Readonly<Record<string, number>>[];
    readonly weeksOfHorizons: readonly number[];
  },
): number[] {
  return weeksOfHorizons.map((weeks) =>
    relativeVariance(
      draws.map((parameters) =>
        expectedOrders(groups, { model, parameters, weeks }).reduce(
          (sum, orders, i) => sum + groups.count[i]! * orders,
          0,
        ),
      ),
    ),
  );
}

/** The same of the mean value of an occasion, an occasion a customer; 0 without draws. */
export function spendParameterVariance(
  groups: CountGroups,
  {
    totals,
    draws,
  }: { readonly totals: SpendTotals; readonly draws: readonly GammaGammaParameters[] },
): number {
  return relativeVariance(
    draws.map((draw) =>
      groups.count.reduce((sum, n, i) => {
        const frequency = groups.frequency[i]!;
        const meanSpend = frequency > 0 ? totals.value[i]! / n / frequency : 0;
        return sum + n * gammaGammaExpectedSpend(draw, { frequency, meanSpend });
      }, 0),
    ),
  );
}

function relativeVariance(totals: readonly number[]): number {
  if (totals.length === 0) return 0;
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  if (!(mean > 0)) return 0;
  return totals.reduce((sum, total) => sum + (total / mean - 1) ** 2, 0) / totals.length;
}
