import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parquetOf } from '../contracts/parquet.ts';
import { clientele, makeFolder, makeHome } from './home.ts';

/*
 * What an input comes to, from the dropped file to the answer of `sql`. Each home holds several
 * inputs, apart from each other by their sources or because they ask for different things.
 */

const folder = makeFolder();
const day = 86_400_000;

/** The day so many days after another. */
function dayAfter(from: string, days: number): string {
  return new Date(Date.parse(from) + days * day).toISOString().slice(0, 10);
}

/** Files by key, in the order of their delivery; the exit code and talk of their night. */
function nightOf(
  name: string,
  files: Readonly<Record<string, string | Buffer>>,
  asOf: string,
): { readonly home: string; readonly status: number | null; readonly stderr: string } {
  const home = makeHome(folder, name, files);
  for (const [place, key] of Object.keys(files).entries()) {
    utimesSync(join(home, key), 1_767_225_600 + place, 1_767_225_600 + place);
  }
  const { status, stderr } = clientele(folder, 'run', '--home', home, '--as-of', asOf);
  return { home, status, stderr };
}

/** Rows of several SELECTs in one query, each as its values with a blank between them. */
function answersOf(home: string, selects: Readonly<Record<string, string>>) {
  const union = Object.entries(selects)
    .map(
      ([name, select]) =>
        `select '${name}' as name, cast(to_json(row) as varchar) as answer from (${select}) as row`,
    )
    .join(' union all ');
  const asked = clientele(
    ...[folder, 'sql', '--home', home, '--format', 'json'],
    `${union} order by 1, 2`,
  );
  expect(asked.stderr).toBe('');
  const rows: { name: string; answer: string }[] = JSON.parse(asked.stdout);
  return Object.fromEntries(
    Object.keys(selects).map((name) => [
      name,
      rows
        .filter((row) => row.name === name)
        .map(({ answer }) => Object.values(JSON.parse(answer)).map(String).join(' ')),
    ]),
  );
}

const plain = 'order_id,ordered_at,customer_id,amount\n';
const csv = (header: string, ...lines: readonly string[]) => `${header}\n${lines.join('\n')}\n`;

