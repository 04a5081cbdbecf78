import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Row } from '../../lib/ports/query-engine.ts';
import { kpiRows } from '../../lib/report/kpi-rows.ts';
import { sampleAsOf } from '../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { en } from '../../lib/words/en.ts';
import { makeHome, type TestHome } from '../night/home.ts';
import { type PageFigures, readPage } from './page-figures.ts';

/*
 * Every figure that the report of a sample shop shows, against a query over the published tables.
 */
let home: TestHome;
let page: PageFigures;

beforeAll(async () => {
  home = await makeHome(sampleConfiguration);
  const files = [...makeSampleShop({ customers: 700, seed: 2 })];
  await home.drop(Object.fromEntries(files.map(({ key, body }) => [key, body])));
  await home.ingest();
  await home.night({ asOf: sampleAsOf });
  const report = join(home.folder, 'reports', sampleAsOf, 'index.html');
  page = readPage(readFileSync(report, 'utf8'));
});

type Figure = Row[string] | undefined;

function count(figure: Figure, digits = 0): string {
  if (figure === null || figure === undefined) return '–';
  const text = Number(Math.abs(Number(figure)).toFixed(digits)).toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return Number(figure) < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

function money(figure: Figure): string {
  if (figure === null || figure === undefined) return '–';
  const amount = Number(figure);
  const text = count(Math.abs(amount), amount !== 0 && Math.abs(amount) < 99.995 ? 2 : 0);
  return `${amount < 0 ? '−' : ''}€${text}`;
}

function share(figure: Figure): string {
  if (figure === null || figure === undefined) return '–';
  const percent = 100 * Number(figure);
  return `${count(percent, percent !== 0 && Math.abs(percent) < 9.95 ? 1 : 0)} %`;
}

const month = (date: Figure) =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en', {
    ...{ month: 'short', year: 'numeric', timeZone: 'UTC' },
  });

const one = async (select: string): Promise<Row> => (await home.ask(select))[0] ?? {};

/** The rows of a table without its head. */
function rowsOf(caption: string): readonly (readonly string[])[] {
  const table = page.tables.get(caption);
  if (table === undefined) throw new Error(`the page has no table: ${caption}`);
  return table.slice(1);
}

/** A number that stands in a sentence of the page. */
function expectSaid(text: string): void {
  expect(page.sentences.filter((sentence) => sentence.includes(text))).not.toEqual([]);
}

test('the cards', async () => {
  const year = "ordered_on > date '2024-12-31' and ordered_on <= date '2025-12-31'";
  const before = "ordered_on > date '2023-12-31' and ordered_on <= date '2024-12-31'";
  const of = (when: string) =>
    one(`select sum(net_sales) as sales, sum(gross_margin) as margin,
      count(*) filter (is_order) as orders,
      count(distinct customer_key) filter (is_order) as customers
      from sales_order where ${when}`);
  const [now, then] = [await of(year), await of(before)];
  const people = await one(`select count(*) as known, sum(p_alive) as alive,
    count(*) filter (method <> 'no_order') as customers from customer_value`);
  const forecast = await one('select * from total_forecast where horizon_months = 12');
  const basis = await one('select share_estimated from value_basis');
  const grown = (a: number, b: number) =>
    `${a > b ? '+' : ''}${share(a / b - 1)} on the 12 months before`;
  const [net, netBefore] = [Number(now.sales), Number(then.sales)];
  const expected = {
    'Net sales': [money(net), grown(net, netBefore)],
    'Gross margin': [
      money(now.margin),
      `${share(Number(now.margin) / net)} of net sales; cost of ${share(basis.share_estimated)} of the sales estimated by a rate`,
    ],
    'Customers who ordered': [
      count(now.customers),
      grown(Number(now.customers), Number(then.customers)),
    ],
    'Average order': [
      money(net / Number(now.orders)),
      grown(net / Number(now.orders), netBefore / Number(then.orders)),
    ],
    'Sales expected in the next 12 months': [
      money(forecast.sales),
      `eight times in ten between ${money(forecast.sales_p10)} and ${money(forecast.sales_p90)}; before returns, from customers of today`,
    ],
    'Customers likely still with you': [
      count(people.alive),
      `${share(Number(people.alive) / Number(people.customers))} of ${count(people.customers)} who ever ordered`,
    ],
  };
  expect(sampleAsOf).toBe('2025-12-31');
  expect([...page.cards].map(([label, { figure, note }]) => [label, [figure, note]])).toEqual(
    Object.entries(expected),
  );
  expectSaid(`${count(Number(people.known) - Number(people.customers))} more people are known`);
});

