import { beforeAll, describe, expect, test } from 'vitest';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { readReportContent } from '../../lib/report/content.ts';
import { modelFigures } from '../../lib/report/model-figures.ts';
import { renderReport } from '../../lib/report/report.ts';
import type { ReportContent } from '../../lib/report/report-content.ts';
import { badRows } from '../../lib/sample/bad-rows.ts';
import { sampleAsOf } from '../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { allTables } from '../../lib/tables/all.ts';
import { readRemarks } from '../../lib/tables/remark.ts';
import { en } from '../../lib/words/en.ts';
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
  await home.drop({
    [broken]: 'ordered_at,amount\n"2025-01-01,1\n',
    // waits for a rate
    'drop/orders/abroad.csv': 'order_id,ordered_at,amount,currency\n1,2025-06-01,10,XTS\n',
  });
  await home.drop({ 'drop/customers/desk.csv': 'customer_id,email\n1,none@shop.example\n' });
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
      ({ period, period_start_on }) => period === 'month' && period_start_on >= '2025-01-01',
    );
    expect(year.length).toBe(12);
    expect(content.headline.net_sales).toBeCloseTo(
      sum(year, (month) => month.net_sales),
      2,
    );
    expect(content.headline.orders).toBe(sum(year, (month) => month.orders));
    expect(content.headline.gross_margin).toBeCloseTo(
      sum(year, (month) => month.gross_margin ?? 0),
      2,
    );
  });

  test('has channels that add up to the months', () => {
    const months = content.periods.filter(({ period }) => period === 'month');
    expect(sum(content.channelMonths, (row) => row.net_sales)).toBeCloseTo(
      sum(months, (row) => row.net_sales),
      2,
    );
  });

  test('has every customer once in bins, tenths, cells and groups, with all their value', () => {
    const { count_customers, predicted_value } = content.headline;
    const groups = content.segments.map((row) => ({
      count_customers: row.count_customers,
      predicted_value: row.predicted_clv_12m,
    }));
    for (const rows of [content.valueBins, content.valueTenths, content.rfmCells, groups]) {
      expect(sum<{ count_customers: number }>(rows, (row) => row.count_customers)).toBe(
        count_customers,
      );
      expect(
        sum<{ predicted_value: number | null }>(rows, (row) => row.predicted_value ?? 0),
      ).toBeCloseTo(predicted_value ?? 0, 2);
    }
    expect(sum(content.methods, (row) => row.count_customers)).toBe(content.headline.count_people);
  });

  test('expects sales that are the sum of what each customer is expected to spend', async () => {
    const [each] = await home.ask(
      'select sum(expected_orders_12m * cast(expected_occasion_value as double)) as sales from customer_value',
    );
    const { sales, sales_p10, sales_p90 } = content.salesForecast ?? {};
    const [expected, low, high] = [sales, sales_p10, sales_p90].map((figure) => figure ?? 0) as [
      number,
      number,
      number,
    ];
    // expected values of an occasion are rounded to four decimals
    expect(Math.abs(expected / Number(each?.sales) - 1)).toBeLessThan(1e-5);
    expect(low).toBeGreaterThan(0.4 * expected);
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
    expect(high).toBeLessThan(2 * expected);
  });

  test('tells which models the published figures come from', () => {
    const used = modelFigures(content)
      .filter(({ isUsed }) => isUsed)
      .map(({ model }) => model);
    expect(used).toEqual([
      'bg_cnbd_k',
      'bg_nbd',
      'gamma_gamma',
      'mbg_cnbd_k',
      'mbg_nbd',
      'pareto_nbd',
    ]);
    const [mbgNbd] = modelFigures(content).filter(({ model }) => model === 'mbg_nbd');
    expect(mbgNbd?.parameters.map(({ parameter }) => parameter)).toEqual(['r', 'alpha', 'a', 'b']);
  });

  test('accounts for every record, and counts the refused ones by reason', () => {
    for (const { records_in, accepted, quarantined, ignored } of content.loads) {
      expect(records_in).toBe(accepted + quarantined + ignored);
    }
    const [files, records] = ['file', 'record'].map((effect) =>
      content.refusals.filter((row) => row.effect === effect),
    );
    expect(sum(records ?? [], (row) => row.count_records)).toBe(badRows.length);
    expect(files?.map(({ file, rule }) => [file, rule])).toEqual([[broken, 'unclosed_quote']]);
  });

  test('holds nothing that names a customer', async () => {
    const page = await renderReport(content, en);
    const people = await home.ask('select email, phone, customer_key from customer');
    expect(people.length).toBeGreaterThan(600);
    for (const value of people.flatMap((person) => Object.values(person))) {
      if (value !== null) expect(page.includes(String(value))).toBe(false);
    }
  });
});
