import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

/** What becomes of values of a customer's column: as accepted, or the rule that drops them. */
async function outcomes(
  column: string,
  texts: readonly string[],
  settings: object = {},
): Promise<unknown[]> {
  const mapping = { ...settings, columns: { customer_id: 'id', [column]: 'text' } };
  const home = await makeDropHome({ sources: { crm: { customers: mapping } } });
  const lines = texts.map((text, i) => `${i + 1},"${text}"\n`).join('');
  await home.drop({ 'customers/crm/a.csv': `id,text\n${lines}` });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ status: 'loaded', accepted: texts.length, quarantined: 0 });
  const rows = await home.read(
    'accepted/customers',
    `select ${column} as value from rows order by record_number`,
  );
  return rows.map(
    ({ value }, i) =>
      value ?? load?.problems.find(({ recordNumber }) => recordNumber === i + 1)?.rule,
  );
}

test('a phone without a country is dropped, never stored as if it had one', async () => {
  const texts = ['+33 6 12 34 56 78', '0033612345678', '06 12 34 56 78', '612345678.0'];
  expect(await outcomes('phone', texts)).toEqual([
    '+33612345678',
    '+33612345678',
    'phone_without_country',
    'phone_without_country',
  ]);
  expect(await outcomes('phone', texts, { phone_country: 'FR' })).toEqual(
    texts.map(() => '+33612345678'),
  );
});

test('local numbers are in the right column: many of them refuse no file', async () => {
  const texts = Array.from({ length: 150 }, (_, i) => `06 12 34 5${String(1000 + i).slice(1)}`);
  const found = await outcomes('phone', texts);
  expect(found.slice(0, 20)).toEqual(Array(20).fill('phone_without_country'));
});

test('extensions and what is no phone are dropped', async () => {
  const texts = ['+49 30 123456 ext. 5', '030 123456 x12', 'call me', "'+4930123456", '+1 12'];
  expect(await outcomes('phone', texts, { phone_country: 'DE' })).toEqual(
    texts.map(() => 'not_a_phone'),
  );
});

test('a name of a country is its code, and what is neither is dropped', async () => {
  const read = {
    de: 'DE',
    Germany: 'DE',
    Deutschland: 'DE',
    'États-Unis': 'US',
    USA: 'US',
    UK: 'GB',
    'South Korea': 'KR',
    'Côte d’Ivoire': 'CI',
    Atlantis: 'not_a_country',
    XX: 'not_a_country',
    Congo: 'not_a_country',
  };
  expect(await outcomes('country', Object.keys(read))).toEqual(Object.values(read));
});

test('a postcode that lay in a column of floats is a whole number again', async () => {
  expect(await outcomes('postcode', ['75001.0', '08010', 'SW1A 1AA'])).toEqual([
    '75001',
    '08010',
    'SW1A 1AA',
  ]);
});
