import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = ['l1', 'l2'].map((load_id, index) => ({
  ...{ kind: 'part', feed: 'orders', load_id, name: load_id, load_rank: index + 1 },
}));

let records = 0;

function line(day: number, columns: Row = {}): Row {
  records += 1;
  const on = `2025-01-${String(day).padStart(2, '0')}`;
  return {
    ...{ load_id: 'l1', record_number: records, is_refund: false, source: 'web' },
    ...{ reference_kind: 'source_id', reference_source: 'web', reference_value: '1' },
    ...{ ordered_on: on, ordered_at: `${on} 12:00:00.000`, status: 'sold', ...columns },
  };
}

test('a row is one way in which lines of a source refer to a customer, its days and whether it ordered', async () => {
  const rows = await built('orders_reference', {
    run_input: parts,
    orders_record: [
      line(3, { email: 'a@x.example' }),
      line(5, { email: 'a@x.example', status: 'cancelled' }),
      line(4, { email: 'a@x.example', status: 'open' }),
      line(9, { email: 'a@x.example', is_refund: true }),
      line(6, { phone: '+33', status: 'open' }),
      line(7, { phone: '+33', status: 'cancelled' }),
      line(8, { reference_kind: null, reference_source: null, reference_value: null }),
      line(2, { reference_value: '2', status: 'given_back' }),
    ],
  });
  expect(
    columnsOf(
      rows,
      ...['reference_value', 'email', 'phone', 'first_ordered_on', 'first_ordered_at'],
      ...['last_ordered_at', 'has_order', 'place'],
    ),
  ).toEqual([
    [
      ...['1', 'a@x.example', null, '2025-01-03', '2025-01-03 12:00:00.000'],
      ...['2025-01-05 12:00:00.000', true, 2],
    ],
    [
      ...['1', null, '+33', '2025-01-06', '2025-01-06 12:00:00.000'],
      ...['2025-01-07 12:00:00.000', false, 1],
    ],
    [
      ...['2', null, null, '2025-01-02', '2025-01-02 12:00:00.000'],
      ...['2025-01-02 12:00:00.000', true, 1],
    ],
  ]);
});

test('ways of one customer are placed by the last line: its instant, delivery and record', async () => {
  const rows = await built('orders_reference', {
    run_input: parts,
    orders_record: [
      line(3, { email: 'd', load_id: 'l1' }),
      line(3, { email: 'e', load_id: 'l1' }),
      line(3, { email: 'c', load_id: 'l2', record_number: 1 }),
      line(2, { email: 'c', load_id: 'l1' }),
      line(4, { email: 'b' }),
      line(1, { email: 'b' }),
      // of one record number nothing but what they carry tells
      line(1, { email: 'g', record_number: 900, phone: '2' }),
      line(1, { email: 'g', record_number: 900, phone: '1' }),
      line(1, { email: 'f', record_number: 900, phone: '3' }),
      line(1, { email: 'f', record_number: 900, phone: '3', source: 'till' }),
      // other customers
      line(9, { email: 'b', reference_value: '2' }),
      line(9, { email: 'b', reference_source: 'till' }),
      line(9, { email: 'b', reference_kind: 'email' }),
    ],
  });
  const placed = rows
    .filter((row) => row.reference_value === '1' && row.reference_source === 'web')
    .filter((row) => row.reference_kind === 'source_id')
    .toSorted((a, b) => Number(a.place) - Number(b.place));
  expect(columnsOf(placed, 'email', 'phone', 'source', 'place')).toEqual([
    ['b', null, 'web', 1],
    ['c', null, 'web', 2],
    ['e', null, 'web', 3],
    ['d', null, 'web', 4],
    ['f', '3', 'till', 5],
    ['f', '3', 'web', 6],
    ['g', '1', 'web', 7],
    ['g', '2', 'web', 8],
  ]);
  expect(rows.filter(({ place }) => place === 1)).toHaveLength(4);
});
