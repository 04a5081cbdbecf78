import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

const nasty = [
  'order_id,ordered_at,customer_id,email,phone,quantity,unit_price,discount,amount,currency,status',
  '1,2026-01-05T10:00:00Z,C1, Jane@Example.COM ,+33 6 12 34 56 78,2,10.00,1.50,,eur,paid',
  '2,2026-01-05 23:30:00,C2,,,-1,10,,,,Canceled',
  '3,2026-01-06,C3,,,,,,12.345678,,',
  '4,06/01/2026,C4,,,1,5,,,,',
  '5,2026-02-30,C5,,,1,5,,,,',
  '6,2026-01-06,C6,,,1,-5,,,,',
  '7,2026-01-06,C7,janedoe,,1,5,,,,',
  '8,2026-01-06,C8,,,one,5,,,,',
  '9,2026-01-06,C9,,,1,5',
  '10,2026-01-06,"C""10",,,1,"1,234.50",,,,',
  '11,2026-01-06,"two\nlines",,,1,5,,,,',
  '',
  '12,2026-01-06,,,,,,,,,',
  '13,,C13,,,1,5,,,,',
  '14,2027-01-06,C14,,,1,5,,,,',
  '15,2026-01-06,3.36E+10,,,1,5,,,,',
  '16,2026-01-06,C16,,,1,5,0,5.00,,\r',
].join('\n');

test('ingestDrop() loads the good rows of a nasty file and says of each bad one where, which rule and what to do', async () => {
  const home = await makeDropHome({ time_zone: 'Europe/Paris' });
  await home.drop({ 'orders/nasty.csv.gz': gzipSync(nasty) });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ status: 'loaded', recordsIn: 16, accepted: 7, quarantined: 9 });
  const quarantined = await home.read(
    'quarantine',
    'select record_number, byte_offset, column_name, effect, rule, hint, raw_record from rows order by record_number',
  );
  expect(
    quarantined.map((row) => [row.record_number, row.column_name, row.rule, row.effect]),
  ).toEqual([
    [4, 'ordered_at', 'ambiguous_date', 'record'],
    [5, 'ordered_at', 'impossible_date', 'record'],
    [6, 'unit_price', 'negative_price', 'record'],
    [7, 'email', 'not_an_email', 'value'],
    [8, 'quantity', 'not_a_number', 'record'],
    [9, null, 'ragged_record', 'record'],
    [10, 'unit_price', 'thousands_separator', 'record'],
    [11, 'customer_id', 'invisible_character', 'value'],
    [12, 'amount', 'amount_missing', 'record'],
    [13, 'ordered_at', 'required', 'record'],
    [14, 'ordered_at', 'in_the_future', 'record'],
    [15, 'customer_id', 'scientific_notation', 'value'],
  ]);
  for (const row of quarantined) {
    expect(nasty.slice(row.byte_offset as number)).toMatch(new RegExp(`^${row.record_number},`));
    expect(String(row.hint).length).toBeGreaterThan(20);
  }
  expect(quarantined[5]?.raw_record).toBe('9,2026-01-06,C9,,,1,5');
  const refused = (effect: string) => quarantined.filter((row) => row.effect === effect);
  expect(load?.problems.map(({ recordNumber }) => recordNumber)).toEqual(
    [...refused('record'), ...refused('value')].map((row) => row.record_number),
  );
  expect(JSON.stringify(load)).not.toContain('janedoe');

  const accepted = await home.read(
    'accepted/orders',
    'select order_id, cast(ordered_at as varchar) as ordered_at, customer_id, email, phone, quantity, discount, amount, currency, status, source, record_number from rows where record_number not in (7, 11, 15) order by record_number',
  );
  expect(accepted).toEqual([
    {
      order_id: '1',
      ordered_at: '2026-01-05 10:00:00',
      customer_id: 'C1',
      email: 'jane@example.com',
      phone: '+33612345678',
      quantity: '2.0000',
      discount: '1.5000',
      amount: '18.5000',
      currency: 'EUR',
      status: 'sold',
      source: '',
      record_number: 1,
    },
    {
      order_id: '2',
      ordered_at: '2026-01-05 22:30:00',
      customer_id: 'C2',
      email: null,
      phone: null,
      quantity: '-1.0000',
      discount: '0.0000',
      amount: '-10.0000',
      currency: null,
      status: 'cancelled',
      source: '',
      record_number: 2,
    },
    {
      order_id: '3',
      ordered_at: '2026-01-05 23:00:00',
      customer_id: 'C3',
      email: null,
      phone: null,
      quantity: '1.0000',
      discount: '0.0000',
      amount: '12.3457',
      currency: null,
      status: null,
      source: '',
      record_number: 3,
    },
    {
      order_id: '16',
      ordered_at: '2026-01-05 23:00:00',
      customer_id: 'C16',
      email: null,
      phone: null,
      quantity: '1.0000',
      discount: '0.0000',
      amount: '5.0000',
      currency: null,
      status: null,
      source: '',
      record_number: 16,
    },
  ]);
});

test('ingestDrop() loads the same content once and notes each delivery', async () => {
  const home = await makeDropHome();
  const content = 'ordered_at,customer_id,amount\n2026-01-05,C1,5\n';
  await home.drop({ 'orders/a.csv': content, 'orders/b.csv': content });
  const loads = await home.ingest();
  expect(loads.map(({ status }) => status)).toEqual(['loaded', 'unchanged']);
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
  expect(await home.read('load', 'select file, records_in, accepted from rows')).toEqual([
    { file: 'drop/orders/a.csv', records_in: 1, accepted: 1 },
  ]);
  expect(await home.read('delivery', 'select object_key from rows order by object_key')).toEqual([
    { object_key: 'drop/orders/a.csv' },
    { object_key: 'drop/orders/b.csv' },
  ]);
});

test('ingestDrop() refuses what belongs to no feed with the nearest one, and skips hidden files', async () => {
  const home = await makeDropHome();
  await home.drop({ 'order/a.csv': 'x', 'orders/a.xlsx': 'x', 'orders/.hidden': 'x' });
  const loads = await home.ingest();
  expect(loads.map(({ file, problems }) => [file, problems[0]?.rule])).toEqual([
    ['drop/order/a.csv', 'not_a_feed'],
    ['drop/orders/a.xlsx', 'workbook'],
  ]);
  expect(loads[0]?.problems[0]?.hint).toContain('nearest to this folder is orders');
});
