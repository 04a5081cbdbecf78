import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

/** A load of a compacted part, delivered on a day of January 2026. */
function part(load_rank: number, columns: Row = {}): Row {
  return {
    ...{ kind: 'part', feed: 'orders', name: 'compacted', load_id: `l${load_rank}`, load_rank },
    ...{ delivered_at: `2026-01-0${load_rank} 00:00:00.000`, value: 'append', ...columns },
  };
}

let records = 0;

/** A line of an order in a load, the next record of it. */
function line(load: number, order_id: string | null, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ load_id: `l${load}`, part_id: 'compacted', record_number: records, source: '' },
    // goods of its own, so that no file begins with what the order began with
    ...{ order_id, ordered_at: '2025-01-05 12:00:00.000', amount: records, ...columns },
  };
}

async function deliveriesOf(
  parts: readonly Row[],
  lines: readonly Row[],
  { restarting = false, settings = {} }: { restarting?: boolean; settings?: unknown } = {},
): Promise<unknown[][]> {
  const sources = [...new Set(lines.map(({ source = '' }) => source))];
  const rows = await built(
    'orders_delivery',
    {
      run_input: parts,
      orders_numbering: sources.map((source) => ({ source, is_restarting: restarting })),
      accepted_orders: lines,
    },
    settings,
  );
  return columnsOf(rows, 'source', 'order_id', 'load_id', 'place', 'is_counted');
}

test('an order is what it was delivered as last: changed last, else delivered last', async () => {
  const at = (day: number) => ({ updated_at: `2026-01-0${day} 00:00:00.000` });
  expect(
    await deliveriesOf(
      [part(1), part(2), part(3)],
      [
        // the greatest of its lines, later than the second delivery
        line(1, 'a', at(1)),
        line(1, 'a', at(9)),
        line(2, 'a'),
        line(3, 'a', at(2)),
        // of equal changes the later delivery
        line(1, 'b', at(5)),
        line(2, 'b', at(5)),
        // the same number of another system, one without a number, one of no part
        line(1, 'a', { source: 'till' }),
        line(3, null),
        { ...line(3, 'c'), part_id: 'l3' },
        { ...line(3, 'c'), load_id: 'l9' },
      ],
    ),
  ).toEqual([
    ['', 'a', 'l1', 1, true],
    // both of the 2nd, the one by its delivery
    ['', 'a', 'l2', 3, false],
    ['', 'a', 'l3', 2, false],
    ['', 'b', 'l1', 2, false],
    ['', 'b', 'l2', 1, true],
    ['till', 'a', 'l1', 1, true],
  ]);
});

test('changed lines build on what is before them while all of them have numbers', async () => {
  const changed = (rank: number) => part(rank, { value: 'changed_lines' });
  const numbered = (load: number, order_id: string) => line(load, order_id, { line_id: '1' });
  expect(
    await deliveriesOf(
      [part(1), changed(2), changed(3), part(4)],
      [
        ...[numbered(1, 'a'), numbered(2, 'a'), numbered(3, 'a')],
        // a line without a number
        ...[numbered(1, 'b'), numbered(2, 'b'), line(2, 'b'), numbered(3, 'b')],
        // a whole order since
        ...[numbered(1, 'c'), numbered(2, 'c'), numbered(4, 'c')],
        // the whole order has no numbers
        ...[line(1, 'd'), numbered(2, 'd')],
      ],
    ),
  ).toEqual([
    ['', 'a', 'l1', 3, false],
    ['', 'a', 'l2', 2, true],
    ['', 'a', 'l3', 1, true],
    ['', 'b', 'l1', 3, false],
    ['', 'b', 'l2', 2, false],
    ['', 'b', 'l3', 1, true],
    ['', 'c', 'l1', 3, false],
    ['', 'c', 'l2', 2, false],
    ['', 'c', 'l4', 1, true],
    ['', 'd', 'l1', 2, false],
    ['', 'd', 'l2', 1, true],
  ]);
});

