/**
 * Groups of a sample of at most `most` customers, each the same share of all: the customers in the
 * order of the groups, every k-th from the middle of the first k. A group stands in it as often as
 * customers of it are drawn. The same groups, the same sample.
 */
export function sampleCustomers(count: ArrayLike<number>, most: number): number[] {
  let customers = 0;
  for (let i = 0; i < count.length; i++) customers += count[i]!;
  const step = Math.max(1, customers / most);
  const sample: number[] = [];
  let upTo = 0;
  let next = step / 2;
  for (let i = 0; i < count.length; i++) {
    upTo += count[i]!;
    for (; next < upTo; next += step) sample.push(i);
  }
  return sample;
}
