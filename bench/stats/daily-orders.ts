import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** Days (since 1970) on which each customer ordered, in order. */
export type DailyOrders = ReadonlyMap<string, readonly number[]>;

const DAY = 86_400_000;

/**
 * Occasions of a file of order lines: distinct days with at least one line of positive quantity of
 * an invoice that is not cancelled. Lines without a customer are left out.
 */
export async function readDailyOrders(
  path: string,
  {
    customerColumn,
    dateColumn,
    invoiceColumn,
  }: { customerColumn: string; dateColumn: string; invoiceColumn?: string },
): Promise<DailyOrders> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const rows = text.pipe(parse({ columns: true, relax_quotes: true, bom: true }));
  const daysOf = new Map<string, Set<number>>();
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const customer = row[customerColumn] ?? '';
    const quantity = Number(row.Quantity ?? row.quantity ?? 1);
    const isCancelled = invoiceColumn !== undefined && row[invoiceColumn]!.startsWith('C');
    if (customer === '' || !(quantity > 0) || isCancelled) continue;
    const day = Math.floor(Date.parse(`${row[dateColumn]!.slice(0, 10)}T00:00:00Z`) / DAY);
    const days = daysOf.get(customer) ?? new Set();
    daysOf.set(customer, days.add(day));
  }
  return new Map(
    [...daysOf].map(([id, days]) => [id, [...days].sort((left, right) => left - right)]),
  );
}

export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}
