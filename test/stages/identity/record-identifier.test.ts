import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = [
  ['l1', 'customers', 1],
  ['l2', 'customers', 2],
  ['l3', 'customers', 3],
  ['o', 'orders', 9],
].map(
  ([load_id = '', feed = '', load_rank = 0]): Row => ({
    ...{ kind: 'part', name: load_id, load_id, feed, load_rank },
  }),
);

const number = (value: string, source = 'web') => ({
  ...{ reference_kind: 'source_id', reference_source: source, reference_value: value },
});
const itself = (value: string) => ({
  ...{ reference_kind: 'email', reference_source: '', reference_value: value },
});

let records = 0;

function record(reference: Row, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ ...reference, load_id: 'l1', record_number: records, is_earlier_email: false },
    ...columns,
  };
}

const pseudonymOf = (kind: string, source: string, value: string, load_id = 'l1') => ({
  ...{ load_id, kind, source, value },
  pseudonym: `of ${kind} ${source} ${value}`,
});

test('a reference carries itself, the e-mails and the cards of its records and orders', async () => {
  const rows = await built('record_identifier', {
    run_input: parts,
    customers_record: [
      record(number('1'), { email: 'a@x.example', loyalty_id: 'L' }),
      record(number('1'), { email: 'a@x.example' }),
      record(itself('a@x.example'), { email: 'a@x.example', loyalty_id: 'L' }),
    ],
    orders_reference: [{ ...number('1'), source: 'web', email: 'b@x.example', place: 1 }],
    pseudonym: [
      pseudonymOf('source_id', 'web', '1'),
      // again, of another load, of another system and of no part of the night
      pseudonymOf('source_id', 'web', '1', 'o'),
      { ...pseudonymOf('source_id', 'till', '1'), pseudonym: 'of another system' },
      { ...pseudonymOf('source_id', 'web', '1', 'gone'), pseudonym: 'of no part' },
      pseudonymOf('email', '', 'a@x.example'),
      pseudonymOf('email', '', 'b@x.example', 'o'),
      pseudonymOf('loyalty_id', '', 'L'),
      { ...pseudonymOf('phone', '', 'L'), pseudonym: 'of another kind' },
    ],
  });
  expect(
    columnsOf(
      rows,
      ...['reference_kind', 'kind', 'source', 'value', 'joins_as', 'pseudonym', 'is_reference'],
    ),
  ).toEqual([
    ['email', 'email', '', 'a@x.example', null, 'of email  a@x.example', true],
    ['email', 'loyalty_id', '', 'L', null, 'of loyalty_id  L', false],
    ['source_id', 'email', '', 'a@x.example', null, 'of email  a@x.example', false],
    ['source_id', 'email', '', 'b@x.example', null, 'of email  b@x.example', false],
    ['source_id', 'loyalty_id', '', 'L', null, 'of loyalty_id  L', false],
    ['source_id', 'source_id', 'web', '1', null, 'of source_id web 1', true],
  ]);
});

test('Gmail delivers whatever the dots, and what stands behind a plus, to one box', async () => {
  const addresses = [
    ['a.b+shop@gmail.com', 'ab@gmail.com'],
    ['a.b@googlemail.com', 'ab@gmail.com'],
    ['a.b+shop@x.example', null],
    ['+@gmail.com', null],
    ['a.b@gmail.company', null],
  ];
  const rows = await built('record_identifier', {
    run_input: parts,
    customers_record: [
      ...addresses.map(([email = null], index) => record(number(`${index}`), { email })),
      record(number('9'), { loyalty_id: 'a.b@gmail.com' }),
    ],
  });
  const joined = rows.filter(({ is_reference }) => !is_reference);
  expect(columnsOf(joined, 'value', 'joins_as')).toEqual([...addresses, ['a.b@gmail.com', null]]);
});

