import type { Figures } from '../note.ts';
import type { CountGroups } from './counts.ts';

/** The first thing wrong with the groups: column, place and value; null where nothing is. */
export function findFaultInCounts(groups: CountGroups): Figures | null {
  const { frequency, recency, age, count } = groups;
  const size = frequency.length;
  const other = [recency.length, age.length, count.length].find((length) => length !== size);
  if (other !== undefined) return { column: 'length', group: size, found: other };
  for (let i = 0; i < size; i++) {
    const x = frequency[i]!;
    if (!Number.isSafeInteger(x) || x < 0) return { column: 'frequency', group: i, found: x };
    if (!(recency[i]! >= 0)) return { column: 'recency', group: i, found: recency[i]! };
    if (!(age[i]! >= recency[i]!) || !Number.isFinite(age[i]!)) {
      return { column: 'age', group: i, found: age[i]! };
    }
    if (x === 0 && recency[i] !== 0) {
      return { column: 'recency', group: i, found: recency[i]! };
    }
    if (!(count[i]! > 0) || !Number.isFinite(count[i]!)) {
      return { column: 'count', group: i, found: count[i]! };
    }
  }
  return null;
}
