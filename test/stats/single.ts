import type { CountGroups, CustomerHistory } from '../../lib/stats/models/counts.ts';

/** Groups of the listed customers, one each. */
export function groupsOf(customers: readonly CustomerHistory[]): CountGroups {
  return {
    frequency: Float64Array.from(customers, (c) => c.frequency),
    recency: Float64Array.from(customers, (c) => c.recency),
    age: Float64Array.from(customers, (c) => c.age),
    count: new Float64Array(customers.length).fill(1),
  };
}

export function relativeError(found: number, truth: number): number {
  return truth === 0 ? Math.abs(found) : Math.abs(found / truth - 1);
}
