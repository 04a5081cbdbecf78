import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = ['l1', 'l2'].map((load_id, index) => ({
  ...{ kind: 'part', feed: 'customers', load_id, name: 'compacted', load_rank: index + 1 },
}));

function record(load_id: string, record_number: number, columns: Row): Row {
  return { load_id, part_id: 'compacted', record_number, source: 'web', ...columns };
}

async function recordsOf(
  rows: readonly Row[],
  columns: readonly string[],
  settings: unknown = {},
): Promise<unknown[][]> {
  const given = { run_input: parts, accepted_customers: rows };
  return columnsOf(await built('customers_record', given, settings), ...columns);
}

test('a record refers to its number, else its e-mail, its card, its phone', async () => {
  const all = { customer_id: '7', email: 'a@x.example', loyalty_id: 'L', phone: '+33' };
  const { customer_id: _, ...unnumbered } = all;
  const { email: __, ...unmailed } = unnumbered;
  expect(
    await recordsOf(
      [
        record('l1', 1, all),
        record('l1', 2, unnumbered),
        record('l1', 3, unmailed),
        record('l1', 4, { phone: '+33' }),
      ],
      ['reference_kind', 'reference_source', 'reference_value'],
    ),
  ).toEqual([
    ['source_id', 'web', '7'],
    ['email', '', 'a@x.example'],
    ['loyalty_id', '', 'L'],
    ['phone', '', '+33'],
  ]);
});

test('what was created after the as-of date in the business zone is left out', async () => {
  const created = (record_number: number, created_at: string | null) =>
    record('l1', record_number, { customer_id: `${record_number}`, created_at });
  expect(
    await recordsOf(
      [
        created(1, '2025-12-31 22:30:00'),
        created(2, '2025-12-31 23:30:00'),
        created(3, null),
        created(4, '2025-12-30 23:30:00'),
      ],
      ['record_number', 'created_on'],
      { time_zone: 'Europe/Paris' },
    ),
  ).toEqual([
    [1, '2025-12-31'],
    [3, null],
    [4, '2025-12-31'],
  ]);
});

test('an e-mail is an earlier one where the newest record that holds one holds another', async () => {
  const at = (day: number) => `2025-01-0${day} 00:00:00.000`;
  const one = { customer_id: '1' };
  expect(
    await recordsOf(
      [
        record('l2', 1, { ...one, email: 'old@x.example', updated_at: at(1) }),
        record('l1', 1, { ...one, email: 'new@x.example', updated_at: at(3) }),
        // newer, without an e-mail
        record('l2', 2, { ...one, updated_at: at(4) }),
        // never changed: by the delivery, then by the record
        record('l1', 2, { customer_id: '2', email: 'first@x.example', created_at: at(5) }),
        record('l2', 3, { customer_id: '2', email: 'second@x.example' }),
        record('l2', 4, { customer_id: '2', email: 'third@x.example' }),
        // the same number elsewhere, and another way to refer
        record('l2', 5, { customer_id: '1', source: 'till', email: 'till@x.example' }),
        record('l2', 6, { email: 'old@x.example' }),
      ],
      ['load_id', 'record_number', 'is_earlier_email', 'updated_at', 'changed_at'],
    ),
  ).toEqual([
    ['l1', 1, false, at(3), at(3)],
    ['l1', 2, true, null, at(5)],
    ['l2', 1, true, at(1), at(1)],
    ['l2', 2, false, at(4), at(4)],
    ['l2', 3, true, null, null],
    ['l2', 4, false, null, null],
    ['l2', 5, false, null, null],
    ['l2', 6, false, null, null],
  ]);
});

test('a record counts where a part of the night holds its load', async () => {
  expect(
    await recordsOf(
      [
        record('l1', 1, { customer_id: '1' }),
        record('l3', 1, { customer_id: '3' }),
        { ...record('l1', 2, { customer_id: '2' }), part_id: 'l1' },
      ],
      ['reference_value'],
    ),
  ).toEqual([['1']]);
});
