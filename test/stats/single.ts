import type { CountGroups, CustomerHistory } from '../../lib/stats/models/counts.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import type { MixtureMember } from '../../lib/stats/scoring/mixture.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';

/** Groups of the listed customers, one each. */
export function groupsOf(customers: readonly CustomerHistory[]): CountGroups {
  return {
    frequency: Float64Array.from(customers, (c) => c.frequency),
    recency: Float64Array.from(customers, (c) => c.recency),
    age: Float64Array.from(customers, (c) => c.age),
    count: new Float64Array(customers.length).fill(1),
  };
}

/** A mixture of one model, its parameter sets equally likely. */
export function mixtureOf(
  model: CountModel,
  ...sets: readonly Readonly<Record<string, number>>[]
): MixtureMember[] {
  return sets.map((parameters) => ({
    scorer: scorerOf(model, parameters),
    orders: 1 / sets.length,
    alive: 1 / sets.length,
  }));
}

export function relativeError(found: number, truth: number): number {
  return truth === 0 ? Math.abs(found) : Math.abs(found / truth - 1);
}
