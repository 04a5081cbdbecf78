import type { TotalForecast } from '../intervals/total-interval.ts';
import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import { type AliveMap, mapped } from '../scoring/alive-map.ts';
import type { OrdersAhead } from '../scoring/orders-ahead.ts';
import type { Weights } from './stack-weights.ts';

/** What each model says of the groups, as it stands before anything is learned. */
export type AheadOfModels = ReadonlyMap<CountModel, OrdersAhead>;

/** What the stack expects of every group, and how surely of parts of them. */
export interface StackAhead {
  readonly mean: Float64Array;
  readonly totals: readonly TotalForecast[];
}

/**
 * Expected orders of every group under the weights and the map, and mean and variance of each part's
 * total: V = Σ w (V_m + (E_m − E)²). All figures of a row hang on P(alive) in proportion, so the map
 * scales them. Models without a usable fit at the cut give their weight to the others.
 */
export function stackAhead(
  { frequency, count }: CountGroups,
  {
    ahead,
    weights,
    map,
    part,
    countParts,
  }: {
    readonly ahead: AheadOfModels;
    readonly weights: Weights;
    readonly map: AliveMap | null;
    /** The part each group belongs to, 0 … countParts − 1. */
    readonly part: Int32Array;
    readonly countParts: number;
  },
): StackAhead {
  const members = membersOf(ahead, weights);
  const mean = new Float64Array(count.length);
  const ofModels = members.map(({ weight, orders }) => {
    const means = new Float64Array(countParts);
    const variances = new Float64Array(countParts);
    for (let i = 0; i < count.length; i++) {
      const scale = frequency[i] === 0 ? 1 : scaleOf(orders.alive[i]!, map);
      const expected = scale * orders.mean[i]!;
      mean[i]! += weight * expected;
      means[part[i]!]! += count[i]! * expected;
      variances[part[i]!]! += count[i]! * (scale * orders.meanSquare[i]! - expected * expected);
    }
    return { weight, means, variances };
  });
  return { mean, totals: Array.from({ length: countParts }, (_, j) => mixed(ofModels, j)) };
}

/** Mean and variance of a part's total under the mixture. */
function mixed(
  ofModels: readonly {
    readonly weight: number;
    readonly means: Float64Array;
    readonly variances: Float64Array;
  }[],
  part: number,
): TotalForecast {
  const mean = ofModels.reduce((sum, { weight, means }) => sum + weight * means[part]!, 0);
  const variance = ofModels.reduce(
    (sum, { weight, means, variances }) =>
      sum + weight * (Math.max(0, variances[part]!) + (means[part]! - mean) ** 2),
    0,
  );
  return { mean, variance };
}

/** The models that take part at the cut, their weights brought to 1. */
export function membersOf(
  ahead: AheadOfModels,
  weights: Weights,
): { readonly model: CountModel; readonly weight: number; readonly orders: OrdersAhead }[] {
  const present = [...ahead].filter(([model]) => (weights.get(model)?.orders ?? 0) > 0);
  const sum = present.reduce((total, [model]) => total + weights.get(model)!.orders, 0);
  return present.map(([model, orders]) => ({
    model,
    weight: weights.get(model)!.orders / sum,
    orders,
  }));
}

/** What the map makes of P(alive), and with it of everything in its row. */
export function scaleOf(alive: number, map: AliveMap | null): number {
  return map === null || !(alive > 0) ? 1 : mapped(alive, map) / alive;
}
