import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { parseConfig } from '../../lib/config.ts';
import { type FeedName, feeds } from '../../lib/feeds/all.ts';
import type { Feed } from '../../lib/feeds/feed.ts';
import type { FeedMapping } from '../../lib/feeds/mapping.ts';
import { sqlFunctions } from '../../lib/feeds/sql-functions.ts';
import { checkSql } from '../../lib/ingest/check/check-sql.ts';
import { type ScannedSegment, scanCsv } from '../../lib/ingest/formats/csv/csv-records.ts';
import { numberedSql } from '../../lib/ingest/formats/numbered-sql.ts';
import { readingOf } from '../../lib/ingest/reading-of.ts';
import type { FileEngine } from '../../lib/ports/file-engine.ts';
import type { Row } from '../../lib/ports/query-engine.ts';
import { acceptedTable } from '../../lib/tables/accepted.ts';
import { readRecord, recordSchema } from '../reference/record-schema.ts';
import {
  codeText,
  dateText,
  emailText,
  field,
  flagText,
  lineKindText,
  numberText,
  phoneText,
  statusText,
  wordText,
} from './fields.ts';
import { type Way, ways } from './ways.ts';

/** What a column's texts are meant to be, by the name of its kind. */
const textsOfKind: Readonly<Record<string, fc.Arbitrary<string>>> = {
  instant: dateText,
  day: dateText,
  money: numberText,
  price: numberText,
  quantity: numberText,
  'whole number': numberText,
  text: wordText,
  identifier: wordText,
  email: emailText,
  phone: phoneText,
  flag: flagText,
  currency: codeText,
  country: codeText,
  status: statusText,
  'line kind': lineKindText,
};

/** Records a feed; the check before a merge sets 100,000. */
const rowsOfFeed = Number(process.env.CLIENTELE_DIFFERENTIAL_ROWS ?? 20_000);
const rowsOfWay = Math.ceil(rowsOfFeed / ways.length);
const deliveredAt = new Date('2026-01-31T00:00:00Z');

let folder: string;
let engine: FileEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-check-'));
  engine = await openFileEngine(folder);
  for (const [name, compute] of Object.entries(sqlFunctions)) engine.define(name, compute);
  engine.define('noted', () => null);
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

for (const feedName of Object.keys(feeds) as FeedName[]) {
  describe(`the generated check of ${feedName} equals its schema, record by record`, () => {
    for (const way of ways) {
      test(`reading ${way.name}`, async () => {
        const feed = feeds[feedName];
        const { headers, mapping, config } = mappingFor(feedName, way);
        const reading = readingOf(mapping, config, deliveredAt);
        const records = makeRecords(feed, headers, way);
        const sql = checkSql({
          feed,
          mapping,
          reading,
          source: 's',
          loadId: 'l',
          ...(await scanned(headers, records)),
        });
        const bySql = new Map<number, object>();
        for (const row of await engine.read(sql.accepted)) {
          bySql.set(row.record_number as number, { accepted: row, dropped: [] });
        }
        for (const row of await engine.read(
          `select record_number, ignored, check_number, array_to_string(dropped, ',') as dropped from (${sql.others})`,
        )) {
          const { ignored, check_number } = row;
          const found = bySql.get(row.record_number as number);
          if (found !== undefined) {
            const numbers = ((row.dropped as string | null) ?? '').split(',').filter(Boolean);
            Object.assign(found, { dropped: numbers.map((number) => sql.checks[Number(number)]) });
            continue;
          }
          bySql.set(
            row.record_number as number,
            ignored !== null ? { ignored } : { refused: sql.checks[check_number as number] },
          );
        }
        const schema = recordSchema(feed, mapping, reading);
        expect(bySql.size).toBe(records.length);
        let accepted = 0;
        let dropped = 0;
        records.forEach((record, i) => {
          const outcome = readRecord(record, { feed, headers, mapping, schema });
          if ('accepted' in outcome) {
            accepted += 1;
            dropped += outcome.dropped.length;
          }
          const expected =
            'accepted' in outcome
              ? { ...outcome, accepted: asRow(feed, outcome.accepted, i + 1) }
              : outcome;
          const found = bySql.get(i + 1);
          if (JSON.stringify(sorted(found)) === JSON.stringify(sorted(expected))) return;
          expect(
            found,
            JSON.stringify(Object.fromEntries(headers.map((header, at) => [header, record[at]]))),
          ).toEqual(expected);
        });
        expect(accepted).toBeGreaterThan(records.length / 50);
        expect(dropped).toBeGreaterThan(0);
      });
    }
  });
}