describe('which rows count', () => {
  let night: ReturnType<typeof nightOf>;
  let found: ReturnType<typeof answersOf>;

  beforeAll(async () => {
    const nulls = Array.from({ length: 40 }, (_, i) => `A${i},2025-01-05,NULL,25.00`);
    const words =
      'paid Completed refunded partially_refunded failed voided pending on-head on-hold draft test CANCELLED trash declined chargeback returned unavailable processing Refunded cancelled'.split(
        ' ',
      );
    const binary = await parquetOf(
      "select 'b1' as order_id, date '2025-01-05' as ordered_at, 'c1'::blob as customer_id, 5 as amount",
    );
    const struct = await parquetOf(
      "select 'b2' as order_id, date '2025-01-05' as ordered_at, {'id': 'c1'} as customer_id, 5 as amount",
    );
    night = nightOf(
      'rows',
      {
        // The lines of an order get numbers.
        'drop/orders/appears/2025-01.csv': csv(
          'order_id,ordered_at,customer_id,product_id,quantity,unit_price',
          ...['O1,2025-01-05,c1,p1,1,10.00', 'O1,2025-01-05,c1,p2,1,20.00'],
        ),
        'drop/orders/appears/2025-02.csv': csv(
          'order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price',
          ...['O1,1,2025-01-05,c1,p1,1,10.00', 'O1,2,2025-01-05,c1,p2,1,20.00'],
        ),
        // Receipts of each day begin with 1; so do those of two tills of one day.
        'drop/orders/receipts/mon.csv': `${plain}1,2025-01-06,c1,10.00\n2,2025-01-06,c2,20.00\n`,
        'drop/orders/receipts/tue.csv': `${plain}1,2025-01-07,c3,30.00\n2,2025-01-07,c4,40.00\n`,
        'drop/orders/tills/a.csv': csv(
          'order_id,ordered_at,customer_id,store,amount',
          ...['1,2025-01-06,c1,north,1', '1,2025-01-06,c2,south,2', '2,2025-01-06,c3,north,4'],
          ...['2,2025-01-06,c4,south,8', '1,2025-01-07,c1,north,16'],
        ),
        // Nobody is called NULL, and 123.0 is 123.
        'drop/orders/nulls/o.csv': csv(
          plain.trim(),
          ...nulls,
          ...['B1,2025-01-06,123,1', 'B2,2025-01-07,123.0,2', 'B3,2025-01-07,#N/A,4'],
        ),
        'drop/orders/bytes/binary.parquet': binary,
        'drop/orders/bytes/struct.parquet': struct,
        // Folders that are named for years are no systems.
        'drop/orders/2024/o.csv': `${plain}Y1,2024-09-01,c1,10.00\n`,
        'drop/orders/2025/o.csv': `${plain}Y2,2025-01-10,c1,10.00\n`,
        'drop/orders/words/o.csv': csv(
          'order_id,ordered_at,customer_id,amount,status',
          ...words.map((word, i) => `${i},2025-01-05,C${i},10.00,${word}`),
        ),
        // A file without updated_at says later what became of an order.
        'drop/orders/later/a.csv': `order_id,ordered_at,customer_id,amount,status,updated_at\n1,2025-01-05,c1,10,paid,2025-01-06\n`,
        'drop/orders/later/b.csv': `order_id,ordered_at,customer_id,amount,status\n1,2025-01-05,c1,10,cancelled\n`,
        'drop/orders/parts/orders-1.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n`,
        'drop/orders/parts/orders-2.csv': `${plain}2,2025-01-05,c2,25\n3,2025-01-05,c3,5\n`,
        'drop/orders/files/a.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n`,
        'drop/orders/files/b.csv': `${plain}2,2025-01-05,c2,25\n3,2025-01-05,c3,5\n`,
        'drop/orders/anew/orders-1.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n`,
        'drop/orders/anew/orders-2.csv': `${plain}2,2025-01-05,c2,10\n3,2025-01-05,c3,5\n`,
        'drop/orders/edited/a.csv': csv(
          'order_id,line_id,ordered_at,customer_id,amount',
          ...['1,a,2025-01-05,c1,10', '1,b,2025-01-05,c1,20'],
        ),
        'drop/orders/edited/b.csv': csv(
          'order_id,line_id,ordered_at,customer_id,amount',
          '1,b,2025-01-05,c1,20',
        ),
        // Given back by a status, by a line and by an amount: once.
        'drop/orders/refunds/o.csv': csv(
          'order_id,line_id,ordered_at,customer_id,quantity,amount,status,order_refund',
          ...['1,1,2025-01-05,c1,1,20,refunded,20', '1,2,2025-01-06,c1,-1,-20,refunded,20'],
        ),
        // What is taken off the whole order is larger than one of its lines.
        'drop/orders/discount/o.csv': csv(
          'order_id,ordered_at,customer_id,quantity,unit_price,discount',
          ...['1,2025-01-05,A,1,5.00,10.00', '1,2025-01-05,A,1,60.00,'],
        ),
        'drop/orders/wrong/o.csv': csv(
          'order_id,ordered_at,email,amount',
          ...Array.from({ length: 10 }, (_, i) => `${i},2025-01-05,Ann,5`),
        ),
        // Below every gate, with returns: 100 + 100 − 100.
        'drop/orders/returns/o.csv': csv(
          'order_id,ordered_at,customer_id,quantity,amount',
          ...['a1,2024-09-01,a,1,100.00', 'a2,2024-11-01,a,1,100.00', 'a3,2024-11-02,a,-1,-100.00'],
        ),
        // She bought last month on the web.
        'drop/orders/channels/o.csv': csv(
          'order_id,ordered_at,customer_id,channel,amount',
          ...['O1,2025-01-10,c1,online,10', 'O2,2025-02-10,c1,shop,10', 'O3,2025-01-11,c2,shop,10'],
        ),
      },
      '2025-02-28',
    );
    const sums = (source: string) =>
      `select count(*), sum(count_lines), sum(net_sales) from sales_order where source = '${source}'`;
    found = answersOf(night.home, {
      appears: sums('appears'),
      receipts: sums('receipts'),
      tills: sums('tills'),
      anonymous:
        "select count(*), sum(net_sales) from sales_order where source = 'nulls' and customer_key is null",
      ids: "select value from customer_identifier where source in ('nulls', 'bytes')",
      years:
        "select source, count(*), count(distinct customer_key) from sales_order where order_id in ('Y1', 'Y2') group by source",
      words: "select status, count(*) from order_line where source = 'words' group by status",
      later: sums('later'),
      parts: sums('parts'),
      files: sums('files'),
      anew: sums('anew'),
      edited: sums('edited'),
      refunds:
        "select sum(gross_sales), sum(return_amount), sum(net_sales) from sales_order where source = 'refunds'",
      discount:
        "select sum(gross_sales), sum(discount), sum(return_amount), sum(net_sales) from sales_order where source = 'discount'",
      refused:
        "select q.source, l.file, q.rule from quarantine q join load l using (load_id) where q.effect <> 'value' or q.source = 'wrong' group by all",
      replaced: 'select l.file, r.count_lines from orders_replaced r join load l using (load_id)',
      returns:
        "select v.method, v.predicted_clv_12m, v.expected_orders_36m, v.historic_value_12m from customer_value v join customer_identifier i using (customer_key) where i.source = 'returns'",
      reactivated:
        "select member, returning_customers, reactivated_customers, lost_customers from kpi_snapshot where period = 'month' and dimension = 'channel' and period_start_on = date '2025-02-01' and member in ('shop', 'online')",
    });
  });

  test('what is refused is told, and the rest is loaded and published', () => {
    expect(night.status, night.stderr).toBe(2);
    expect(found.refused).toEqual([
      'bytes drop/orders/bytes/struct.parquet nested_column',
      'words drop/orders/words/o.csv unknown_status',
      'wrong drop/orders/wrong/o.csv wrong_column',
    ]);
  });

  test.each([
    ['an order whose lines get numbers', 'appears', ['1 2 30']],
    ['receipts of two days', 'receipts', ['4 4 100']],
    ['receipts of two tills and two days', 'tills', ['5 5 31']],
    ['sales to nobody', 'anonymous', ['41 1004']],
    ['ids in floats and in bytes', 'ids', ['123', 'c1']],
    ['folders of years', 'years', [' 2 1']],
    ['a later file without updated_at', 'later', ['1 1 0']],
    ['an order cut between numbered files', 'parts', ['3 4 42']],
    ['an order in files of other names', 'files', ['3 3 32']],
    ['an order that the next numbered file begins with anew', 'anew', ['3 3 17']],
    ['an edited order', 'edited', ['1 1 20']],
    ['a refund told in three ways', 'refunds', ['20 20 0']],
    ['a discount larger than its line', 'discount', ['65 10 0 55']],
  ])('%s', (_, name, expected) => {
    expect(found[name]).toEqual(expected);
  });

  test('words of a status are sold, open, cancelled or given back', () => {
    // refunded, Refunded, chargeback and returned are sold lines and given back
    expect(found.words).toEqual([
      'cancelled 8',
      'given_back 8',
      'open 3',
      'partly_given_back 1',
      'sold 3',
    ]);
  });

  test('each line that a delivery took out is told', () => {
    expect(found.replaced).toEqual(['drop/orders/edited/b.csv 1', 'drop/orders/files/b.csv 1']);
    expect(night.stderr).toContain('drop/orders/files/b.csv took 1 line out of 1 order');
    expect(night.stderr).toContain('drop/orders/parts/orders-2.csv goes on with 1 order');
  });

  test('below the gate nothing is told of 12 months, and returns are taken off once', () => {
    expect(found.returns).toEqual(['too_little_history null null 100']);
  });

  test('who bought in another channel last month is no reactivated customer', () => {
    expect(found.reactivated).toEqual(['online 0 0 0', 'shop 1 0 1']);
  });
});

