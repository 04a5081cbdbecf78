import { beforeAll, describe, expect, test } from 'vitest';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { readReportContent } from '../../lib/report/content.ts';
import { renderReport } from '../../lib/report/report.ts';
import type { ReportContent } from '../../lib/report/report-content.ts';
import { badRows } from '../../lib/sample/bad-rows.ts';
import { sampleAsOf } from '../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { allTables } from '../../lib/tables/all.ts';
import { readRemarks } from '../../lib/tables/remark.ts';
import { makeHome, type TestHome } from '../night/home.ts';

const broken = 'drop/orders/web/broken.csv';

let home: TestHome;
let content: ReportContent;

async function contentOf(folder: string, runId: string): Promise<ReportContent> {
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  try {
    return await readReportContent(engine, { snapshotOn: sampleAsOf, runId });
  } finally {
    await engine.close();
  }
}

beforeAll(async () => {
  home = await makeHome(sampleConfiguration);
  const files = [...makeSampleShop({ customers: 700, seed: 2 })];
  await home.drop(Object.fromEntries(files.map(({ key, body }) => [key, body])));
  await home.drop({ [broken]: 'ordered_at,amount\n"2025-01-01,1\n' });
  await home.ingest();
  const { run } = await home.night({ asOf: sampleAsOf });
  content = await contentOf(home.folder, run.runId);
});

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

test('every code that the tables of a shop hold has a word in label', async () => {
  const words = new Set(
    (await home.ask('select kind, code from label')).map(({ kind, code }) => `${kind} ${code}`),
  );
  const coded = allTables.flatMap(({ name, columns }) =>
    Object.entries(columns).flatMap(([column, { labels }]) =>
      labels === undefined ? [] : [{ name, column, labels }],
    ),
  );
  const wordless: string[] = [];
  const found = new Set<string>();
  for (const { name, column, labels } of coded) {
    for (const { written } of await home.ask(`select distinct ${column} as written from ${name}`)) {
      for (const { code } of readRemarks(written as string | null)) {
        found.add(labels);
        if (!words.has(`${labels} ${code}`)) wordless.push(`${name}.${column}: ${code}`);
      }
    }
  }
  expect(wordless).toEqual([]);
  expect([...found].sort()).toEqual([...new Set(coded.map(({ labels }) => labels))].sort());
});

describe('readReportContent()', () => {
  test('has headline sales that are those of the last twelve months', () => {
    const year = content.periods.filter(
      ({ period, startsOn }) => period === 'month' && startsOn >= '2025-01-01',
    );
    expect(year.length).toBe(12);
    expect(content.headline.netSales).toBeCloseTo(
      sum(year, (month) => month.netSales),
      2,
    );
    expect(content.headline.orders).toBe(sum(year, (month) => month.orders));
    expect(content.headline.grossMargin).toBeCloseTo(
      sum(year, (month) => month.grossMargin),
      2,
    );
  });

  test('has channels that add up to the months', () => {
    const months = content.periods.filter(({ period }) => period === 'month');
    expect(sum(content.channelMonths, (row) => row.netSales)).toBeCloseTo(
      sum(months, (row) => row.netSales),
      2,
    );
  });

  test('has every customer once in bins, tenths, cells and groups, with all their value', () => {
    const { countCustomers, predictedValue } = content.headline;
    for (const rows of [
      content.valueBins,
      content.valueTenths,
      content.rfmCells,
      content.segments,
    ]) {
      expect(sum<{ countCustomers: number }>(rows, (row) => row.countCustomers)).toBe(
        countCustomers,
      );
      expect(
        sum<{ predictedValue: number | null }>(rows, (row) => row.predictedValue ?? 0),
      ).toBeCloseTo(predictedValue ?? 0, 2);
    }
    expect(sum(content.methods, (row) => row.countCustomers)).toBe(content.headline.countPeople);
  });

  test('expects sales that are the sum of what each customer is expected to spend', async () => {
    const [each] = await home.ask(
      'select sum(expected_orders_12m * cast(expected_occasion_value as double)) as sales from customer_value',
    );
    const { expected, low, high } = content.salesForecast ?? { expected: 0, low: 0, high: 0 };
    // one at the estimate, the other a mean over draws
    expect(Math.abs(expected / Number(each?.sales) - 1)).toBeLessThan(0.05);
    expect(low).toBeGreaterThan(0.6 * expected);
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
    expect(high).toBeLessThan(1.4 * expected);
  });

  test('tells which models the published figures come from', () => {
    const used = content.models.filter(({ isUsed }) => isUsed).map(({ model }) => model);
    expect(used).toEqual(['gamma_gamma', 'mbg_nbd']);
    const [mbgNbd] = content.models.filter(({ model }) => model === 'mbg_nbd');
    expect(mbgNbd?.parameters.map(({ parameter }) => parameter)).toEqual(['r', 'alpha', 'a', 'b']);
  });

  test('accounts for every record, and counts the refused ones by reason', () => {
    for (const { recordsIn, accepted, quarantined, ignored } of content.loads) {
      expect(recordsIn).toBe(accepted + quarantined + ignored);
    }
    const [files, records] = ['file', 'record'].map((effect) =>
      content.refusals.filter((row) => row.effect === effect),
    );
    expect(sum(records ?? [], (row) => row.countRecords)).toBe(badRows.length);
    expect(files?.map(({ file, rule }) => [file, rule])).toEqual([[broken, 'unclosed_quote']]);
  });

  test('holds nothing that names a customer', async () => {
    const page = await renderReport(content);
    const people = await home.ask('select email, phone, customer_key from customer');
    expect(people.length).toBeGreaterThan(600);
    for (const value of people.flatMap((person) => Object.values(person))) {
      if (value !== null) expect(page.includes(String(value))).toBe(false);
    }
  });
});