/** Whether the first customer's earlier e-mail is given up. */
async function isGivenUp(own: Row, ...others: readonly Row[]): Promise<unknown> {
  const rows = await built('record_identifier', {
    run_input: parts,
    customers_record: [
      record(number('1'), { email: 'a@x.example', is_earlier_email: true, ...own }),
      ...others.filter((row) => row.place === undefined),
    ],
    orders_reference: others.filter((row) => row.place !== undefined),
  });
  const [row] = rows.filter((one) => one.reference_value === '1' && one.kind === 'email');
  // what another customer has now is given up by nobody else
  expect(rows.filter((one) => one.is_given_up && one.reference_value !== '1')).toEqual([]);
  expect(row?.is_earlier).toBe(own.is_earlier_email ?? true);
  return row?.is_given_up;
}

const at = (day: number) => `2025-01-0${day} 00:00:00.000`;

test('an earlier e-mail is given up once another customer carries it newer', async () => {
  const other = (columns: Row) => record(number('2'), { email: 'a@x.example', ...columns });
  // by the instants where both tell them
  expect(await isGivenUp({ updated_at: at(3) }, other({ updated_at: at(4) }))).toBe(true);
  expect(await isGivenUp({ updated_at: at(3) }, other({ updated_at: at(3) }))).toBe(false);
  expect(await isGivenUp({ updated_at: at(3) }, other({ updated_at: at(2), load_id: 'l2' }))).toBe(
    false,
  );
  // else by the deliveries
  expect(await isGivenUp({}, other({ load_id: 'l2' }))).toBe(true);
  expect(await isGivenUp({ load_id: 'l2' }, other({ load_id: 'l2' }))).toBe(false);
  expect(await isGivenUp({ load_id: 'l2' }, other({ updated_at: at(9) }))).toBe(false);
  // it is carried still
  expect(
    await isGivenUp({ is_earlier_email: false }, other({ updated_at: at(4), load_id: 'l3' })),
  ).toBe(false);
});

test('who began to carry it last counts, by the first of the records', async () => {
  const other = (value: string, columns: Row) =>
    record(number(value), { email: 'a@x.example', ...columns });
  const own = { updated_at: at(3), load_id: 'l2' };
  // began before, and goes on
  expect(
    await isGivenUp(own, other('2', { updated_at: at(1) }), other('2', { updated_at: at(9) })),
  ).toBe(false);
  expect(await isGivenUp({ load_id: 'l2' }, other('2', {}), other('2', { load_id: 'l3' }))).toBe(
    false,
  );
  expect(
    await isGivenUp(own, other('2', { updated_at: at(1) }), other('3', { updated_at: at(4) })),
  ).toBe(true);
  // its own last record is newer
  expect(
    await isGivenUp(
      own,
      record(number('1'), {
        ...{ email: 'a@x.example', is_earlier_email: true, updated_at: at(8) },
      }),
      other('2', { updated_at: at(5) }),
    ),
  ).toBe(false);
  expect(
    await isGivenUp(
      { load_id: 'l1' },
      record(number('1'), {
        ...{ email: 'a@x.example', is_earlier_email: true, load_id: 'l3' },
      }),
      other('2', { load_id: 'l2' }),
    ),
  ).toBe(false);
});

test('orders claim it by their days, a record of nothing else is nobody’s claim', async () => {
  const order = { ...number('2'), source: 'web', email: 'a@x.example', place: 1 };
  const own = { updated_at: at(3) };
  expect(await isGivenUp(own, { ...order, first_ordered_at: at(4), last_ordered_at: at(5) })).toBe(
    true,
  );
  expect(await isGivenUp(own, { ...order, first_ordered_at: at(2), last_ordered_at: at(5) })).toBe(
    false,
  );
  expect(
    await isGivenUp(
      own,
      record(itself('a@x.example'), { email: 'a@x.example', updated_at: at(9) }),
    ),
  ).toBe(false);
  // a card of the same text is no e-mail
  expect(
    await isGivenUp(own, record(number('2'), { loyalty_id: 'a@x.example', updated_at: at(9) })),
  ).toBe(false);
});