test('an order that one numbered file ends with and the next one begins with is one delivery', async () => {
  const numbered = (rank: number, series_number: number, series = 's') =>
    part(rank, { series, series_number });
  const cut = async (parts: readonly Row[], lines: readonly Row[]) =>
    (await deliveriesOf(parts, lines))
      .filter(([, order]) => order === 'x')
      .map(([, , load, place]) => [load, place]);
  const around = [line(1, 'first'), line(1, 'x'), line(2, 'x'), line(2, 'last')];
  expect(await cut([numbered(1, 1), numbered(2, 2)], around)).toEqual([
    ['l1', 1],
    ['l2', 1],
  ]);
  // the parts came in the other order
  expect(
    await cut(
      [numbered(1, 2), numbered(2, 1)],
      [...[line(2, 'first'), line(2, 'x'), line(1, 'x'), line(1, 'last')]],
    ),
  ).toEqual([
    ['l1', 1],
    ['l2', 1],
  ]);
  const apart = [
    ['l1', 2],
    ['l2', 1],
  ];
  // it begins with the line that the order began with: that file holds the order anew
  const anew = (columns: Row, other: Row) => [
    ...[line(1, 'first'), line(1, 'x', columns), line(1, 'x')],
    ...[line(2, 'x', other), line(2, 'x'), line(2, 'last')],
  ];
  const parts = [numbered(1, 1), numbered(2, 2)];
  expect(await cut(parts, anew({ product_id: 'p' }, { product_id: 'p' }))).toEqual(apart);
  expect(await cut(parts, anew({ amount: 7 }, { amount: 7 }))).toEqual(apart);
  expect(await cut(parts, anew({ amount: 7, product_id: 'p' }, { amount: 7 }))).toEqual([
    ['l1', 1],
    ['l2', 1],
  ]);
  // not the next file, another series, none
  expect(await cut([numbered(1, 1), numbered(2, 3)], around)).toEqual(apart);
  expect(await cut([numbered(1, 1), numbered(2, 2, 't')], around)).toEqual(apart);
  expect(await cut([part(1), part(2)], around)).toEqual(apart);
  // it stands elsewhere in the one, or in the other
  expect(
    await cut(
      [numbered(1, 1), numbered(2, 2)],
      [...[line(1, 'x'), line(1, 'first'), line(2, 'x'), line(2, 'last')]],
    ),
  ).toEqual(apart);
  expect(
    await cut(
      [numbered(1, 1), numbered(2, 2)],
      [...[line(1, 'first'), line(1, 'x'), line(2, 'last'), line(2, 'x')]],
    ),
  ).toEqual(apart);
});

test('parts of one delivery are as new as the newest of them', async () => {
  const numbered = (rank: number, series_number: number) =>
    part(rank, { series: 's', series_number });
  const deliveries = await deliveriesOf(
    [numbered(1, 1), part(2), numbered(3, 2), numbered(4, 3)],
    [
      ...[line(1, 'first'), line(1, 'x'), line(2, 'x'), line(3, 'x')],
      // three parts, the whole of the middle one
      ...[line(4, 'x'), line(4, 'last')],
    ],
  );
  expect(deliveries.filter(([, order]) => order === 'x')).toEqual([
    ['', 'x', 'l1', 1, true],
    ['', 'x', 'l2', 2, false],
    ['', 'x', 'l3', 1, true],
    ['', 'x', 'l4', 1, true],
  ]);
});

test('where numbers begin anew an order is one of a day of the business zone and a store', async () => {
  const evening = { ordered_at: '2025-01-05 23:30:00.000' };
  expect(
    await deliveriesOf(
      [part(1), part(2)],
      [line(1, '7', evening), line(1, '7', { ...evening, store: 'Nord' }), line(2, '7')],
      { restarting: true, settings: { time_zone: 'Europe/Paris' } },
    ),
  ).toEqual([
    ['', '2025-01-05 7', 'l2', 1, true],
    ['', '2025-01-06 7', 'l1', 1, true],
    ['', '2025-01-06 Nord 7', 'l1', 1, true],
  ]);
});

test('of an order that a load holds in several states the last counts, where lines have no numbers', async () => {
  const state = (day: number, product_id: string, columns: Row = {}) => ({
    ...{ product_id, updated_at: `2026-01-0${day} 00:00:00.000`, ...columns },
  });
  const lines = [
    ...[line(1, 'a', state(1, 'p')), line(1, 'a', state(2, 'p')), line(1, 'a', state(2, 'q'))],
    // changed at several times, each product once: one state
    ...[line(1, 'b', state(1, 'p')), line(1, 'b', state(2, 'q')), line(1, 'b', state(2, 'q'))],
    ...[1, 2].map((day) => line(1, 'c', state(day, 'p', { line_id: `${day}` }))),
    ...[line(1, 'd', { product_id: 'p' }), line(1, 'd', state(2, 'p'))],
    // a line that tells no time, or has a number, is of no state
    ...[
      line(1, 'f', state(1, 'p')),
      line(1, 'f', state(2, 'p')),
      line(1, 'f', { product_id: 'q' }),
    ],
    ...[line(1, 'g', state(1, 'p')), line(1, 'g', state(2, 'p'))],
    line(1, 'g', state(2, 'q', { line_id: '1' })),
    // no product is none of them, whatever their names
    ...[line(1, 'e', state(1, 'x')), line(1, 'e', { ...state(2, ''), product_id: null })],
  ];
  const rows = await built('orders_delivery', {
    run_input: [part(1)],
    orders_numbering: [{ source: '', is_restarting: false }],
    accepted_orders: lines,
  });
  expect(columnsOf(rows, 'order_id', 'counts_from', 'is_numbered', 'is_continued')).toEqual([
    ['a', '2026-01-02 00:00:00.000', false, false],
    ['b', null, false, false],
    ['c', null, true, false],
    ['d', null, false, false],
    ['e', null, false, false],
    ['f', '2026-01-02 00:00:00.000', false, false],
    ['g', '2026-01-02 00:00:00.000', false, false],
  ]);
});
