import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = ['l1', 'l2'].map((load_id, index) => ({
  ...{ kind: 'part', feed: 'customers', load_id, name: load_id, load_rank: index + 1 },
}));

const email = 'box@x.example';
const number = (value: string, source = 'web') => ({
  ...{ reference_kind: 'source_id', reference_source: source, reference_value: value },
});
const itself = { reference_kind: 'email', reference_source: '', reference_value: email };

function held(reference: Row, columns: Row = {}): Row {
  return {
    ...{ ...reference, kind: 'email', source: '', value: email, joins_as: email, pseudonym: 'p' },
    ...{ is_reference: false, is_given_up: false, ...columns },
  };
}

function record(reference: Row, record_number: number, columns: Row): Row {
  return { ...reference, load_id: 'l1', record_number, is_earlier_email: false, ...columns };
}

test('a carrier tells the newest name, birthday and phone of its records and orders', async () => {
  const at = (day: number) => `2025-01-0${day} 00:00:00.000`;
  const rows = await built('shared_identifier', {
    run_input: parts,
    record_identifier: [
      held(number('1')),
      // another spelling of the same
      held(number('1'), { value: 'other spelling' }),
      held(number('2')),
      held(number('1', 'till')),
      held(number('3')),
      held(number('4'), { is_given_up: true }),
      held(number('1'), { kind: 'source_id', source: 'web', value: '1', joins_as: '1' }),
      held(number('2'), { kind: 'source_id', source: 'web', value: '1', joins_as: '1' }),
      // two are several
      held(number('2'), { kind: 'loyalty_id', value: 'L', joins_as: 'L' }),
      held(number('3'), { kind: 'loyalty_id', value: 'L', joins_as: 'L' }),
      // carried by one alone
      held(number('1'), { kind: 'loyalty_id', joins_as: email }),
    ],
    customers_record: [
      record(number('1'), 1, { first_name_folded: 'new', changed_at: at(5) }),
      record(number('1'), 2, {
        ...{ first_name_folded: 'old', last_name_folded: 'low', birth_date: '1990-01-01' },
        ...{ phone: '1', changed_at: at(1) },
      }),
      record(number('1'), 3, { birth_date: '1980-01-01', phone: '9' }),
      // never changed: by the delivery, then by the record
      record(number('2'), 4, { last_name_folded: 'first', load_id: 'l1' }),
      record(number('2'), 1, {
        last_name_folded: 'second',
        birth_date: '1970-01-01',
        load_id: 'l2',
      }),
      record(number('2'), 2, { last_name_folded: 'third', load_id: 'l2' }),
      record(number('1', 'till'), 6, { first_name_folded: 'other' }),
      record(number('4'), 7, { first_name_folded: 'gone' }),
    ],
    orders_reference: [
      { ...number('1'), source: 'web', phone: '3', last_ordered_at: at(3), place: 2 },
      { ...number('1'), source: 'web', phone: '2', last_ordered_at: at(3), place: 1 },
      { ...number('3'), source: 'web', last_ordered_at: at(1), place: 1 },
    ],
  });
  expect(
    columnsOf(
      rows,
      ...['kind', 'reference_source', 'carrier', 'first_name', 'last_name', 'birth_date', 'phone'],
    ),
  ).toEqual([
    ['email', 'till', '1', 'other', null, null, null],
    ['email', 'web', '1', 'new', null, '1990-01-01', '2'],
    ['email', 'web', '2', null, 'third', '1970-01-01', null],
    ['email', 'web', '3', null, null, null, null],
    ['loyalty_id', 'web', '2', null, 'third', '1970-01-01', null],
    ['loyalty_id', 'web', '3', null, null, null, null],
  ]);
});

test('of records that refer to the identifier itself each name is a carrier', async () => {
  const rows = await built('shared_identifier', {
    run_input: parts,
    record_identifier: [held(itself, { is_reference: true })],
    customers_record: [
      record(itself, 1, { first_name_folded: 'ann', last_name_folded: 'low', phone: '1' }),
      record(itself, 2, { first_name_folded: 'ann', last_name_folded: 'low', phone: '2' }),
      record(itself, 3, { first_name_folded: 'bob' }),
      record(itself, 4, { last_name_folded: 'low' }),
      // nobody's name
      record(itself, 5, { birth_date: '1990-01-01' }),
    ],
    orders_reference: [{ ...itself, source: 'web', place: 1 }],
  });
  expect(columnsOf(rows, 'carrier', 'is_reference', 'first_name', 'last_name', 'phone')).toEqual([
    ['ann|low', true, 'ann', 'low', '2'],
    ['bob|', true, 'bob', null, null],
    ['|low', true, null, 'low', null],
  ]);
});
