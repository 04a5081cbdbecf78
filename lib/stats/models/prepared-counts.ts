import type { CountGroups } from './counts.ts';

/**
 * Groups in one fixed order (by x, t_x, T; equal triples merged), with each column's distinct
 * values listed once, so that a likelihood takes a logarithm per distinct time and a gamma
 * function per distinct x. The order makes every sum, and so every bit of a fit, independent of
 * the order the groups came in.
 */
export interface PreparedCounts {
  readonly groups: CountGroups;
  readonly countCustomers: number;
  readonly countRepeatOrders: number;
  readonly meanAge: number;
  readonly frequencies: Float64Array;
  /** Groups of frequencies[j] are firstGroup[j] … firstGroup[j + 1] − 1. */
  readonly firstGroup: Int32Array;
  /** Customers with frequencies[j]. */
  readonly countOfFrequency: Float64Array;
  readonly times: Float64Array;
  readonly recencyIndex: Int32Array;
  readonly ageIndex: Int32Array;
}

/** Cost: one sort where the groups are not in order yet; memory some 60 bytes a group. */
export function prepareCounts(input: CountGroups): PreparedCounts {
  const groups = inFixedOrder(input);
  const { frequency, recency, age, count } = groups;
  const size = frequency.length;

  const times = distinct([recency, age]);
  const indexOfTime = new Map<number, number>();
  for (let j = 0; j < times.length; j++) indexOfTime.set(times[j]!, j);
  const recencyIndex = new Int32Array(size);
  const ageIndex = new Int32Array(size);

  const frequencies: number[] = [];
  const firstGroup: number[] = [];
  const countOfFrequency: number[] = [];
  let countCustomers = 0;
  let countRepeatOrders = 0;
  let sumOfAges = 0;
  for (let i = 0; i < size; i++) {
    if (i === 0 || frequency[i] !== frequency[i - 1]) {
      frequencies.push(frequency[i]!);
      firstGroup.push(i);
      countOfFrequency.push(0);
    }
    countOfFrequency[countOfFrequency.length - 1]! += count[i]!;
    countCustomers += count[i]!;
    countRepeatOrders += count[i]! * frequency[i]!;
    sumOfAges += count[i]! * age[i]!;
    recencyIndex[i] = indexOfTime.get(recency[i]!)!;
    ageIndex[i] = indexOfTime.get(age[i]!)!;
  }
  firstGroup.push(size);
  return {
    groups,
    countCustomers,
    countRepeatOrders,
    meanAge: sumOfAges / countCustomers,
    frequencies: Float64Array.from(frequencies),
    firstGroup: Int32Array.from(firstGroup),
    countOfFrequency: Float64Array.from(countOfFrequency),
    times,
    recencyIndex,
    ageIndex,
  };
}

/** The same groups by x, t_x, T, equal triples merged; the input itself where it is so already. */
export function inFixedOrder(groups: CountGroups): CountGroups {
  return mergeEqual(inOrder(groups) ? groups : sorted(groups));
}

function compareGroups({ frequency, recency, age }: CountGroups) {
  return (i: number, j: number): number =>
    frequency[i]! - frequency[j]! || recency[i]! - recency[j]! || age[i]! - age[j]!;
}

function inOrder(groups: CountGroups): boolean {
  const compare = compareGroups(groups);
  for (let i = 1; i < groups.frequency.length; i++) {
    if (compare(i - 1, i) > 0) return false;
  }
  return true;
}

function sorted(groups: CountGroups): CountGroups {
  const order = Uint32Array.from(groups.frequency.keys());
  order.sort(compareGroups(groups));
  const pick = (column: Float64Array) => Float64Array.from(order, (i) => column[i]!);
  return {
    frequency: pick(groups.frequency),
    recency: pick(groups.recency),
    age: pick(groups.age),
    count: pick(groups.count),
  };
}

function mergeEqual(groups: CountGroups): CountGroups {
  const compare = compareGroups(groups);
  let isDistinct = true;
  for (let i = 1; i < groups.frequency.length && isDistinct; i++) {
    isDistinct = compare(i - 1, i) !== 0;
  }
  if (isDistinct) return groups;
  const starts: number[] = [];
  for (let i = 0; i < groups.frequency.length; i++) {
    if (i === 0 || compare(i - 1, i) !== 0) starts.push(i);
  }
  const pick = (column: Float64Array) => Float64Array.from(starts, (i) => column[i]!);
  const count = new Float64Array(starts.length);
  for (let g = 0; g < starts.length; g++) {
    const end = starts[g + 1] ?? groups.frequency.length;
    // Counts are whole numbers, so their sum does not depend on the order either.
    for (let i = starts[g]!; i < end; i++) count[g]! += groups.count[i]!;
  }
  return {
    frequency: pick(groups.frequency),
    recency: pick(groups.recency),
    age: pick(groups.age),
    count,
  };
}

function distinct(columns: readonly Float64Array[]): Float64Array {
  const seen = new Set<number>();
  for (const column of columns) for (let i = 0; i < column.length; i++) seen.add(column[i]!);
  return Float64Array.from(seen).sort();
}