function mappingFor(feedName: FeedName, way: Way) {
  const feed = feeds[feedName];
  const columns: Record<string, unknown> = Object.fromEntries(
    Object.keys(feed.fields).map((column) => [column, column]),
  );
  if (feed.hasAttributes) Object.assign(columns, { attr_b: 'attr_b', attr_a: 'attr_a' });
  if (way.name === 'a German export') {
    for (const column of ['email', 'phone', 'product_id', 'birth_date', 'country', 'unit_cost']) {
      if (column in columns && column !== 'product_id')
        columns[column] = { from: column, unreadable: 'empty' };
    }
  }
  const settings = { ...way.settings } as Record<string, unknown>;
  if (!('status' in columns)) delete settings.ignore;
  if (feedName === 'orders' && way.name === 'a German export') columns.currency = { value: 'EUR' };
  if (feedName === 'orders' && way.name === 'an American export') {
    columns.channel = { value: 'store' };
    columns.currency = { value: 'usd' };
    columns.product_id = { from: 'product_id', unreadable: 'refuse' };
    columns.store = { join: ['channel', 'store'], with: ' - ', values: { 'a - b': '' } };
    columns.status = { from: 'status', values: { paid: 'void', VOID: ' ' } };
    columns.amount = { from: 'amount', as: 'before_discount' };
  }
  if (feedName === 'orders' && way.name === 'printable ASCII alone') {
    columns.discount = { from: 'discount', as: 'rate' };
  }
  if (feedName === 'orders' && way.name === 'a British export with tax') {
    // refused where amounts hold the tax
    delete columns.order_tax;
    columns.amount = { from: 'amount', as: 'before_discount' };
    columns.discount = { from: 'discount', as: 'percent' };
  }
  const headers = [
    ...new Set([...Object.keys(feed.fields), ...(feed.hasAttributes ? ['attr_b', 'attr_a'] : [])]),
  ];
  const config = parseConfig({
    time_zone: way.timeZone,
    sources: { s: { [feedName]: { ...settings, columns } } },
  });
  return { headers, mapping: config.sources.s?.[feedName] as FeedMapping, config };
}

/** Each column draws from a pool of texts; most fields are fit to be read, so that records pass. */
function makeRecords(feed: Feed, headers: readonly string[], way: Way): string[][] {
  const pools = headers.map((header, i) => {
    const kind = feed.fields[header]?.kind.name ?? 'text';
    const texts = fc.sample(field(textsOfKind[kind] as fc.Arbitrary<string>), {
      numRuns: 3000,
      seed: 7 + i,
    });
    const usable = texts.filter((text) => !text.includes('\0') && !/[\ud800-\udfff]/u.test(text));
    return way.isPlain ? usable.filter((text) => /^[ -~]*$/.test(text)) : usable;
  });
  let state = 20260131;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: rowsOfWay }, () => {
    const isHard = random(10) < 4;
    return headers.map((header, i) => {
      const pool = pools[i] as string[];
      const isTried = isHard ? random(3) === 0 : random(headers.length) === 0;
      return isTried
        ? (pool[random(pool.length)] as string)
        : easyText(feed, header, { way, random });
    });
  });
}

function easyText(
  feed: Feed,
  header: string,
  { way, random }: { way: Way; random: (below: number) => number },
): string {
  const two = (least: number, below: number) => String(least + random(below)).padStart(2, '0');
  if (header === 'discount' && random(2) === 0) return `${random(2)}${way.point}${random(100)}`;
  switch (feed.fields[header]?.kind.name) {
    case 'instant':
    case 'day':
      return way.day(two(1, 28), two(1, 12));
    case 'money':
    case 'quantity':
    case 'price':
      return random(4) === 0
        ? ''
        : `${random(900)}${random(3) === 0 ? '' : `${way.point}${random(100)}`}`;
    case 'identifier':
      return random(5) === 0 ? 'A-1' : String(random(1000));
    default:
      return '';
  }
}

/** The records as the check gets them: through a file, the structural scan and the engine's reader. */
async function scanned(headers: readonly string[], records: readonly string[][]) {
  const path = join(folder, 'records.csv');
  await writeFile(path, records.map(csvLine).join(''));
  const options = {
    dialect: { delimiter: ',', quote: '"' },
    fields: headers.length,
    recordBytes: 2 ** 16,
  };
  const setAsidePath = join(folder, 'set-aside.csv');
  const segments = [];
  for await (const segment of scanCsv({ path, from: 0, folder, setAsidePath, ...options })) {
    segments.push(segment);
  }
  const [segment] = segments as [ScannedSegment];
  expect(segments.map((one) => one.records)).toEqual([records.length]);
  return {
    columns: { headers, signs: segment.signs },
    records: numberedSql(segment.path, options),
  };
}

/** Fields in quotes where they must be, and in every third record where they need not. */
function csvLine(fields: readonly string[], i: number): string {
  const written = fields.map((text) =>
    i % 3 === 0 || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
  );
  return `${written.join(',')}\n`;
}

function asRow(feed: Feed, values: Row, recordNumber: number): Row {
  const row: Record<string, Row[string]> = {
    source: 's',
    load_id: 'l',
    part_id: 'l',
    record_number: recordNumber,
  };
  for (const column of Object.keys(acceptedTable(feed).columns)) {
    if (!(column in row)) row[column] = values[column] ?? null;
  }
  return row;
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
