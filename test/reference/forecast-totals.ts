import type { TotalForecast } from '../../lib/stats/intervals/total-interval.ts';
import type { CountGroups } from '../../lib/stats/models/counts.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { expectedOrders } from '../../lib/stats/scoring/expected-orders.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { momentsOfMass, wholePredictiveMass } from './predictive-moments.ts';

/**
 * Mean and variance of the total orders in the coming `weeks`, of each part of the groups (an
 * acquisition month, a channel, …): variances of independent customers add up, and the totals
 * under the posterior draws spread by what is not known of the parameters.
 * Cost: a distribution a group, and a scoring of all groups a draw.
 */
export function forecastTotals(
  groups: CountGroups,
  {
    model,
    parameters,
    draws,
    weeks,
    part,
    countParts,
  }: {
    readonly model: CountModel;
    readonly parameters: Readonly<Record<string, number>>;
    readonly draws: readonly Readonly<Record<string, number>>[];
    readonly weeks: number;
    /** The part each group belongs to, 0 … countParts − 1. */
    readonly part: Int32Array;
    readonly countParts: number;
  },
): TotalForecast[] {
  const scorer = scorerOf(model, parameters);
  const means = new Float64Array(countParts);
  const variances = new Float64Array(countParts);
  for (let i = 0; i < part.length; i++) {
    const history = {
      frequency: groups.frequency[i]!,
      recency: groups.recency[i]!,
      age: groups.age[i]!,
    };
    const { mean, variance } = momentsOfMass(wholePredictiveMass(scorer, { ...history, weeks }));
    means[part[i]!]! += groups.count[i]! * mean;
    variances[part[i]!]! += groups.count[i]! * variance;
  }
  const sums = new Float64Array(countParts);
  const squares = new Float64Array(countParts);
  for (const draw of draws) {
    const totals = new Float64Array(countParts);
    expectedOrders(groups, { model, parameters: draw, weeks }).forEach((orders, i) => {
      totals[part[i]!]! += groups.count[i]! * orders;
    });
    totals.forEach((total, j) => {
      const fromMean = total - means[j]!;
      sums[j]! += fromMean;
      squares[j]! += fromMean * fromMean;
    });
  }
  return Array.from(means, (mean, j) => {
    const average = draws.length > 0 ? sums[j]! / draws.length : 0;
    const spread = draws.length > 0 ? squares[j]! / draws.length - average * average : 0;
    return { mean, variance: variances[j]! + Math.max(0, spread) };
  });
}
