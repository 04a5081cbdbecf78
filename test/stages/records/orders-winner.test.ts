import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = [1, 2, 3].map((load_rank) => ({
  ...{ kind: 'part', feed: 'orders', name: 'compacted', load_id: `l${load_rank}`, load_rank },
  delivered_at: `2025-06-0${load_rank} 00:00:00.000`,
}));

/** A line of a load, by its record. */
function line(load: number, record_number: number, columns: Row = {}): Row {
  return {
    ...{ load_id: `l${load}`, part_id: 'compacted', record_number, source: 'web' },
    ...{ ordered_at: '2025-01-05 23:30:00.000', quantity: 1, amount: 10, discount: 0 },
    ...{ status: 'sold', ...columns },
  };
}

async function winnersOf(
  lines: readonly Row[],
  columns: readonly string[],
  given: Parameters<typeof built>[1] = {},
  settings: unknown = {},
) {
  const rows = await built(
    'orders_winner',
    { run_input: parts, accepted_orders: lines, ...given },
    settings,
  );
  return columnsOf(rows, ...columns);
}

const place = ['load_id', 'record_number'];
const counted = (load: number, order_id: string, columns: Row = {}) => ({
  ...{ source: 'web', order_id, load_id: `l${load}`, is_counted: true, ...columns },
});

test('of an order with a number the lines of the deliveries that count are taken', async () => {
  expect(
    await winnersOf(
      [
        line(1, 1, { order_id: 'a' }),
        line(2, 1, { order_id: 'a' }),
        line(2, 2, { order_id: 'b' }),
        line(2, 3, { order_id: 'c' }),
        line(2, 4, { order_id: 'c', source: 'till' }),
        // of no part of the night
        { ...line(2, 5, { order_id: 'c' }), part_id: 'l2' },
        { ...line(2, 6, { order_id: 'c' }), load_id: 'l9' },
      ],
      place,
      {
        orders_delivery: [
          counted(1, 'a', { is_counted: false }),
          ...[counted(2, 'a'), counted(1, 'b'), counted(2, 'c')],
        ],
      },
    ),
  ).toEqual([
    ['l2', 1],
    ['l2', 3],
  ]);
});

test('of equal line numbers that counts which was changed last, then delivered last, then stands last', async () => {
  const numbered = (line_id: string | null, day?: number): Row => ({
    ...{ order_id: 'a', line_id },
    updated_at: day === undefined ? null : `2025-06-0${day} 00:00:00.000`,
  });
  expect(
    await winnersOf(
      [
        ...[line(1, 1, numbered('1', 9)), line(2, 1, numbered('1')), line(2, 2, numbered('1', 8))],
        // changed as it was delivered, on the 2nd
        ...[line(2, 3, numbered('2')), line(1, 3, numbered('2', 2)), line(1, 4, numbered('2', 1))],
        ...[line(2, 5, numbered('3')), line(2, 6, numbered('3'))],
        // each without a number is a line
        ...[line(1, 7, numbered(null)), line(2, 7, numbered(null)), line(2, 8, numbered(null))],
        // numbers of another order, and of another system
        line(1, 9, { ...numbered('1', 1), order_id: 'b' }),
        line(1, 10, { ...numbered('1', 1), source: 'till' }),
      ],
      place,
      {
        orders_delivery: [
          ...[counted(1, 'a'), counted(2, 'a'), counted(1, 'b')],
          counted(1, 'a', { source: 'till' }),
        ],
      },
    ),
  ).toEqual([
    ...[1, 7, 9, 10].map((record) => ['l1', record]),
    ...[3, 6, 7, 8].map((record) => ['l2', record]),
  ]);
});

test('a line without a number counts as often as the file that has it most often', async () => {
  const columns = {
    ...{ customer_id: '1', email: 'a@x.example', phone: '+33', channel: 'web', store: 'n' },
    ...{ currency: 'EUR', product_id: 'p', unit_price: 10, shipping_charged: 1, kind: 'sale' },
  };
  const others: Row = {
    ...{ customer_id: '2', email: 'b@x.example', phone: '+34', channel: 'shop', store: 's' },
    ...{ currency: 'USD', product_id: 'q', unit_price: 11, shipping_charged: 2, kind: 'fee' },
    ...{ source: 'till', ordered_at: '2025-01-06 00:00:00.000', quantity: 2, discount: 1 },
    ...{ amount: 11, status: 'open' },
  };
  const different = Object.entries(others).map(([name, value], index) =>
    line(3, index + 1, { ...columns, [name]: value }),
  );
  expect(
    await winnersOf(
      [
        // twice in the second file, once in the first: whose row stands for them follows from loads
        ...[line(1, 1, columns), line(2, 1, columns), line(2, 2, columns)],
        ...different,
        // no shipping is shipping of 0, no kind a sale, no status an empty one
        line(1, 21, { amount: 5, shipping_charged: 0, kind: 'sale', status: '' }),
        line(2, 22, { amount: 5, shipping_charged: null, kind: null, status: null }),
      ],
      place,
    ),
  ).toEqual([['l1', 1], ['l1', 21], ['l2', 2], ...different.map((_, index) => ['l3', index + 1])]);
});

