import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** What a customer spent on each day of an order (days since 1970), in order of days. */
export type DailySpend = ReadonlyMap<string, readonly (readonly [day: number, value: number])[]>;

const DAY = 86_400_000;

export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

export interface Columns {
  readonly customer: string;
  readonly date: string;
  /** The amount of a line, or its quantity and price. */
  readonly valueOf: (row: Readonly<Record<string, string>>) => number;
  readonly isSale: (row: Readonly<Record<string, string>>) => boolean;
}

/** Occasions of a file of order lines, and their values. Lines without a customer are left out. */
export async function readDailySpend(path: string, columns: Columns): Promise<DailySpend> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const rows = text.pipe(parse({ columns: true, relax_quotes: true, bom: true }));
  const daysOf = new Map<string, Map<number, number>>();
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const customer = row[columns.customer] ?? '';
    if (customer === '' || !columns.isSale(row)) continue;
    const day = dayOf(row[columns.date]!.slice(0, 10));
    const days = daysOf.get(customer) ?? new Map<number, number>();
    daysOf.set(customer, days.set(day, (days.get(day) ?? 0) + columns.valueOf(row)));
  }
  return new Map(
    [...daysOf].map(([id, days]) => [id, [...days].sort(([left], [right]) => left - right)]),
  );
}
