import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = [1, 2, 3].map((load_rank) => ({
  ...{ kind: 'part', feed: 'orders', name: 'compacted', load_id: `l${load_rank}`, load_rank },
}));

let records = 0;

/** A line of an order in a load: its number, product and amount. */
function line(load: number, order_id: string | null, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ load_id: `l${load}`, part_id: 'compacted', record_number: records, source: '' },
    ...{ order_id, ordered_at: '2025-01-05 23:30:00.000', amount: 1, ...columns },
  };
}

/** A delivery of an order: from the last one, 1. */
function delivery(load: number, order_id: string, place: number, columns: Row = {}): Row {
  return {
    ...{ source: '', order_id, load_id: `l${load}`, place, is_numbered: false },
    ...{ is_changed_lines: false, is_counted: place === 1, ...columns },
  };
}

async function replacedBy(
  deliveries: readonly Row[],
  lines: readonly Row[],
  { restarting = false, settings = {} }: { restarting?: boolean; settings?: unknown } = {},
) {
  const sources = [...new Set(lines.map(({ source = '' }) => source))];
  const rows = await built(
    'orders_replaced',
    {
      run_input: parts,
      orders_numbering: sources.map((source) => ({ source, is_restarting: restarting })),
      orders_delivery: deliveries,
      accepted_orders: lines,
    },
    settings,
  );
  return columnsOf(rows, 'load_id', 'source', 'count_orders', 'count_lines');
}

const product = (product_id: string) => ({ product_id });
const numbered = (line_id: string, columns: Row = {}) => ({ line_id, ...columns });

test('a delivery takes out the lines that it lacks, by product and how many of each', async () => {
  expect(
    await replacedBy(
      [
        ...[delivery(1, 'a', 2), delivery(2, 'a', 1)],
        ...[delivery(1, 'b', 2), delivery(2, 'b', 1)],
        ...[delivery(1, 'c', 2), delivery(2, 'c', 1)],
        delivery(1, 'd', 1),
        ...[delivery(1, 'a', 2, { source: 'till' }), delivery(3, 'a', 1, { source: 'till' })],
      ],
      [
        // p1 three times before and once now, p2 gone, p3 new
        ...[line(1, 'a', product('p1')), line(1, 'a', product('p1')), line(1, 'a', product('p1'))],
        ...[line(1, 'a', product('p2')), line(2, 'a', product('p1')), line(2, 'a', product('p3'))],
        // without a product by amount: 2 is gone, and 5 stands in the order before it
        ...[line(1, 'b', { amount: 2 }), line(1, 'b', { amount: 5 }), line(2, 'b', { amount: 5 })],
        ...[line(1, 'c', product('p1')), line(2, 'c', product('p1'))],
        // delivered once
        line(1, 'd', product('p1')),
        // of the same number elsewhere the lines are others
        ...[line(1, 'a', { source: 'till', ...product('p1') })],
        ...[line(3, 'a', { source: 'till', ...product('p2') })],
        // of no part of the night
        { ...line(1, 'c', product('p9')), part_id: 'l1' },
        { ...line(1, 'c', product('p9')), load_id: 'l9' },
        line(1, null, product('p9')),
      ],
    ),
  ).toEqual([
    ['l2', '', 2, 4],
    ['l3', 'till', 1, 1],
  ]);
});

test('each delivery is compared with the one before it', async () => {
  expect(
    await replacedBy(
      [delivery(1, 'a', 3), delivery(2, 'a', 2), delivery(3, 'a', 1)],
      [
        ...[line(1, 'a', product('p1')), line(1, 'a', product('p2')), line(1, 'a', product('p3'))],
        ...[line(2, 'a', product('p1'))],
        // p2 is back, p1 gone
        ...[line(3, 'a', product('p2'))],
      ],
    ),
  ).toEqual([
    ['l2', '', 1, 2],
    ['l3', '', 1, 1],
  ]);
});

