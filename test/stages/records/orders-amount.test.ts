import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built } from '../built.ts';

let records = 0;

/** A sale line of an order of the web. */
function line(document: string, amount: number, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ load_id: 'l', record_number: records, source: 'web', document, amount },
    ...{ is_sale: true, is_return: false, status: 'sold', kind: 'sale', ...columns },
  };
}

const back = { is_sale: false, is_return: true };
const neither = { is_sale: false, is_return: false };

const all = [
  ...['document', 'order_discount', 'order_shipping', 'order_refund', 'is_refunded_wholly'],
  ...['order_subtotal', 'lines_amount', 'waits_for'],
];

async function amountsOf(
  lines: readonly Row[],
  columns: readonly string[] = all,
  currency = 'EUR',
) {
  const rows = await built('orders_amount', {
    orders_winner: lines,
    run_input: [{ kind: 'setting', name: 'currency', load_id: '', value: currency }],
  });
  return rows.map((row) =>
    columns.map((name) => {
      const value = row[name] ?? null;
      return typeof value === 'string' && /^-?\d+[.]/.test(value) ? Number(value) : value;
    }),
  );
}

test('amounts of an order stand on one line of it or, equal, on several', async () => {
  expect(
    await amountsOf([
      line('a', 10, { order_discount: 2, order_shipping: 3, order_refund: 4 }),
      line('a', 20, { order_discount: 2, order_shipping: 0 }),
      line('a', 30, { order_refund: 0 }),
      line('b', 10, { order_shipping: 3 }),
      line('c', 10, { order_refund: -4 }),
      // orders that tell nothing, or zeros
      line('d', 10, { order_discount: 0, order_shipping: 0, order_refund: 0 }),
      line('e', 10),
      line('a', 50, { order_discount: 9, source: 'till' }),
    ]),
  ).toEqual([
    ['a', 9, 0, 0, false, null, 50, null],
    ['a', 2, 3, 4, false, null, 60, null],
    ['b', 0, 3, 0, false, null, 10, null],
    ['c', 0, 0, 4, false, null, 10, null],
  ]);
});

test('a refund is at most what was sold less the discount, and nothing where lines tell it', async () => {
  const refund = ['document', 'order_refund', 'is_refunded_wholly'];
  expect(
    await amountsOf(
      [
        line('a', 10, { order_discount: 2, order_refund: 7 }),
        line('b', 10, { order_discount: 2, order_refund: 8 }),
        line('c', 10, { order_discount: 2, order_refund: 9 }),
        line('d', 10, { order_refund: 9 }),
        line('d', -1, back),
        line('e', 10, { order_discount: 10, order_refund: 5 }),
        line('f', 10, { order_refund: 10 }),
        // no sale, so nothing to give back of it
        line('g', 5, neither),
        line('g', 10, { order_refund: 9 }),
        line('h', 10, { order_refund: 12 }),
        line('h', -2, back),
      ],
      refund,
    ),
  ).toEqual([
    ['a', 7, false],
    ['b', 8, true],
    ['c', 8, true],
    ['d', 0, false],
    ['e', 0, false],
    ['f', 10, true],
    ['g', 9, false],
    ['h', 0, false],
  ]);
});

test('an order whose amounts contradict each other waits', async () => {
  const waits = ['document', 'waits_for'];
  const twice = (document: string, column: string, a: number, b: number) => [
    line(document, 10, { [column]: a }),
    line(document, 10, { [column]: b }),
  ];
  expect(
    await amountsOf(
      [
        ...twice('a', 'order_discount', 1, 2),
        ...twice('b', 'order_shipping', 1, 2),
        ...twice('c', 'order_refund', 1, 2),
        ...twice('d', 'order_subtotal', 20, 21),
        ...twice('e', 'order_discount', 1, 0),
        ...twice('f', 'order_shipping', 0, 2),
        ...twice('g', 'order_refund', 1, 0),
        ...twice('h', 'order_subtotal', 20, 0),
        ...twice('i', 'order_discount', 2, 2),
        // counts nowhere anyway
        ...twice('j', 'order_discount', 1, 2).map((row) => ({ ...row, ...neither })),
        ...twice('k', 'order_shipping', 1, 2).map((row) => ({ ...row, ...back })),
      ],
      waits,
    ),
  ).toEqual([
    ...['a', 'b', 'c', 'd'].map((document) => [document, 'amounts_differ']),
    ...['e', 'f', 'g', 'h', 'i', 'j'].map((document) => [document, null]),
    ['k', 'amounts_differ'],
  ]);
});

test('lines less the discount are the subtotal, to half a minor unit a line, or the order waits', async () => {
  const sums = ['document', 'order_subtotal', 'lines_amount', 'waits_for'];
  const wrong = 'does_not_add_up';
  expect(
    await amountsOf(
      [
        line('a', 10, { order_discount: 2, order_subtotal: 8 }),
        line('b', 10, { order_discount: 2, order_subtotal: 10 }),
        line('c', 10.005, { order_subtotal: 10 }),
        line('d', 10.0051, { order_subtotal: 10 }),
        line('e', 9.995, { order_subtotal: 10 }),
        line('f', 9.9949, { order_subtotal: 10 }),
        line('g', 10.01, { order_subtotal: 20 }),
        line('g', 10),
        line('h', 10, { order_subtotal: 16 }),
        line('h', 6, { ...neither, kind: 'gift_card' }),
        line('i', 10, { order_subtotal: 10 }),
        ...[
          line('i', 6, { ...neither, kind: 'fee' }),
          line('i', 7, { status: 'cancelled', ...neither }),
        ],
        line('i', 8, { status: 'open', ...neither }),
        line('j', 10, { order_subtotal: 0 }),
        line('k', 0, { order_subtotal: 0 }),
        line('l', -5, { ...back, order_subtotal: -5 }),
        line('m', 5, { ...neither, order_subtotal: 9 }),
        // a surcharge is no discount
        line('n', 10, { order_discount: -2 }),
        line('o', -10, { ...back, order_discount: -2 }),
      ],
      sums,
    ),
  ).toEqual([
    ['a', 8, 10, null],
    ['b', 10, 10, wrong],
    ['c', 10, 10.005, null],
    ['d', 10, 10.0051, wrong],
    ['e', 10, 9.995, null],
    ['f', 10, 9.9949, wrong],
    ['g', 20, 20.01, null],
    ['h', 16, 16, null],
    ['i', 10, 10, null],
    ['j', 0, 10, wrong],
    ['k', 0, 0, null],
    ['l', -5, -5, null],
    ['n', null, 10, wrong],
    ['o', null, -10, null],
  ]);
});

test('the minor unit is that of the reporting currency, else a hundredth', async () => {
  const unitIn = async (currency: string) =>
    (await amountsOf([line('a', 1, { order_discount: 1 })], ['minor_unit'], currency))[0]?.[0];
  expect(await unitIn('EUR')).toBe(0.01);
  expect(await unitIn('JPY')).toBe(1);
  expect(await unitIn('KWD')).toBe(0.001);
});