test('sales and customers by month', async () => {
  const sales = await home.ask(`select date_trunc('month', ordered_on)::date as month, channel,
    sum(net_sales) as sales from sales_order group by 1, 2`);
  const [head = [], ...rows] = page.tables.get('Net sales by month and channel') ?? [];
  const channels = head.slice(1, -1);
  expect(channels.toSorted()).toEqual([...new Set(sales.map((row) => row.channel))].sort());
  const months = [...new Set(sales.map((row) => row.month))].sort().slice(-rows.length);
  expect(rows).toEqual(
    months.map((start) => {
      const of = (is: (row: Row) => boolean) =>
        sales
          .filter((row) => row.month === start && is(row))
          .reduce((sum, row) => sum + Number(row.sales), 0);
      return [
        month(start),
        ...channels.map((channel) => money(of((row) => row.channel === channel))),
        money(of(() => true)),
      ];
    }),
  );
  const kpis = (
    await home.ask(`select * from kpi_snapshot
    where dimension = 'total' and period = 'month' order by period_start_on`)
  ).slice(-37);
  expect(rowsOf('Customers who ordered, by month')).toEqual(
    kpis.map((row) => [
      month(row.period_start_on),
      ...[row.returning_customers, row.reactivated_customers, row.new_customers, row.customers].map(
        (n) => count(n),
      ),
      count(row.lost_customers),
    ]),
  );
  for (const [column, { title }] of Object.entries(en.curves).flatMap(([name, words]) =>
    typeof words === 'object' ? [[name, words] as const] : [],
  )) {
    const text = column === 'average_basket' ? money : share;
    expect(rowsOf(`${title}, by month`), column).toEqual(
      kpis
        .filter((row) => row.is_complete)
        .map((row) => [month(row.period_start_on), text(row[column])]),
    );
  }
});

test.each([
  ['Years', 'year'],
  ['Half-years', 'half_year'],
])('%s', async (caption, period) => {
  const periods = (
    await home.ask(`select * from kpi_snapshot
    where dimension = 'total' and period = '${period}' order by period_start_on`)
  ).slice(-6);
  const texts = { money, share, count: (n: Figure) => count(n), ratio: (n: Figure) => count(n, 2) };
  expect(rowsOf(caption)).toEqual(
    kpiRows.map(({ column, as }) => [
      en.kpis[column],
      ...periods.map((row) => texts[as](row[column])),
    ]),
  );
});

test('expected values: by tenth, by amount, by group and in the map', async () => {
  const customers = await home.ask(`select customer_key, historic_value_12m as sales,
    predicted_clv_12m as value from customer_value where predicted_clv_12m is not null
    order by predicted_clv_12m desc, customer_key`);
  const sum = (rows: readonly Row[], column: string) =>
    rows.reduce((total, row) => total + Number(row[column]), 0);
  const all = sum(customers, 'value');
  // tenths of n customers: the first n mod 10 have one more
  const [least, more] = [Math.floor(customers.length / 10), customers.length % 10];
  const tenths = Array.from({ length: 10 }, (_, i) =>
    customers.slice(i * least + Math.min(i, more), (i + 1) * least + Math.min(i + 1, more)),
  );
  expect(rowsOf('Expected value of the next 12 months by tenth of the customers')).toEqual(
    tenths.map((tenth, i) => [
      i === 0 ? '1 (most valuable)' : String(i + 1),
      count(tenth.length),
      money(sum(tenth, 'value')),
      share(sum(tenth, 'value') / all),
      money(sum(tenth, 'sales')),
    ]),
  );
  expectSaid(`holds ${share(sum(tenths[0] ?? [], 'value') / all)} of the contribution`);
  const bins = rowsOf('Customers by expected value of the next 12 months');
  const bound = (text: string | undefined) => Number(text?.replaceAll(',', ''));
  for (const [name = '', ...figures] of bins) {
    const [from, to] = /^below/.test(name)
      ? [-Infinity, bound(name.split(' ')[1])]
      : name.endsWith('+')
        ? [bound(name.split(' ')[0]), Infinity]
        : name.split('–').map(bound);
    const within = customers.filter(
      ({ value }) => Number(value) >= (from ?? 0) && Number(value) < (to ?? 0),
    );
    expect([name, ...figures]).toEqual([name, count(within.length), money(sum(within, 'value'))]);
  }
  expect(bins.reduce((total, [, number]) => total + bound(number), 0)).toBe(customers.length);

  const groups = await home.ask(`select p.action, p.segment, count(*) as customers,
    sum(v.historic_value_12m) as sales, sum(v.predicted_clv_12m) as value, avg(v.p_alive) as alive
    from segment_member m join customer_value v using (customer_key)
    join segment_profile p on p.scheme = m.scheme and p.segment = m.segment
    where m.scheme = 'rfm' group by 1, 2, p.priority_rank order by p.priority_rank`);
  const labels: Readonly<Record<string, string>> = { ...en.labels.segment, ...en.labels.action };
  expect(rowsOf('The groups, those with the most expected value first')).toEqual(
    groups.map((row) => [
      labels[String(row.segment)],
      count(row.customers),
      money(row.sales),
      money(row.value),
      share(row.alive),
      labels[String(row.action)],
    ]),
  );
  const cells =
    await home.ask(`select s.recency_score, s.frequency_score, mode(m.segment) as segment,
    count(*) as customers, sum(v.predicted_clv_12m) / count(*) as mean
    from rfm_score s join segment_member m using (customer_key)
    join customer_value v using (customer_key) where m.scheme = 'rfm'
    group by 1, 2 order by 1 desc, 2`);
  expect(rowsOf('Customers by recency and frequency')).toEqual(
    cells.map((row) => [
      String(row.recency_score),
      String(row.frequency_score),
      labels[String(row.segment)],
      count(row.customers),
      money(row.mean),
    ]),
  );
  const forecast = await one('select * from total_forecast where horizon_months = 12');
  expectSaid(
    `${money(forecast.sales)}, eight times in ten between ${money(forecast.sales_p10)} and ${money(forecast.sales_p90)}`,
  );
});