test('periods are complete, and margins told, as far as the data reach', () => {
  // An order a week from 20 December 2023 to 15 January 2025, of P and Q in turn.
  const lines = Array.from({ length: 57 }, (_, i) => {
    const product = i % 2 === 0 ? 'P' : 'Q';
    return `A${i},${dayAfter('2023-12-20', 7 * i)},c${i % 3},${product},1,100`;
  });
  const { home, status, stderr } = nightOf(
    'periods',
    {
      'drop/orders/o.csv': csv(
        'order_id,ordered_at,customer_id,product_id,quantity,amount',
        ...lines,
      ),
      'drop/products/p.csv': csv(
        'product_id,name,category,unit_cost',
        'P,Lamp,home,60',
        'Q,Vase,home,',
      ),
    },
    '2025-02-05',
  );
  expect(status, stderr).toBe(0);
  const of = (period: string, from: string) =>
    `select period_start_on, is_complete from kpi_snapshot where dimension = 'total' and period = '${period}' and period_start_on >= date '${from}'`;
  expect(
    answersOf(home, {
      years: of('year', '2023-01-01'),
      months: of('month', '2024-12-01'),
      basis: 'select value_basis, cost_coverage, share_estimated from value_basis',
      margins: 'select distinct gross_margin, cost_of_goods from kpi_snapshot',
      values: 'select distinct value_basis, historic_contribution_12m from customer_value',
    }),
  ).toEqual({
    // the first order is of 20 December
    years: ['2023-01-01 false', '2024-01-01 true', '2025-01-01 false'],
    // the last is of 15 January, and the shop is silent for 7 days at most
    months: ['2024-12-01 true', '2025-01-01 false', '2025-02-01 false'],
    basis: ['net_sales 0.5 0'],
    margins: ['null null'],
    values: ['net_sales null'],
  });
});