test('where all deliveries number their lines those are the same that have one number', async () => {
  const both = { is_numbered: true };
  const lines = [
    ...[line(1, 'a', numbered('1', product('p1'))), line(1, 'a', numbered('2', product('p2')))],
    line(1, 'a', numbered('2', product('p3'))),
    line(2, 'a', numbered('1', product('p9'))),
  ];
  expect(await replacedBy([delivery(1, 'a', 2, both), delivery(2, 'a', 1, both)], lines)).toEqual([
    ['l2', '', 1, 1],
  ]);
  // by product where one of them does not
  expect(await replacedBy([delivery(1, 'a', 2, both), delivery(2, 'a', 1)], lines)).toEqual([
    ['l2', '', 1, 3],
  ]);
  expect(await replacedBy([delivery(1, 'a', 2), delivery(2, 'a', 1, both)], lines)).toEqual([
    ['l2', '', 1, 3],
  ]);
});

test('changed lines take nothing out of changed lines, a whole order does', async () => {
  const changed = { is_numbered: true, is_changed_lines: true };
  const whole = { is_numbered: true };
  const lines = [line(1, 'a', numbered('1')), line(2, 'a', numbered('2'))];
  expect(
    await replacedBy([delivery(1, 'a', 2, changed), delivery(2, 'a', 1, changed)], lines),
  ).toEqual([]);
  expect(
    await replacedBy([delivery(1, 'a', 2, changed), delivery(2, 'a', 1, whole)], lines),
  ).toEqual([['l2', '', 1, 1]]);
  expect(
    await replacedBy([delivery(1, 'a', 2, whole), delivery(2, 'a', 1, changed)], lines),
  ).toEqual([['l2', '', 1, 1]]);
});

test('of a delivery in parts the last load is told', async () => {
  expect(
    await replacedBy(
      [delivery(1, 'a', 2), delivery(2, 'a', 1), delivery(3, 'a', 1)],
      [
        ...[line(1, 'a', product('p1')), line(1, 'a', product('p2')), line(1, 'a', product('p3'))],
        ...[line(2, 'a', product('p1')), line(3, 'a', product('p2'))],
      ],
    ),
  ).toEqual([['l3', '', 1, 1]]);
});

test('where numbers begin anew an order is one of a day of the business zone and a store', async () => {
  const restarting = { restarting: true, settings: { time_zone: 'Europe/Paris' } };
  const both = (order_id: string) => [delivery(1, order_id, 2), delivery(2, order_id, 1)];
  expect(
    await replacedBy(
      [...both('2025-01-06 7'), ...both('2025-01-06 Nord 7')],
      [
        ...[line(1, '7', product('p1')), line(2, '7', product('p2'))],
        line(1, '7', { ...product('p1'), store: 'Nord' }),
        line(2, '7', { ...product('p1'), store: 'Nord' }),
        line(1, '7', { ...product('p3'), ordered_at: '2025-01-06 23:30:00.000' }),
      ],
      restarting,
    ),
  ).toEqual([['l2', '', 1, 1]]);
});

test('a load that holds an order in several states took out what the last one lacks', async () => {
  const state = (day: number, product_id: string) => ({
    ...{ product_id, updated_at: `2026-01-0${day} 00:00:00.000` },
  });
  const last = { counts_from: '2026-01-02 00:00:00.000' };
  const both = [
    ...[line(2, 'a', state(1, 'p')), line(2, 'a', state(1, 'q')), line(2, 'a', state(2, 'p'))],
    line(2, 'a', { product_id: 'r' }),
  ];
  expect(await replacedBy([delivery(2, 'a', 1, last)], both)).toEqual([['l2', '', 1, 2]]);
  // what the earlier delivery has beside: p and r are kept, s is not
  const before = [
    line(1, 'a', product('p')),
    line(1, 'a', product('r')),
    line(1, 'a', product('s')),
  ];
  expect(
    await replacedBy([delivery(1, 'a', 2), delivery(2, 'a', 1, last)], [...before, ...both]),
  ).toEqual([['l2', '', 1, 3]]);
});
