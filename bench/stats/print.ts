/** One line to stdout. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Milliseconds that a piece of work took, on the clock and of the processors, and its result. */
export function timed<T>(work: () => T): {
  readonly result: T;
  readonly ms: number;
  readonly cpu: number;
} {
  const usage = process.cpuUsage();
  const begin = performance.now();
  const result = work();
  const { user, system } = process.cpuUsage(usage);
  return { result, ms: performance.now() - begin, cpu: (user + system) / 1000 };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const half = sorted.length / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
}

export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}
