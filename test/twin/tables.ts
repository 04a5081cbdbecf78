import type { Row } from '../../lib/ports/query-engine.ts';
import { featuresOf } from '../reference/night/features.ts';
import { kpisOf } from '../reference/night/kpis.ts';
import { moneyOf, ordersOf } from '../reference/night/orders.ts';
import { rfmScoresOf } from '../reference/night/rfm.ts';
import { segmentOf } from '../reference/night/segments.ts';
import type { CustomerOf, Shop } from '../reference/night/shop.ts';
import type { Compared } from './world.ts';

type Figures = Readonly<Record<string, string | number | boolean | null>>;
type Ask = (select: string) => Promise<readonly Row[]>;

/** The night's tables of a shop beside what plain code makes of its accepted rows. */
export async function* comparedTables(shop: Shop, ask: Ask): AsyncGenerator<Compared> {
  const orders = ordersOf(shop, await readCustomers(ask));
  yield await compared(
    ask,
    'sales_order',
    orders.map(({ customer, orderedOn, channel, isOrder, lines }) => ({
      customer_key: customer,
      ordered_on: orderedOn,
      channel,
      is_order: isOrder,
      count_lines: lines.length,
      ...moneyOf(lines),
    })),
  );
  const features = featuresOf(orders, shop.asOf);
  yield await compared(
    ask,
    'customer_features',
    [...features].map(([customer, own]) => ({ customer_key: customer, ...own })),
  );
  yield await compared(ask, 'kpi_snapshot', kpisOf(orders, shop.asOf));

  const scores = [...rfmScoresOf(features)];
  yield await compared(
    ask,
    'rfm_score',
    scores.map(([customer, { recency, frequency, money, isGuarded }]) => ({
      customer_key: customer,
      recency_score: recency,
      frequency_score: frequency,
      monetary_score: money,
      is_guarded: isGuarded,
    })),
  );
  // fewer than the models ask for: P(alive) is not known, and both schemes are one
  yield await compared(
    ask,
    'segment_member',
    scores.flatMap(([customer, score]) =>
      ['rfm', 'rfm_plain'].map((scheme) => ({
        customer_key: customer,
        scheme,
        segment: segmentOf(score),
      })),
    ),
  );
}

/** The columns that the rows have. */
async function compared(ask: Ask, table: string, rows: readonly Figures[]): Promise<Compared> {
  const columns = Object.keys(rows[0] ?? {});
  const found = await ask(
    `select ${columns.length === 0 ? '1 as unexpected' : columns.join(', ')} from ${table}`,
  );
  const figures = found.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, figure(value)])),
  );
  return { table, found: sorted(figures), expected: sorted(rows) };
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
async function readCustomers(ask: Ask): Promise<CustomerOf> {
  const rows = await ask(
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