test('an order is told by its number, else its instant and customer, else is the line', async () => {
  const ways: readonly Row[] = [
    { order_id: 'a', customer_id: '1' },
    { customer_id: '1', email: 'a@x.example', phone: '+33' },
    { email: 'a@x.example', phone: '+33' },
    { phone: '+33' },
    {},
  ];
  expect(
    await winnersOf(
      ways.map((columns, index) => line(1, index + 1, columns)),
      ['document', 'order_id', 'reference_kind', 'reference_source', 'reference_value'],
      { orders_delivery: [counted(1, 'a')] },
    ),
  ).toEqual([
    ['number a', 'a', 'source_id', 'web', '1'],
    ['instant 2025-01-05 23:30:00 source_id 1', null, 'source_id', 'web', '1'],
    ['instant 2025-01-05 23:30:00 email a@x.example', null, 'email', '', 'a@x.example'],
    ['instant 2025-01-05 23:30:00 phone +33', null, 'phone', '', '+33'],
    ['record l1 5', null, null, '', null],
  ]);
});

test('where numbers begin anew an order is one of a day of the business zone and a store', async () => {
  expect(
    await winnersOf(
      [
        line(1, 1, { order_id: '7' }),
        line(1, 2, { order_id: '7', store: 'Nord' }),
        line(1, 3, { order_id: '7', source: 'till' }),
      ],
      ['order_id', 'ordered_on'],
      {
        orders_numbering: [
          { source: 'web', is_restarting: true },
          { source: 'till', is_restarting: false },
        ],
        orders_delivery: [
          ...[counted(1, '2025-01-06 7'), counted(1, '2025-01-06 Nord 7')],
          counted(1, '7', { source: 'till' }),
        ],
      },
      { time_zone: 'Europe/Paris' },
    ),
  ).toEqual([
    ['2025-01-06 7', '2025-01-06'],
    ['2025-01-06 Nord 7', '2025-01-06'],
    ['7', '2025-01-06'],
  ]);
});

test('a line is a sale, a return, or neither', async () => {
  const cases: readonly (readonly [Row, isSale: boolean, isReturn: boolean])[] = [
    [{}, true, false],
    [{ kind: 'sale' }, true, false],
    [{ kind: 'gift_card' }, false, false],
    [{ status: 'cancelled' }, false, false],
    [{ status: 'open' }, false, false],
    [{ status: 'given_back' }, true, false],
    [{ quantity: -1 }, false, true],
    [{ quantity: -1, status: 'open' }, false, false],
    [{ amount: -10 }, false, true],
    // a discount larger than the line is none
    [{ amount: -10, discount: 10 }, true, false],
    [{ amount: -10, discount: 9 }, false, true],
    [{ quantity: 0, amount: 0 }, false, false],
    [{ quantity: 0, amount: 5, discount: -5 }, false, false],
    [{ quantity: 0 }, true, false],
    [{ amount: 0 }, true, false],
  ];
  expect(
    await winnersOf(
      cases.map(([columns], index) => line(1, index + 1, { customer_id: `${index}`, ...columns })),
      ['is_sale', 'is_return'],
    ),
  ).toEqual(cases.map(([, isSale, isReturn]) => [isSale, isReturn]));
});

test('of an order that a load holds in several states the lines of the last one count', async () => {
  const state = (day: number | null, columns: Row = {}): Row => ({
    order_id: 'a',
    updated_at: day === null ? null : `2025-06-0${day} 00:00:00.000`,
    ...columns,
  });
  expect(
    await winnersOf(
      [
        ...[line(1, 1, state(1)), line(1, 2, state(2)), line(1, 3, state(3))],
        // without a time, and with a number
        ...[line(1, 4, state(null)), line(1, 5, state(1, { line_id: '1' }))],
      ],
      place,
      { orders_delivery: [counted(1, 'a', { counts_from: '2025-06-02 00:00:00.000' })] },
    ),
  ).toEqual([2, 3, 4, 5].map((record) => ['l1', record]));
});
