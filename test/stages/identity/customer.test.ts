import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built } from '../built.ts';

const parts: readonly Row[] = [
  { kind: 'part', name: 'L1', load_id: 'L1', feed: 'customers', load_rank: 1 },
  { kind: 'part', name: 'L2', load_id: 'L2', feed: 'customers', load_rank: 2 },
  // the same names of another feed
  { kind: 'part', name: 'L1', load_id: 'L1', feed: 'orders', load_rank: 9 },
];

const identifiers: readonly Row[] = ['1', '2'].map((value) => ({
  customer_key: `k${value}`,
  source: 'web',
  kind: 'source_id',
  value,
}));

/** The golden records of these tables: by the records placed, latest first. */
async function golden(tables: Parameters<typeof built>[1]): Promise<readonly Row[]> {
  return await built('customer', { customer_state: await built('customer_state', tables) });
}

/** What a record says of the first customer, each column in its own way. */
function told(word: string, day: string, isGiven: boolean): Row {
  return {
    email: `${word}@x.example`,
    phone: `+33${word.length}23456789`,
    first_name: `first ${word}`,
    last_name: `last ${word}`,
    birth_date: day,
    address: `address ${word}`,
    postcode: `postcode ${word}`,
    city: `city ${word}`,
    country: word.slice(0, 2).toUpperCase(),
    loyalty_id: `loyalty ${word}`,
    acquisition_channel: `channel ${word}`,
    acquisition_campaign: `campaign ${word}`,
    consent_email: isGiven,
    consent_sms: isGiven,
    consent_ads: isGiven,
  };
}

const first = { reference_kind: 'source_id', reference_source: 'web', reference_value: '1' };

function record(
  load_id: string,
  record_number: number,
  changed_at: string,
  columns: Row = {},
): Row {
  return { ...first, load_id, record_number, changed_at, is_earlier_email: false, ...columns };
}

test('each column of a customer is of the record changed last that fills it', async () => {
  const newer = told('newer', '1992-02-02', true);
  const [row, ...others] = await golden({
    run_input: parts,
    customer_identifier: identifiers,
    customers_record: [
      record('L1', 1, '2025-01-01 00:00:00.000', told('old', '1991-01-01', false)),
      record('L1', 2, '2025-02-01 00:00:00.000', newer),
      record('L1', 3, '2025-03-01 00:00:00.000'),
    ],
    orders_reference: [],
  });
  expect(others).toEqual([]);
  expect(row).toMatchObject({ ...newer, customer_key: 'k1', is_prospect: true });
});

test('of records changed at one time the later delivery counts, then the later record', async () => {
  const at = '2025-01-01 00:00:00.000';
  const rows = await golden({
    run_input: parts,
    customer_identifier: identifiers,
    customers_record: [
      record('L2', 1, at, { first_name: 'second file', city: 'Lyon' }),
      record('L2', 2, at, { city: 'Paris' }),
      record('L1', 3, at, { first_name: 'first file', city: 'Metz' }),
    ],
    orders_reference: [],
  });
  expect(rows).toMatchObject([{ first_name: 'second file', city: 'Paris' }]);
});

test('a customer is known from the first record or order on, and a prospect until an order', async () => {
  const ordering = {
    first_ordered_at: '2025-01-02 10:00:00.000',
    place: 1,
    email: null,
    phone: null,
  };
  const rows = await golden({
    run_input: parts,
    customer_identifier: identifiers,
    customers_record: [
      record('L1', 1, '2025-03-01 00:00:00.000', { created_on: '2025-01-03' }),
      record('L1', 2, '2025-03-02 00:00:00.000', { created_on: '2025-01-04' }),
    ],
    orders_reference: [
      {
        ...{ ...first, ...ordering, has_order: false },
        first_ordered_on: '2025-01-05',
        last_ordered_at: '2025-01-05 10:00:00.000',
      },
      {
        ...{ ...first, ...ordering, reference_value: '2', has_order: true },
        first_ordered_on: '2025-01-02',
        last_ordered_at: '2025-01-09 10:00:00.000',
      },
    ],
  });
  expect(rows).toMatchObject([
    { customer_key: 'k1', first_seen_on: '2025-01-03', is_prospect: true },
    { customer_key: 'k2', first_seen_on: '2025-01-02', is_prospect: false },
  ]);
});

test('a placeholder is no address to write to', async () => {
  const records = ['test@x.example', 'ann@x.example', 'box@x.example'].map((email, index) =>
    record('L1', index + 1, '2025-01-01 00:00:00.000', { email }),
  );
  const guarded = (value: string, columns: Row) => ({
    ...{ kind: 'email', source: '', value, pseudonym: `of ${value}`, ...columns },
  });
  const rows = await built('customer_state', {
    run_input: parts,
    customer_identifier: identifiers,
    customers_record: records,
    orders_reference: [],
    guarded_identifier: [
      guarded('test@x.example', { reason: 'placeholder' }),
      // guarded for another reason, and a card of the same text
      guarded('box@x.example', { reason: 'many_names' }),
      guarded('ann@x.example', { kind: 'loyalty_id', reason: 'placeholder' }),
    ],
  });
  expect(rows.map(({ recency_place, email }) => [recency_place, email])).toEqual([
    [1, 'box@x.example'],
    [2, 'ann@x.example'],
    [3, null],
  ]);
});

test('states without a time are after the others, and orders of one instant stand by their place', async () => {
  const order = (place: number, columns: Row = {}): Row => ({
    ...{ ...first, source: 'web', place, email: `${place}@x.example`, has_order: true },
    ...{ first_ordered_on: '2025-01-01', last_ordered_at: '2025-01-01 00:00:00.000', ...columns },
  });
  const rows = await built('customer_state', {
    run_input: parts,
    customer_identifier: identifiers,
    customers_record: [
      {
        ...record('L1', 1, '2025-01-01 00:00:00.000'),
        email: 'undated@x.example',
        changed_at: null,
      },
      record('L1', 2, '2025-01-02 00:00:00.000', { email: 'dated@x.example' }),
      // of a load of no part of the night, and of nobody who is known
      record('L9', 3, '2025-01-09 00:00:00.000', { email: 'gone@x.example' }),
      { ...record('L1', 4, '2025-01-09 00:00:00.000'), reference_value: '9' },
      { ...record('L1', 5, '2025-01-09 00:00:00.000'), reference_source: 'till' },
      { ...record('L1', 6, '2025-01-09 00:00:00.000'), reference_kind: 'email' },
    ],
    orders_reference: [order(2), order(1)],
  });
  expect(rows.map(({ recency_place, email }) => [recency_place, email])).toEqual([
    [1, 'dated@x.example'],
    [2, '1@x.example'],
    [3, '2@x.example'],
    [4, 'undated@x.example'],
  ]);
});
