import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

const header = 'order_id,ordered_at,customer_id,amount,status\n';

function lines(words: readonly string[]): string {
  return words.map((word, i) => `${i},2026-01-05,C${i},10.00,${word}\n`).join('');
}

test('each status word means sold, open, cancelled or given back, and the load tells how many', async () => {
  const words = {
    sold: ['paid', 'Completed', 'processing', 'PAID', 'Partially paid', ''],
    partly_given_back: ['partially_refunded', 'Partially Refunded'],
    given_back: ['refunded', 'Refunded', 'chargeback', 'returned'],
    open: ['pending', 'Pending payment', 'on-hold', 'draft', 'checkout-draft'],
    cancelled: ['failed', 'declined', 'void', 'voided', 'Canceled', 'CANCELLED', 'trash', 'test'],
  };
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': header + lines(Object.values(words).flat()) });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 25, quarantined: 0 });
  const counts = { '': 1, sold: 5, partly_given_back: 2, given_back: 4, open: 5, cancelled: 8 };
  expect(load?.acceptedByStatus).toEqual(counts);
  const [row] = await home.read('load', 'select accepted_by_status from rows');
  expect(JSON.parse(row?.accepted_by_status as string)).toEqual(counts);
  const read = await home.read('accepted/orders', 'select status from rows order by record_number');
  const expected = Object.entries(words).flatMap(([meaning, list]) =>
    list.map((word) => (word === '' ? null : meaning)),
  );
  expect(read.map(({ status }) => status)).toEqual(expected);
});

test('an unknown word is quarantined with the line of configuration that gives it a meaning', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': header + lines(['paid', 'on-head']) });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 1, quarantined: 1 });
  expect(load?.problems[0]).toMatchObject({ column: 'status', rule: 'unknown_status' });
  const [row] = await home.read('quarantine', 'select rule, hint from rows');
  expect(row?.rule).toBe('unknown_status');
  expect(row?.hint).toContain('"status_words": {"on-head": "sold"}');
});

test('a mapping says what words mean, before those that are known', async () => {
  const columns = { order_id: 'No', ordered_at: 'Day', amount: 'Sum', status: 'State' };
  const status_words = { 'On-Head': 'cancelled', Paid: 'open', geparkt: 'open' };
  const home = await makeDropHome({ sources: { till: { orders: { columns, status_words } } } });
  const words = ['on_head', 'paid', 'geparkt', 'shipped'];
  const records = words.map((word, i) => `${i},2026-01-05,10.00,${word}\n`).join('');
  await home.drop({ 'orders/till/a.csv': `No,Day,Sum,State\n${records}` });
  const [load] = await home.ingest();
  expect(load?.acceptedByStatus).toEqual({ cancelled: 1, open: 2, sold: 1 });
});

test('lines are of five kinds, written in any way; another is refused', async () => {
  const home = await makeDropHome();
  const words = ['sale', 'Gift Card', 'gift-card', 'FEE', 'shipping', 'tip', '', 'voucher'];
  await home.drop({
    'orders/a.csv': header.replace('status', 'kind') + lines(words),
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 7, quarantined: 1 });
  expect(load?.problems[0]).toMatchObject({ column: 'kind', rule: 'unknown_kind' });
  const rows = await home.read('accepted/orders', 'select kind from rows order by record_number');
  expect(rows.map(({ kind }) => kind)).toEqual([
    'sale',
    'gift_card',
    'gift_card',
    'fee',
    'shipping',
    'tip',
    null,
  ]);
});
