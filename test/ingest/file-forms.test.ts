import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

const table = 'order_id\tordered_at\tcustomer_id\tamount\n1\t2026-01-05\tMüller\t5.00\n';

test.each(['orders/a.tsv', 'orders/a.txt', 'orders/a.TXT', 'orders/a.csv'])(
  'tabs are read in %s',
  async (key) => {
    const home = await makeDropHome();
    await home.drop({ [key]: table });
    expect(await home.ingest()).toMatchObject([{ status: 'loaded', accepted: 1 }]);
  },
);

test('a semicolon is read in a .txt, too: the content says what separates', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.txt': table.replaceAll('\t', ';') });
  expect(await home.ingest()).toMatchObject([{ status: 'loaded', accepted: 1 }]);
});

test.each(['a.xlsx', 'a.XLS', 'a.ods'])('%s is refused with the way to a CSV', async (name) => {
  const home = await makeDropHome();
  await home.drop({ [`orders/${name}`]: 'x' });
  const [load] = await home.ingest();
  expect(load?.problems[0]).toMatchObject({ rule: 'workbook' });
  expect(load?.problems[0]?.hint).toContain('CSV UTF-8');
});

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

test.each<[string, Buffer, object]>([
  ['UTF-16 little-endian', Buffer.from(`\ufeff${table}`, 'utf16le'), {}],
  ['UTF-16 big-endian', bigEndian(`\ufeff${table}`), {}],
  ['UTF-8', Buffer.from(`\ufeff${table}`), {}],
  [
    'UTF-8 though another encoding is set',
    Buffer.from(`\ufeff${table}`),
    { encoding: 'windows-1252' },
  ],
])('a byte order mark says that a file is %s', async (_, content, settings) => {
  const columns = {
    order_id: 'order_id',
    ordered_at: 'ordered_at',
    customer_id: 'customer_id',
    amount: 'amount',
  };
  const home = await makeDropHome({ sources: { till: { orders: { ...settings, columns } } } });
  await home.drop({ 'orders/till/a.csv': content });
  expect(await home.ingest()).toMatchObject([{ status: 'loaded', accepted: 1 }]);
  expect(await home.read('accepted/orders', 'select order_id, customer_id from rows')).toEqual([
    { order_id: '1', customer_id: 'Müller' },
  ]);
});
