import { expect } from 'vitest';
import type { TestHome } from '../night/home.ts';
import type { CustomerOf } from '../reference/night/shop.ts';

type Figures = Readonly<Record<string, string | number | boolean | null>>;

/** The columns that the rows have hold these rows in the table, and no others. */
export async function expectRows(
  home: TestHome,
  table: string,
  rows: readonly Figures[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const found = await home.ask(
    `select ${columns.length === 0 ? '1 as unexpected' : columns.join(', ')} from ${table}`,
  );
  const figures = found.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, figure(value)])),
  );
  expect(sorted(figures), table).toEqual(sorted(rows));
}

/** Money and pieces as ten-thousandths, counts as numbers. */
function figure(value: unknown): string | number | boolean | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && /^-?\d+[.]\d{4}$/.test(value)) {
    return Math.round(Number(value) * 10_000);
  }
  return value as string | number | boolean | null;
}

/** The last digits of a quotient are the engine's own. */
function rounded(value: string | number | boolean | null) {
  return typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value;
}

function sorted(rows: readonly Figures[]): readonly Figures[] {
  return rows
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, rounded(value)])),
    )
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}

/** Who is who is the night's own answer: what it makes of them is what is compared. */
export async function readCustomers(home: TestHome): Promise<CustomerOf> {
  const rows = await home.ask(
    "select source, value, customer_key from customer_identifier where kind = 'source_id'",
  );
  const keys = new Map(
    rows.map(({ source, value, customer_key }) => [`${source} ${value}`, String(customer_key)]),
  );
  return ({ source, customerId }) => {
    if (customerId === null) return null;
    // whom the night does not know ordered after it, and stands in no table
    return keys.get(`${source} ${customerId}`) ?? `unknown ${source} ${customerId}`;
  };
}
