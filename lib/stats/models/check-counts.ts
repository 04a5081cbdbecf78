import type { CountGroups } from './counts.ts';

/** The first thing wrong with the groups, in plain words; null where nothing is. */
export function findFaultInCounts(groups: CountGroups): string | null {
  const { frequency, recency, age, count } = groups;
  const size = frequency.length;
  if (recency.length !== size || age.length !== size || count.length !== size) {
    return `columns differ in length: ${size}, ${recency.length}, ${age.length}, ${count.length}`;
  }
  for (let i = 0; i < size; i++) {
    const x = frequency[i]!;
    if (!Number.isSafeInteger(x) || x < 0) return `frequency must be a whole number: found ${x}`;
    if (!(recency[i]! >= 0)) return `recency must be at least 0: found ${recency[i]}`;
    if (!(age[i]! >= recency[i]!) || !Number.isFinite(age[i]!)) {
      return `age must be finite and at least the recency ${recency[i]}: found ${age[i]}`;
    }
    if (x === 0 && recency[i] !== 0) {
      return `recency must be 0 where there is no repeat order: found ${recency[i]}`;
    }
    if (!(count[i]! > 0) || !Number.isFinite(count[i]!)) {
      return `count must be above 0: found ${count[i]}`;
    }
  }
  return null;
}
