import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

let records = 0;

function line(document: string, day: number, amount: number, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ load_id: 'l', record_number: records, source: 'web', document, amount, currency: null },
    ...{ ordered_on: `2025-12-${day}`, is_sale: true, is_return: false, ...columns },
  };
}

function whole(document: string, waits_for: string | null, columns: Row = {}): Row {
  return { source: 'web', document, waits_for, order_discount: 0, ...columns };
}

const counted = ['first_on', 'last_on', 'count_orders', 'count_lines', 'amount'];

async function waitingOf(lines: readonly Row[], wholes: readonly Row[], currency: string | null) {
  const rows = await built('waiting', {
    orders_winner: lines,
    orders_amount: wholes,
    run_input: [{ kind: 'setting', name: 'currency', load_id: '', value: currency }],
  });
  return columnsOf(rows, 'kind', 'missing', 'source', ...counted, 'lines_amount', 'order_subtotal');
}

test('orders that do not add up are told with both sums', async () => {
  const wrong = 'does_not_add_up';
  expect(
    await waitingOf(
      [
        line('a', 11, 1),
        line('a', 13, 2),
        line('b', 12, -4, { is_sale: false, is_return: true }),
        line('a', 10, 8, { source: 'till' }),
        line('c', 14, 16),
        line('d', 15, 32),
        // what counts nowhere anyway waits for nothing
        line('a', 10, 64, { is_sale: false }),
        // nor what is later
        line('b', 31, 128, { ordered_on: '2026-01-01' }),
        line('e', 10, 256),
      ],
      [
        whole('a', wrong, { lines_amount: 100, order_discount: 10, order_subtotal: 70 }),
        whole('b', wrong, { lines_amount: 1000, order_subtotal: 500 }),
        whole('a', wrong, { source: 'till', lines_amount: 7, order_subtotal: 6 }),
        whole('c', 'amounts_differ', { lines_amount: 5, order_subtotal: 4 }),
        whole('d', null),
      ],
      'EUR',
    ),
  ).toEqual([
    ['amounts_differ', '', 'web', '2025-12-14', '2025-12-14', 1, 1, '16.0000', null, null],
    [wrong, '', 'till', '2025-12-10', '2025-12-10', 1, 1, '8.0000', '7.0000', '6.0000'],
    [wrong, '', 'web', '2025-12-11', '2025-12-13', 2, 3, '-1.0000', '1090.0000', '570.0000'],
  ]);
});

test('lines in another currency wait for a rate, first of all', async () => {
  const lines = [
    line('a', 11, 1, { currency: 'USD' }),
    line('a', 12, 2, { currency: 'USD' }),
    line('a', 13, 4, { currency: 'CHF' }),
    line('b', 14, 8, { currency: 'USD' }),
    line('c', 15, 16, { currency: 'EUR' }),
    line('d', 16, 32),
    // without one it has the least of its order
    ...[line('e', 20, 100, { currency: 'USD' }), line('e', 20, 200, { currency: 'CHF' })],
    line('e', 21, 400),
  ];
  const wholes = [
    whole('a', 'does_not_add_up', { lines_amount: 1, order_subtotal: 2 }),
    whole('c', null),
  ];
  const chf = ['no_rate', 'CHF', 'web', '2025-12-13', '2025-12-21', 2, 3, '604.0000', null, null];
  const usd = ['no_rate', 'USD', 'web', '2025-12-11', '2025-12-20', 3, 4, '111.0000', null, null];
  expect(await waitingOf(lines, wholes, 'EUR')).toEqual([chf, usd]);
  // without a reporting currency all that name one do
  expect(await waitingOf(lines, wholes, null)).toEqual([
    chf,
    ['no_rate', 'EUR', 'web', '2025-12-15', '2025-12-15', 1, 1, '16.0000', null, null],
    usd,
  ]);
});