test('figures of the models', async () => {
  const methods = await home.ask(
    'select method, count(*) as customers from customer_value group by 1 order by 2 desc, 1',
  );
  expect(rowsOf('Customers by what made their prediction').map(([, number]) => number)).toEqual(
    methods.map((row) => count(row.customers)),
  );
  const fits = await home.ask('select * from model_fit order by model');
  const models = [...new Set(fits.map((row) => row.model))];
  const shown = rowsOf('Models fitted to all customers; times are in weeks');
  expect(shown).toHaveLength(models.length);
  for (const [place, model] of models.entries()) {
    const rows = fits.filter((row) => row.model === model);
    const [, , , customers, parameters, likelihood] = shown[place] ?? [];
    expect([customers, likelihood]).toEqual([
      count(rows[0]?.count_customers),
      count(rows[0]?.log_likelihood, 1),
    ]);
    expect(parameters?.split(', ').toSorted()).toEqual(
      rows
        .map(({ parameter, estimate, standard_error: error }) => {
          const spread = error === null ? '' : ` ± ${count(error, 3)}`;
          return `${parameter} ${count(estimate, 3)}${spread}`;
        })
        .toSorted(),
    );
  }
});

test('what was read and what was refused', async () => {
  const loads = await home.ask('select * from load order by file');
  const sum = (column: string) => loads.reduce((total, row) => total + Number(row[column]), 0);
  expectSaid(`${count(loads.length)} files with ${count(sum('records_in'))} records were read`);
  expectSaid(`${count(sum('accepted'))} were accepted`);
  const files = [...page.tables].find(([caption]) =>
    caption.startsWith('Files: records read'),
  )?.[1];
  expect(files?.slice(1).map((row) => [row[0], ...row.slice(4, 8)])).toEqual(
    loads.map((row) => [
      row.file,
      ...[row.records_in, row.accepted, row.quarantined, row.ignored].map((n) => count(n)),
    ]),
  );
  const refused = await home.ask(`select l.file, count(*) as records from quarantine q
    join load l using (load_id) group by l.file, q.column_name, q.rule, q.hint`);
  expect(
    rowsOf('Refused, by reason')
      .map(([file, records]) => `${file} ${records}`)
      .toSorted(),
  ).toEqual(refused.map(({ file, records }) => `${file} ${count(records)}`).toSorted());
});

test('no table of the page is left out here', () => {
  expect([...page.tables.keys()].map((caption) => caption.split(/[:;]/)[0])).toEqual([
    'Net sales by month and channel',
    ...['Years', 'Half-years', 'Customers who ordered, by month'],
    ...Object.values(en.curves).flatMap((words) =>
      typeof words === 'object' ? [`${words.title}, by month`] : [],
    ),
    'Expected value of the next 12 months by tenth of the customers',
    'Customers by expected value of the next 12 months',
    'Customers by recency and frequency',
    'The groups, those with the most expected value first',
    'Customers by what made their prediction',
    'Models fitted to all customers',
    ...['Refused, by reason', 'Files'],
  ]);
});

test('what is expected says whether it is sales or contribution, beside sales as elsewhere', () => {
  const heads = [...page.tables].flatMap(([, [head = []]]) => head);
  const expected = heads.filter(
    (name) => name.startsWith('Expected') && name !== 'Expected together',
  );
  expect(expected).toEqual([
    'Expected contribution, next 12 months',
    'Expected contribution each, next 12 months',
    'Expected contribution, next 12 months',
  ]);
  expect(heads).toContain('EUR of contribution a customer');
});
