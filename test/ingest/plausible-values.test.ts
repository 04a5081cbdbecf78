import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

/** The rule that refuses a line of these columns; null: it is accepted. */
async function ruleOf(line: Readonly<Record<string, string>>): Promise<string | null> {
  const home = await makeDropHome();
  const given = { ordered_at: '2026-01-05', customer_id: 'C1', ...line };
  const quoted = Object.values(given).map((text) => `"${text}"`);
  await home.drop({ 'orders/a.csv': `${Object.keys(given).join(',')}\n${quoted.join(',')}\n` });
  const [load] = await home.ingest();
  expect(load?.status).toBe('loaded');
  return load?.problems[0]?.rule ?? null;
}

test.each<[Readonly<Record<string, string>>, string | null]>([
  [{ amount: '1000000000' }, null],
  [{ amount: '1000000000.0001' }, 'implausible_amount'],
  [{ amount: '-1000000000.01' }, 'implausible_amount'],
  [{ amount: '20240101120000' }, 'implausible_amount'],
  [{ amount: '1704067200' }, 'implausible_amount'],
  [{ amount: '99999999999999.9999' }, 'implausible_amount'],
  [{ amount: '123456789012345678901' }, 'implausible_amount'],
  [{ amount: '5', quantity: '1000000' }, null],
  [{ amount: '5', quantity: '1000001' }, 'implausible_quantity'],
  [{ amount: '5', quantity: '4006381333931' }, 'implausible_quantity'],
  [{ quantity: '1000', unit_price: '1000000' }, null],
  [{ quantity: '1001', unit_price: '1000000' }, 'implausible_amount'],
  [{ quantity: '1000000', unit_price: '1000000000' }, 'implausible_amount'],
  [{ amount: '5', unit_price: '1704067200' }, 'implausible_amount'],
  [{ amount: '5', tax: '1704067200' }, 'implausible_amount'],
  [{ amount: '5', order_refund: '1704067200' }, 'implausible_amount'],
])('of %o the rule is %s', async (line, rule) => {
  expect(await ruleOf(line)).toBe(rule);
});

test.each<[string, string | null]>([
  ['1970-01-01T00:00:00Z', 'missing_time'],
  ['1970-01-01', 'missing_time'],
  ['1970-01-01 01:00:00+01:00', 'missing_time'],
  ['1970-01-01T00:00:01Z', null],
  ['1969-12-31T23:59:59Z', 'implausible_date'],
  ['1985-06-01', null],
  ['2200-01-01', 'implausible_date'],
  ['2026-02-03', 'in_the_future'],
])('of an order at %s the rule is %s', async (ordered_at, rule) => {
  expect(await ruleOf({ ordered_at, amount: '5' })).toBe(rule);
});

test.each<[string, string | null]>([
  ['2026-01-06', null],
  ['0000-00-00 00:00:00', null],
  ['0000-00-00', null],
  ['1970-01-01T00:00:00Z', 'missing_time'],
])('of a change at %s the rule is %s', async (updated_at, rule) => {
  expect(await ruleOf({ updated_at, amount: '5' })).toBe(rule);
});

test.each<[Readonly<Record<string, string>>, string | null]>([
  [{ quantity: '1', unit_price: '-5' }, 'negative_price'],
  [{ amount: '12', discount: '-2' }, 'negative_discount'],
  [{ amount: '-12', discount: '-2' }, null],
  [{ amount: '-5', discount: '10' }, null],
  [{ quantity: '-1', amount: '-8', discount: '-2' }, null],
  [{ amount: '', status: 'cancelled' }, null],
  [{ amount: '', status: 'paid' }, 'amount_missing'],
  [{ amount: '', status: '' }, 'amount_missing'],
])('of the signs of %o the rule is %s', async (line, rule) => {
  expect(await ruleOf(line)).toBe(rule);
});

test('a cancelled line without an amount has none, also where amounts hold tax', async () => {
  const columns = { ordered_at: 'Day', amount: 'Sum', tax: 'Tax', status: 'State' };
  const home = await makeDropHome({
    sources: { till: { orders: { columns, amounts_include_tax: { rate: 0.2 } } } },
  });
  await home.drop({
    'orders/till/a.csv': 'Day,Sum,Tax,State\n2026-01-05,,2.00,void\n2026-01-05,12.00,,paid\n',
  });
  await home.ingest();
  expect(
    await home.read('accepted/orders', 'select amount, status from rows order by record_number'),
  ).toEqual([
    { amount: '0.0000', status: 'cancelled' },
    { amount: '10.0000', status: 'sold' },
  ]);
});
