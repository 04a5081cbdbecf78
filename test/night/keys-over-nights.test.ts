import { expect, test } from 'vitest';
import { makeTextHome } from './text-home.ts';

const mapping = { delivers: 'snapshot', columns: { customer_id: 'Id', email: 'Mail' } };

/** Keys by customer number after each of two states of a system's customers, a night after each. */
async function keysAfter(
  ...states: readonly string[]
): Promise<readonly Readonly<Record<string, string>>[]> {
  const home = await makeTextHome({ sources: { crm: { customers: mapping } } });
  const keys: Record<string, string>[] = [];
  for (const [index, state] of states.entries()) {
    await home.drop({ [`drop/customers/crm/${'ab'[index]}.csv`]: `Id,Mail\n${state}` });
    await home.ingest();
    await home.night({ asOf: `2025-12-3${index}` });
    const rows = await home.ask(
      "select value, customer_key from customer_identifier where kind = 'source_id'",
    );
    keys.push(Object.fromEntries(rows.map((row) => [row.value, row.customer_key as string])));
  }
  return keys;
}

const apart = '1,a@x.example\n2,b@x.example\n';
const joined = '1,a@x.example\n2,a@x.example\n';

test('customers who stay who they were keep their keys', async () => {
  const [before, after] = await keysAfter(apart, `${apart}3,c@x.example\n`);
  expect(after).toMatchObject(before ?? {});
  expect(new Set(Object.values(after ?? {})).size).toBe(3);
});

test('of customers who were joined the least key stays', async () => {
  const [before, after] = await keysAfter(apart, joined);
  const least = Object.values(before ?? {}).sort()[0];
  expect(before?.['1']).not.toBe(before?.['2']);
  expect(after).toEqual({ 1: least, 2: least });
});

test('of a customer who was split the part with the least identifier keeps the key', async () => {
  const [before, after] = await keysAfter(joined, apart);
  expect(before?.['1']).toBe(before?.['2']);
  expect(after?.['1']).toBe(before?.['1']);
  expect(after?.['2']).not.toBe(before?.['1']);
});
