import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { badRows } from '../../lib/sample/bad-rows.ts';
import { sampleAsOf, sampleBeginsOn } from '../../lib/sample/calendar.ts';
import { makeSampleShop, type SampleOptions } from '../../lib/sample/shop.ts';

type Fields = Readonly<Record<string, string>>;

function textsOf(options: SampleOptions): Map<string, string> {
  const files = [...makeSampleShop(options)].map(({ key, body }): [string, string] => {
    const bytes = Buffer.from(body);
    return [key, (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()];
  });
  return new Map(files);
}

/** The good records of the files of one feed and source. */
function recordsOf(texts: ReadonlyMap<string, string>, folder: string): Fields[] {
  return [...texts].flatMap(([key, text]) => {
    if (!key.startsWith(folder)) return [];
    const good = badRows
      .filter((row) => row.key === key)
      .reduce((rest, row) => rest.replace(row.record, ''), text);
    return parse(good, {
      columns: true,
      delimiter: key.includes('/store/') ? ';' : ',',
    }) as Fields[];
  });
}

function distinct(records: readonly Fields[], column: string): Set<string> {
  return new Set(records.map((record) => record[column] ?? '').filter((value) => value !== ''));
}

function hashOf(options: SampleOptions): string {
  const hash = createHash('sha256');
  for (const { key, body } of makeSampleShop(options)) hash.update(key).update(body);
  return hash.digest('hex');
}

const texts = textsOf({ customers: 2000, seed: 1 });
const webLines = recordsOf(texts, 'drop/orders/web/');
const webSales = webLines.filter(
  ({ status, quantity }) => status === 'completed' && Number(quantity) > 0,
);
const storeLines = recordsOf(texts, 'drop/orders/store/');
const webCustomers = recordsOf(texts, 'drop/customers/web/');
const storeCustomers = recordsOf(texts, 'drop/customers/store/');

describe('makeSampleShop()', () => {
  // Integers and the four operations only, and gzip without compression: nothing in these bytes
  // belongs to the machine. A new hash means a new sample, and new numbers in every demo.
  test('gives the same bytes for the same options, on any machine', () => {
    const options = { customers: 50, seed: 7 };
    expect(hashOf(options)).toBe(hashOf(options));
    expect(hashOf(options)).toBe(
      '999a22162c396e77c66e26594ca98854989c2a3e7c43a68fe412ab0e1e2d3a66',
    );
  });

  test('gives another shop for another seed', () => {
    expect(hashOf({ customers: 50, seed: 8 })).not.toBe(hashOf({ customers: 50, seed: 7 }));
  });

  test('drops what the two systems export, where they export it', () => {
    expect([...texts.keys()]).toEqual([
      'drop/products/web/products.csv',
      'drop/customers/web/customers.csv',
      'drop/orders/web/orders-2023.csv',
      'drop/orders/web/orders-2024.csv',
      'drop/orders/web/orders-2025.csv',
      'drop/customers/store/kunden.csv',
      'drop/orders/store/kasse-2023.csv.gz',
      'drop/orders/store/kasse-2024.csv.gz',
      'drop/orders/store/kasse-2025.csv.gz',
    ]);
  });

  test('works for ten customers, and every file still has records', () => {
    for (const text of textsOf({ customers: 10, seed: 1 }).values()) {
      expect(text.trimEnd().split('\n').length).toBeGreaterThan(1);
    }
  });

  test('holds each bad row once', () => {
    for (const { key, record } of badRows) {
      expect(texts.get(key)?.split(record).length).toBe(2);
    }
  });

  test('knows as many people as asked for', () => {
    const people = new Set([
      ...[...distinct(webCustomers, 'customer_id')].map((id) => Number(id.slice(1))),
      ...[...distinct(storeCustomers, 'Kundenkarte')].map((id) => Number(id.slice(2))),
    ]);
    expect(people.size).toBe(2000);
  });

  test('keeps to its three years', () => {
    const days = webLines.map((line) => line.ordered_at?.slice(0, 10) ?? '').sort();
    expect(days.at(0)?.slice(0, 7)).toBe(sampleBeginsOn.slice(0, 7));
    expect(days.at(-1)).toBe(sampleAsOf);
  });

  test('writes amounts that follow from quantity, price and discount', () => {
    for (const { quantity, unit_price, discount, amount } of webLines) {
      expect(Number(quantity) * Number(unit_price) - Number(discount)).toBeCloseTo(
        Number(amount),
        6,
      );
    }
  });
});

describe('the story of the sample shop', () => {
  test('between a third and 60 % of the online buyers order once', () => {
    const orders = new Map<string, Set<string>>();
    for (const { email, order_id } of webSales) {
      orders.set(email ?? '', (orders.get(email ?? '') ?? new Set()).add(order_id ?? ''));
    }
    const once = [...orders.values()].filter((ids) => ids.size === 1).length;
    expect(once / orders.size).toBeGreaterThan(1 / 3);
    expect(once / orders.size).toBeLessThan(0.6);
  });

  test('December sells most, and August is a low', () => {
    const sales = new Map<string, number>();
    for (const { ordered_at } of webSales.filter((line) => line.ordered_at?.startsWith('2024'))) {
      const month = ordered_at?.slice(5, 7) ?? '';
      sales.set(month, (sales.get(month) ?? 0) + 1);
    }
    const byCount = [...sales].sort((a, b) => a[1] - b[1]).map(([month]) => month);
    expect(byCount.at(-1)).toBe('12');
    expect(byCount.slice(0, 4)).toContain('08');
  });

  test('one customer orders hundreds of times', () => {
    const orders = distinct(
      webSales.filter((line) => line.email?.includes('.1@')),
      'order_id',
    );
    expect(orders.size).toBeGreaterThan(200);
  });

  test('some people are known and have never ordered', () => {
    const buyers = distinct(webLines, 'email');
    const cards = distinct(storeLines, 'Kundenkarte');
    const prospects = webCustomers.filter(
      ({ customer_id, email }) =>
        !buyers.has(email ?? '') && !cards.has(`90${customer_id?.slice(1)}`),
    );
    expect(prospects.length / webCustomers.length).toBeGreaterThan(0.04);
    expect(prospects.length / webCustomers.length).toBeLessThan(0.12);
  });

  test('some people are in both systems with one e-mail in two spellings', () => {
    const web = distinct(webCustomers, 'email');
    const spelledAnew = storeCustomers.filter(({ 'E-Mail': email = '' }) => {
      const normalised = email.trim().toLowerCase();
      return email !== normalised && web.has(normalised);
    });
    expect(spelledAnew.length).toBeGreaterThan(50);
  });

  test('holds returns, cancelled and free orders, guests and sales without card or receipt', () => {
    expect(webLines.filter(({ quantity }) => Number(quantity) < 0).length).toBeGreaterThan(50);
    expect(storeLines.filter(({ Menge }) => Number(Menge) < 0).length).toBeGreaterThan(20);
    expect(webLines.filter(({ status }) => status === 'cancelled').length).toBeGreaterThan(50);
    expect(webSales.filter(({ amount }) => amount === '0.00').length).toBeGreaterThan(5);
    expect(webSales.filter(({ customer_id }) => customer_id === '').length).toBeGreaterThan(50);
    expect(storeLines.filter(({ Kundenkarte }) => Kundenkarte === '').length).toBeGreaterThan(500);
    expect(storeLines.filter((line) => line['Bon-Nr'] === '').length).toBeGreaterThan(50);
  });

  test('delivers the last days of a year twice, the second time with later cancellations', () => {
    const writings = new Map<string, Fields[]>();
    for (const line of webLines) {
      const key = `${line.order_id} ${line.line_id}`;
      writings.set(key, [...(writings.get(key) ?? []), line]);
    }
    const twice = [...writings.values()].filter((lines) => lines.length === 2);
    expect(twice.length).toBeGreaterThan(20);
    const changed = twice.filter(([first, second]) => first?.status !== second?.status);
    expect(changed.length).toBeGreaterThan(0);
    for (const [first, second] of changed) {
      expect((second?.updated_at ?? '') > (first?.updated_at ?? '')).toBe(true);
    }
  });

  test('orders in the hour that Paris has twice', () => {
    const instants = new Set(webLines.map((line) => line.ordered_at));
    expect(instants).toContain('2024-10-27T00:30:00Z');
    expect(instants).toContain('2024-10-27T01:30:00Z');
  });
});
