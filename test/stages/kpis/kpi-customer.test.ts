import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';
import { quarter } from './quarter.ts';

let number = 0;

/** `place` is which order of the customer's life it is; null an anonymous one. */
function order(
  ordered_on: string,
  channel: string,
  [customer_key, place]: readonly [string, number] | readonly [null, null],
  is_order = true,
) {
  number += 1;
  const order_number = place;
  return { order_id: `${number}`, ordered_on, channel, customer_key, order_number, is_order };
}

/*
 *        October        November          December
 * ann    web (1st)      -                 web (2nd)
 * bob    web (1st)      store (2nd, 3rd)  -
 * cid    -              web (1st)         web (2nd), store (3rd)
 * nobody store          -                 -
 * A document of bob's in December gives goods back and is no order.
 */
const orders = [
  order('2025-10-01', 'web', ['ann', 1]),
  order('2025-12-31', 'web', ['ann', 2]),
  order('2025-10-31', 'web', ['bob', 1]),
  order('2025-11-01', 'store', ['bob', 2]),
  order('2025-11-30', 'store', ['bob', 3]),
  order('2025-11-15', 'web', ['cid', 1]),
  order('2025-12-01', 'web', ['cid', 2]),
  order('2025-12-02', 'store', ['cid', 3]),
  order('2025-10-05', 'store', [null, null]),
  order('2025-12-05', 'web', ['bob', 4], false),
];

async function counts(dimension: string, ...columns: string[]) {
  const rows = await built('kpi_customer', { calendar: quarter, sales_order: orders });
  const some = rows.filter((row) => row.dimension === dimension);
  return columnsOf(some, 'period_start_on', 'member', ...columns);
}

test('orders and customers are counted, anonymous orders among the orders alone', async () => {
  expect(await counts('total', 'orders', 'customer_orders', 'customers')).toEqual([
    ['2025-10-01', 'all', 3, 2, 2],
    ['2025-11-01', 'all', 3, 3, 2],
    ['2025-12-01', 'all', 3, 3, 2],
    ['2025-01-01', 'all', 9, 8, 3],
  ]);
});

test('customers are new, returning or reactivated, and lost afterwards', async () => {
  const kinds = [
    'new_customers',
    'returning_customers',
    'reactivated_customers',
    'lost_afterwards',
  ];
  expect(await counts('total', ...kinds)).toEqual([
    // ann and bob are new; ann is gone in November
    ['2025-10-01', 'all', 2, 0, 0, 1],
    // cid is new, bob was there in October; bob is gone in December
    ['2025-11-01', 'all', 1, 1, 0, 1],
    // cid was there in November, ann not, but earlier; nobody knows of January
    ['2025-12-01', 'all', 0, 1, 1, 2],
    // the year has none before it, and none after it
    ['2025-01-01', 'all', 3, 0, 0, 3],
  ]);
});

test('a customer is new to a channel once, and a repurchaser from the second order on', async () => {
  expect(await counts('total', 'first_time_customers', 'repurchasers')).toEqual([
    ['2025-10-01', 'all', 2, 0],
    // bob's second and third; cid's first
    ['2025-11-01', 'all', 1, 1],
    ['2025-12-01', 'all', 0, 2],
    // within the year all three come back
    ['2025-01-01', 'all', 3, 3],
  ]);
  expect(
    await counts(
      'channel',
      'customers',
      'first_time_customers',
      'new_customers',
      'returning_customers',
      'reactivated_customers',
      'lost_afterwards',
    ),
  ).toEqual([
    // the anonymous order is of no customer
    ['2025-10-01', 'store', 0, 0, 0, 0, 0, 0],
    // ann is gone in November, bob goes to the store
    ['2025-10-01', 'web', 2, 2, 2, 0, 0, 1],
    // bob is new to the store and not to the company, which he bought of in October
    ['2025-11-01', 'store', 1, 1, 0, 1, 0, 1],
    ['2025-11-01', 'web', 1, 1, 1, 0, 0, 0],
    // cid for the first time in the store, again in the company; ann after a month
    ['2025-12-01', 'store', 1, 1, 0, 1, 0, 1],
    ['2025-12-01', 'web', 2, 0, 0, 1, 1, 2],
    ['2025-01-01', 'store', 2, 2, 2, 0, 0, 2],
    ['2025-01-01', 'web', 3, 3, 3, 0, 0, 3],
  ]);
});

test('what is before the first day that counts is in no period, and makes nobody new', async () => {
  const stray = order('2025-02-01', 'web', ['dan', 1]);
  const later = order('2025-10-02', 'web', ['dan', 2]);
  const calendar = quarter
    .filter(({ period_start_on }) => String(period_start_on) <= '2025-10-01')
    .map((row) => ({ ...row, counts_from_on: '2025-10-01' }));
  const rows = await built('kpi_customer', { calendar, sales_order: [stray, later] });
  expect(
    columnsOf(
      rows.filter(({ dimension }) => dimension === 'total'),
      'period_start_on',
      'orders',
      'new_customers',
      'reactivated_customers',
      'first_time_customers',
    ),
  ).toEqual([
    ['2025-10-01', 1, 0, 1, 1],
    ['2025-01-01', 1, 1, 0, 1],
  ]);
});
