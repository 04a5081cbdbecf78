import { expect, test } from 'vitest';
import { columnsOf, figure, query, total, totalOrNull } from '../../lib/report/query.ts';
import { count, decimal, flag, logTable, text } from '../../lib/tables/contract.ts';

const parcel = logTable({
  name: 'parcel',
  folder: 'parcel',
  grain: 'one row a parcel',
  key: ['number'],
  promise: 'bookkeeping',
  columns: {
    number: count('parcels', 'Its number'),
    weight: decimal('kg', 'What it weighs'),
    sender: text('Who sent it', { nullable: true }),
    is_lost: flag('Never came'),
  },
});

test('query() names a column once, in the text and in the row', () => {
  const { select, rowOf } = query(
    { ...columnsOf(parcel, ['weight', 'sender'], 'p'), parcels: figure('count(*)') },
    'from parcel p group by p.weight, p.sender',
  );
  expect(select).toBe(
    'select p.weight as weight, p.sender as sender, count(*) as parcels from parcel p group by p.weight, p.sender',
  );
  const row = rowOf({ weight: '2.5000', sender: null, parcels: 3 });
  expect(row).toEqual({ weight: 2.5, sender: null, parcels: 3 });
  const weight: number = row.weight;
  // @ts-expect-error: the contract says that it may be NULL
  const sender: string = row.sender;
  expect([weight, sender]).toEqual([2.5, null]);
});

test('columnsOf() takes every column of the contract, and none that it lacks', () => {
  expect(Object.keys(columnsOf(parcel))).toEqual(['number', 'weight', 'sender', 'is_lost']);
  // @ts-expect-error: no such column
  columnsOf(parcel, ['colour']);
});

test('a sum of no rows is 0 or not known, as the query says', () => {
  const { select, rowOf } = query(
    { weight: total('weight'), known: totalOrNull('weight') },
    'from parcel',
  );
  expect(select).toBe(
    'select cast(coalesce(sum(weight), 0) as decimal(38, 4)) as weight, cast(sum(weight) as decimal(38, 4)) as known from parcel',
  );
  expect(rowOf({ weight: '0.0000', known: null })).toEqual({ weight: 0, known: null });
});