test('equal customers have equal scores, and one large order is not left alone', () => {
  const asOf = '2025-06-30';
  const rows = [
    ...Array.from({ length: 9 }, (_, i) => `${asOf},n${i},${10 + i}.00`),
    ...Array.from({ length: 9 }, (_, i) => `2025-0${1 + (i % 3)}-10,p${i},40.00`),
    ...['2024-06-30,large,50000.00', '2024-06-30,small,5.00'],
  ];
  const { home, status, stderr } = nightOf(
    'scores',
    { 'drop/orders/o.csv': `${plain}${rows.map((row, i) => `O${i},${row}\n`).join('')}` },
    asOf,
  );
  expect(status, stderr).toBe(0);
  const ofId = 'join customer_identifier i using (customer_key)';
  expect(
    answersOf(home, {
      recency: `select substr(i.value, 1, 1), r.recency_score, count(*) from rfm_score r ${ofId} where i.value like 'n%' or i.value in ('large', 'small') group by 1, 2`,
      frequency: 'select frequency_score, count(*) from rfm_score group by 1',
      groups: `select i.value, m.segment from segment_member m ${ofId} where m.scheme = 'rfm' and i.value in ('large', 'small')`,
    }),
  ).toEqual({
    recency: ['l 1 1', 'n 5 9', 's 1 1'],
    frequency: ['1 20'],
    groups: ['large cannot_lose', 'small lost'],
  });
});

test('two months tell nothing of twelve, and a missing time opens no gate', () => {
  // 600 customers come in 60 days, a third of them twice, ten days apart
  const lines = Array.from({ length: 600 }, (_, i) => [
    `A${i},${dayAfter('2025-05-01', i % 60)},c${i},20.00`,
    ...(i % 3 === 0 && i % 60 < 50 ? [`B${i},${dayAfter('2025-05-11', i % 60)},c${i},20.00`] : []),
  ]).flat();
  const { home, status, stderr } = nightOf(
    'young',
    { 'drop/orders/o.csv': csv(plain.trim(), ...lines, 'E1,1970-01-01T00:00:00Z,c1,10.00') },
    '2025-06-30',
  );
  expect(status, stderr).toBe(2);
  expect(stderr).toContain('column ordered_at, missing_time');
  expect(
    answersOf(home, {
      predicted:
        'select method, count(*), count(predicted_clv_12m), count(expected_orders_12m), count(predicted_clv_36m) from customer_value group by 1',
      months:
        "select count(*), min(period_start_on) from kpi_snapshot where period = 'month' and dimension = 'total'",
      history: 'select history_from_on from history',
      refused: 'select record_number, rule from quarantine',
    }),
  ).toEqual({
    predicted: ['too_little_history 600 0 0 0'],
    months: ['2 2025-05-01'],
    history: ['2025-05-01'],
    refused: [`${lines.length + 1} missing_time`],
  });
});
