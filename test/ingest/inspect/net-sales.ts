import { parseConfig } from '../../../lib/config.ts';
import { feeds } from '../../../lib/feeds/all.ts';
import type { FeedMapping } from '../../../lib/feeds/mapping.ts';
import { splitRecord } from '../../../lib/ingest/formats/csv/csv-fields.ts';
import { sheetOf } from '../../../lib/ingest/inspect/sheet.ts';
import { suggestOrders } from '../../../lib/ingest/inspect/suggest-orders.ts';
import { readingOf } from '../../../lib/ingest/reading-of.ts';
import { readRecord, recordSchema } from '../../reference/record-schema.ts';

const deliveredAt = new Date('2026-01-31T00:00:00Z');

/** The fields of a text without line ends inside fields; the delimiter is the header's commonest. */
function splitTable(text: string, above = 0): { headers: string[]; records: string[][] } {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(above);
  const [header = ''] = lines;
  const count = (sign: string) => header.split(sign).length;
  const delimiter = [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] as string;
  const [headers = [], ...records] = lines.map((line) =>
    splitRecord(line, { delimiter, quote: '"' }),
  );
  return { headers, records };
}

/** What the functions behind `inspect` suggest for a table of orders. */
export function suggestionFor(text: string) {
  const { headers, records } = splitTable(text);
  const config = parseConfig({});
  const mapping = parseConfig({ sources: { s: { orders: { columns: { ordered_at: 'x' } } } } })
    .sources.s?.orders as FeedMapping;
  return suggestOrders(sheetOf(headers, records), readingOf(mapping, config, deliveredAt));
}

/**
 * Net sales of a table read by a mapping, in loops over its accepted rows: what was sold after
 * discount, before tax and shipping, less what was refunded, an order at most its lines. The second
 * number is how many rows are refused.
 */
export function netSales(text: string, suggestion: object): { net: string; refused: number } {
  const config = parseConfig({ sources: { s: { orders: suggestion } } });
  const mapping = config.sources.s?.orders as FeedMapping;
  const { headers, records } = splitTable(text, mapping.skip_lines);
  const feed = feeds.orders;
  const reading = readingOf(mapping, config, deliveredAt);
  const schema = recordSchema(feed, mapping, reading);
  const orders = new Map<string, Readonly<Record<string, unknown>>[]>();
  let refused = 0;
  records.forEach((record, i) => {
    const outcome = readRecord(record, { feed, headers, mapping, schema });
    if ('refused' in outcome) refused += 1;
    if (!('accepted' in outcome)) return;
    const id = String(outcome.accepted.order_id ?? `row ${i}`);
    orders.set(id, [...(orders.get(id) ?? []), outcome.accepted]);
  });
  const units = (value: unknown) => Math.round(Number(value ?? 0) * 10_000);
  let total = 0;
  for (const lines of orders.values()) {
    const once = (column: string) => units(lines.find((line) => line[column] !== null)?.[column]);
    const counted = lines.filter(({ status }) => status !== 'open' && status !== 'cancelled');
    const sold = counted.reduce((sum, { amount }) => sum + units(amount), 0);
    if (counted.length === 0) continue;
    const goods = sold - once('order_discount');
    const refund = once('order_refund');
    const isGivenBack = counted.every(({ status }) => status === 'given_back');
    if (refund > 0) total += goods - Math.min(refund, goods);
    else if (!isGivenBack) total += goods;
  }
  return { net: (total / 10_000).toFixed(2), refused };
}
