/** Customers whose predicted value is at least `from` and below `to`; null: no bound. */
export interface ValueBin {
  readonly from: number | null;
  readonly to: number | null;
  readonly count_customers: number;
  readonly predicted_value: number;
}

/** Where one bin ends and the next begins: 1, 2, 5, 10 … of money a customer. */
const edges: readonly number[] = [
  0,
  ...Array.from({ length: 7 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat(),
];

/** More bins than this are hard to read: the smallest values then share one. */
const mostBins = 10;

/** SQL that numbers the bin of a decimal: 0 lies below the first edge. */
export function binCase(column: string): string {
  const whens = edges.map((edge, place) => `when ${column} < ${edge} then ${place}`);
  return `case ${whens.join(' ')} else ${edges.length} end`;
}

interface NumberedBin {
  readonly bin: number;
  readonly count_customers: number;
  readonly predicted_value: number;
}

/**
 * The bins from the lowest to the highest that has a customer, empty ones between them included.
 * Bins of small positive values are joined until there are few enough.
 */
export function valueBins(numbered: readonly NumberedBin[]): ValueBin[] {
  if (numbered.length === 0) return [];
  const places = numbered.map((row) => row.bin);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const bins: ValueBin[] = [];
  for (let bin = first; bin <= last; bin += 1) {
    const found = numbered.find((row) => row.bin === bin);
    bins.push({
      from: edges[bin - 1] ?? null,
      to: edges[bin] ?? null,
      count_customers: found?.count_customers ?? 0,
      predicted_value: found?.predicted_value ?? 0,
    });
  }
  while (bins.length > mostBins) {
    const place = bins[0]?.from === null ? 1 : 0;
    const [low, high] = bins.slice(place, place + 2) as [ValueBin, ValueBin];
    bins.splice(place, 2, {
      from: low.from,
      to: high.to,
      count_customers: low.count_customers + high.count_customers,
      predicted_value: low.predicted_value + high.predicted_value,
    });
  }
  return bins;
}
