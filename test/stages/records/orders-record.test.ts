import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const at = (day: number) => `2025-12-${String(day).padStart(2, '0')} 23:30:00.000`;

/** A sale line of an order of the web on the 5th. */
function line(document: string, record_number: number, columns: Row = {}): Row {
  return {
    ...{
      load_id: 'l',
      record_number,
      source: 'web',
      document,
      order_id: document,
      ordered_at: at(5),
    },
    ...{ quantity: 2, amount: 10, discount: 1, shipping_charged: 3, status: 'sold', kind: 'sale' },
    ...{ is_sale: true, is_return: false, ...columns },
  };
}

const back = { is_sale: false, is_return: true, amount: -10, quantity: -2, discount: 0 };
const givenBack = { status: 'given_back' };

function whole(document: string, columns: Row = {}): Row {
  return {
    ...{ source: 'web', document, order_refund: 0, is_refunded_wholly: false, waits_for: null },
    ...columns,
  };
}

function share(record_number: number, kind: string, amount: number): Row {
  return { load_id: 'l', record_number, kind, amount };
}

const numbers = ['quantity', 'discount', 'amount', 'shipping_charged'];

async function recordsOf(
  given: { lines: readonly Row[]; wholes?: readonly Row[]; shares?: readonly Row[] },
  columns: readonly string[],
  { currency = 'EUR', ...settings }: Record<string, string> = {},
): Promise<unknown[][]> {
  const rows = await built(
    'orders_record',
    {
      orders_winner: given.lines,
      orders_amount: given.wholes ?? [],
      orders_share: given.shares ?? [],
      run_input: [{ kind: 'setting', name: 'currency', load_id: '', value: currency }],
    },
    settings,
  );
  const numeric = (value: unknown) =>
    typeof value === 'string' && /^-?\d+[.]\d{4}$/.test(value) ? Number(value) : value;
  return columnsOf(rows, ...columns).map((row) => row.map(numeric));
}

test('shares of amounts of the whole order are in the amounts of its lines', async () => {
  expect(
    await recordsOf(
      {
        lines: [line('a', 1), line('a', 2), line('a', 3, { load_id: 'm', record_number: 1 })],
        wholes: [whole('a')],
        shares: [share(1, 'discount', 4), share(1, 'shipping', 5), share(2, 'shipping', 6)],
      },
      numbers,
    ),
  ).toEqual([
    [2, 5, 6, 8],
    [2, 1, 10, 9],
    [2, 1, 10, 3],
  ]);
});

test('a line whose status says so is a return of its own, on the day of the status, else of the order', async () => {
  const columns = ['record_number', 'is_refund', 'order_id', 'ordered_on', 'is_sale', 'is_return'];
  expect(
    await recordsOf(
      {
        lines: [
          line('a', 1, givenBack),
          // of an order the last change of any line, in the business zone
          line('b', 2, { ...givenBack, updated_at: at(7) }),
          line('b', 3, { updated_at: at(8) }),
          // nothing to give back
          line('c', 4, { ...givenBack, amount: 0 }),
          line('d', 5, { ...givenBack, is_sale: false }),
          // a return line tells it
          line('e', 6, givenBack),
          line('e', 7, back),
          line('b', 8, { source: 'till', updated_at: at(20), is_return: true }),
        ],
      },
      [...columns, ...numbers, 'is_undated_refund'],
      { time_zone: 'Europe/Paris' },
    ),
  ).toEqual([
    [1, false, 'a', '2025-12-06', true, false, 2, 1, 10, 3, false],
    [1, true, 'a refund', '2025-12-06', false, true, -2, 0, -10, 0, true],
    [2, false, 'b', '2025-12-06', true, false, 2, 1, 10, 3, false],
    [2, true, 'b refund', '2025-12-09', false, true, -2, 0, -10, 0, false],
    [3, false, 'b', '2025-12-06', true, false, 2, 1, 10, 3, false],
    [4, false, 'c', '2025-12-06', true, false, 2, 1, 0, 3, false],
    [5, false, 'd', '2025-12-06', false, false, 2, 1, 10, 3, false],
    [6, false, 'e', '2025-12-06', true, false, 2, 1, 10, 3, false],
    [7, false, 'e', '2025-12-06', false, true, -2, 0, -10, 3, false],
    [8, false, 'b', '2025-12-06', true, true, 2, 1, 10, 3, false],
  ]);
});

test('a refund of the whole order comes before a status, and its shares are of money alone', async () => {
  const refunds = async (wholes: readonly Row[], lines: readonly Row[]) =>
    (
      await recordsOf({ lines, wholes, shares: [share(1, 'refund', 4), share(1, 'discount', 2)] }, [
        'is_refund',
        'record_number',
        'ordered_on',
        'quantity',
        'amount',
        'is_undated_refund',
      ])
    )
      .filter(([isRefund]) => isRefund)
      .map(([, ...row]) => row);
  const lines = [line('a', 1, givenBack), line('a', 2, { ...givenBack, updated_at: at(9) })];
  const part = whole('a', { order_refund: 4 });
  // one line has no share
  expect(await refunds([part], lines)).toEqual([[1, '2025-12-09', 0, -4, false]]);
  expect(await refunds([{ ...part, refunded_at: at(11) }], lines)).toEqual([
    [1, '2025-12-11', 0, -4, false],
  ]);
  const wholly = whole('a', { order_refund: 18, is_refunded_wholly: true, refunded_at: at(11) });
  // what the lines were after the discount of the order, pieces too
  expect(await refunds([wholly], [line('a', 1), line('a', 2)])).toEqual([
    [1, '2025-12-11', -2, -8, false],
    [2, '2025-12-11', -2, -10, false],
  ]);
  expect(await refunds([part], [line('a', 1), line('a', 2, back)])).toEqual([]);
  expect(await refunds([{ ...part, source: 'till' }], [line('a', 1)])).toEqual([]);
  // refunded, not known when
  expect(await refunds([part], [line('a', 1)])).toEqual([[1, '2025-12-05', 0, -4, true]]);
});

test('a line in another currency or of an order that waits counts nowhere, nor one that is later', async () => {
  const lines = [
    line('a', 1, { currency: 'EUR' }),
    line('a', 2, { currency: 'USD' }),
    // without one it has that of its order
    line('a', 3),
    line('b', 4),
    line('c', 5),
    line('d', 6, { ordered_at: '2026-01-01 00:00:00.000' }),
    line('e', 7, { ...givenBack, updated_at: '2026-01-01 00:00:00.000' }),
    line('f', 8, { ordered_at: '2025-12-31 23:59:59.000' }),
  ];
  const wholes = [whole('b', { waits_for: 'amounts_differ' }), whole('c')];
  const counted = (settings = {}) =>
    recordsOf({ lines, wholes }, ['record_number', 'is_refund'], settings);
  const rest = [5, 7, 8].map((record) => [record, false]);
  expect(await counted()).toEqual([[1, false], [3, false], ...rest]);
  expect(await counted({ currency: 'USD' })).toEqual([[2, false], ...rest]);
});

test('the channel is what the line says, else its order, else its system', async () => {
  expect(
    await recordsOf(
      {
        lines: [
          ...[line('a', 1, { channel: 'store' }), line('a', 2), line('a', 3, { source: '' })],
          ...[line('b', 4), line('b', 5, { channel: 'shop' }), line('b', 6, { channel: 'fair' })],
          line('c', 7),
        ],
      },
      ['channel'],
    ),
  ).toEqual([['store'], ['store'], ['unknown'], ['fair'], ['shop'], ['fair'], ['web']]);
});
