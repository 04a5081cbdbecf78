import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileEngine } from '../../../lib/adapters/duckdb/file-engine.ts';
import { loadConfig, parseConfig } from '../../../lib/config.ts';
import { inspectFile } from '../../../lib/ingest/inspect/inspect-file.ts';
import type { FileEngine } from '../../../lib/ports/file-engine.ts';
import { sharedData } from '../../shared-data.ts';

let folder: string;
let engine: FileEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-inspect-'));
  await mkdir(join(folder, 'engine'));
  engine = await openFileEngine(join(folder, 'engine'));
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function inspect(name: string, content: string | Buffer, configuration: unknown = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  return await inspectFile({ engine, path, config: parseConfig(configuration) });
}

test('inspectFile() finds the feed, shows masked rows and what would be refused', async () => {
  const found = await inspect(
    'a.csv',
    'customer_id,email,first_name,city\nC1,jane@example.com,Jane,Köln\nC2,nobody,Joe,Bonn\n',
  );
  expect(found).toMatchObject({
    feed: 'customers',
    preset: null,
    isContract: true,
    status: 'loaded',
    accepted: 2,
    valuesDropped: 1,
    quarantinedByRule: {},
    suggestion: null,
  });
  expect(found.rows).toEqual([
    {
      customer_id: 'C***',
      email: 'j***',
      first_name: 'J***',
      first_name_folded: 'j***',
      city: 'K***',
      city_folded: 'k***',
      record_number: 1,
    },
    {
      customer_id: 'C***',
      first_name: 'J***',
      first_name_folded: 'j***',
      city: 'B***',
      city_folded: 'b***',
      record_number: 2,
    },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/jane|Köln|nobody/i);
});

test('inspectFile() suggests a mapping for a header that nothing fits', async () => {
  const found = await inspect(
    'b.csv',
    'Invoice No;Date;Customer;SKU;Qty;Price\n1;2026-01-05;C1;P1;1;5\n',
  );
  expect(found).toMatchObject({ feed: 'orders', status: 'refused', rule: 'unknown_header' });
  expect(found.suggestion).toEqual({
    columns: {
      order_id: 'Invoice No',
      ordered_at: 'Date',
      customer_id: 'Customer',
      product_id: 'SKU',
      quantity: 'Qty',
      unit_price: 'Price',
    },
  });
  expect(found.open).toEqual([]);
});

test('inspectFile() finds columns of unknown names by what stands in them, and how it is written', async () => {
  const content =
    'Nr;Gekauft;Wer;Bezahlt\n7;05.01.2026;Jana;1.234,56\n8;31.01.2026;Ute;12,00\n9;;Ida;3,50\n';
  const found = await inspect('d.csv', content);
  const { suggestion } = found;
  expect(suggestion).toEqual({
    columns: { order_id: 'Nr', ordered_at: 'Gekauft', amount: 'Bezahlt' },
    date_format: 'DD.MM.YYYY',
    decimal: ',',
    thousands: '.',
  });
  const pasted = await inspect('d.csv', content, { sources: { shop: { orders: suggestion } } });
  expect(pasted).toMatchObject({
    source: 'shop',
    isContract: false,
    accepted: 2,
    quarantinedByRule: { required: 1 },
  });
});

test('inspectFile() leaves to a person what a file does not say', async () => {
  const found = await inspect('e.csv', 'when,what\n01/02/2026,1.00\n03/04/2026,2.00\n');
  expect(found.suggestion).toEqual({ columns: { ordered_at: 'when', amount: 'what' } });
  expect(found.open).toEqual(['Say which "date_format" is meant: "DD/MM/YYYY" or "MM/DD/YYYY".']);
  const nothing = await inspect('f.csv', 'a,b\nx,1\n');
  expect(nothing.open).toEqual(['Say which header is ordered_at.', 'Say which header is amount.']);
});

test('inspectFile() never shows a first record as if it were a header', async () => {
  const found = await inspect(
    'g.csv',
    '1,2026-01-05,jane@example.com\n2,2026-01-06,joe@example.com\n',
  );
  expect(found).toMatchObject({ status: 'refused', headers: [], notRead: [], suggestion: null });
  expect(JSON.stringify(found)).not.toContain('jane');
});

test('inspectFile() tells of a file that is no text', async () => {
  const found = await inspect('c.csv', 'PK\u0003\u0004');
  expect(found).toMatchObject({ feed: null, status: 'refused', rule: 'not_text', headers: [] });
});

for (const [name, file, recordsIn] of [
  ['cdnow', 'cdnow/transactions.csv', 6919],
  ['online-retail', 'online-retail/online_retail.csv.gz', 541_909],
] as const) {
  const path = sharedData(file);
  test.skipIf(path === null)(`inspectFile() is right about the example ${name}`, async () => {
    const example = new URL(`../../../examples/${name}/clientele.config.json`, import.meta.url);
    const config = loadConfig(readFileSync(example, 'utf8'), name);
    const found = await inspectFile({ engine, path: path as string, config });
    expect(found).toMatchObject({ feed: 'orders', source: name, preset: null, status: 'loaded' });
    expect(found.recordsIn).toBe(recordsIn);
    expect(found.accepted + found.quarantined + found.ignored).toBe(recordsIn);
    expect(found.rows).toHaveLength(5);
  });
}

const sheet =
  'Bestellnr;Datum;Kundennr;Betrag\n1001;5.1.2024;Müller;1.234,50\n1002;31.12.2024;K-2;9,90\n';

test('inspectFile() names the encoding of a file that is no UTF-8 before it is refused for it', async () => {
  const found = await inspect('latin1.csv', Buffer.from(sheet, 'latin1'));
  expect(found.suggestion).toMatchObject({
    encoding: 'windows-1252',
    columns: { ordered_at: 'Datum', amount: 'Betrag' },
    date_format: 'D.M.YYYY',
    decimal: ',',
    thousands: '.',
  });
  const { suggestion: orders } = found;
  const read = await inspect('latin1.csv', Buffer.from(sheet, 'latin1'), {
    sources: { shop: { orders } },
  });
  expect(read).toMatchObject({ status: 'loaded', accepted: 2, quarantined: 0 });
});

test('inspectFile() reads UTF-16 by its mark, and asks for no encoding', async () => {
  const found = await inspect('utf16.csv', Buffer.from(`\ufeff${sheet}`, 'utf16le'));
  expect(found.suggestion).toMatchObject({ date_format: 'D.M.YYYY', decimal: ',' });
  expect(found.suggestion).not.toHaveProperty('encoding');
});
