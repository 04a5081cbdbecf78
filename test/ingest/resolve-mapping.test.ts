import { expect, test, vi } from 'vitest';
import { feeds } from '../../lib/feeds/all.ts';
import { feedMapping } from '../../lib/feeds/mapping.ts';
import { makeDropHome } from './home.ts';

const webShop = {
  orders: {
    delimiter: ';',
    columns: { ordered_at: 'Date', customer_id: 'Client', amount: 'Total' },
  },
};
const till = { orders: { columns: { ordered_at: 'Date', customer_id: 'Card', amount: 'Total' } } };

async function ingestOne(sources: unknown, files: Readonly<Record<string, string>>) {
  const home = await makeDropHome({ sources });
  await home.drop(files);
  const [load] = await home.ingest();
  return load;
}

test('a file without a source folder takes the mapping whose headers it has', async () => {
  const load = await ingestOne(
    { web: webShop, till },
    { 'orders/a.csv': 'Date;Client;Total;Other\n2026-01-05;C1;5.00;x\n' },
  );
  expect(load).toMatchObject({ source: 'web', preset: null, accepted: 1 });
});

test('a file that follows the contract needs no mapping, whatever its delimiter', async () => {
  const load = await ingestOne(
    { web: webShop },
    { 'orders/crm/a.csv': 'ordered_at\tcustomer_id\tamount\n2026-01-05\tC1\t5.00\n' },
  );
  expect(load).toMatchObject({ source: 'crm', preset: null, accepted: 1 });
});

test('a header that two mappings read is refused with the advice to use a source folder', async () => {
  const load = await ingestOne(
    { one: till, two: till },
    { 'orders/a.csv': 'Date,Card,Total\n2026-01-05,C1,5\n' },
  );
  expect(load?.problems[0]).toMatchObject({ rule: 'ambiguous_header' });
  expect(load?.problems[0]?.hint).toContain('one, two');
  expect(load?.problems[0]?.hint).toContain('drop/<feed>/<source>/');
});

test('an unknown header is refused with the nearest column of each', async () => {
  const load = await ingestOne(
    {},
    { 'orders/a.csv': 'ordered_at,chanel,qty,amount\n2026-01-05,web,1,5\n' },
  );
  expect(load?.problems[0]).toMatchObject({ rule: 'unknown_header' });
  expect(load?.problems[0]?.hint).toContain('"chanel" (nearest: channel)');
  expect(load?.problems[0]?.hint).toContain('"qty" (nearest: quantity)');
});

test('a header that the mapping of its source reads and the file lacks is named', async () => {
  const load = await ingestOne(
    { till },
    { 'orders/till/a.csv': 'Date,Cart,Total\n2026-01-05,C1,5\n' },
  );
  expect(load?.problems[0]).toMatchObject({ rule: 'missing_column' });
  expect(load?.problems[0]?.hint).toContain('reads "Card"');
  expect(load?.problems[0]?.hint).toContain('nearest header of the file is "Cart"');
});

test('a file without a header is refused without quoting its first record', async () => {
  const load = await ingestOne({}, { 'orders/a.csv': '2026-01-05,jane@example.com,5.00\n' });
  expect(load?.problems[0]?.hint).toContain('looks like data');
  expect(JSON.stringify(load)).not.toContain('jane');
});

test('a declared encoding is read, and its places are left out', async () => {
  const home = await makeDropHome({
    sources: { old: { orders: { ...till.orders, encoding: 'windows-1252' } } },
  });
  const text = 'Date,Card,Total\n2026-01-05,Jos\u00e9 \u0080,5\n2026-01-05,C2,five\n';
  await home.drop({ 'orders/old/a.csv': Buffer.from(text, 'latin1') });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 1, quarantined: 1 });
  expect(load?.problems[0]).toMatchObject({ recordNumber: 2, byteOffset: null });
  const rows = await home.read('accepted/orders', 'select customer_id from rows');
  expect(rows).toEqual([{ customer_id: 'Jos\u00e9 \u20ac' }]);
});

vi.mock('../../lib/presets/found.ts', () => ({
  presets: [
    { name: 'tills-r-us', mappings: { orders: asMapping('Bought') } },
    { name: 'tills-too', mappings: { orders: asMapping('Bought', 'Shop') } },
  ],
}));

function asMapping(day: string, store?: string) {
  const columns = { ordered_at: day, amount: 'Total', ...(store === undefined ? {} : { store }) };
  return feedMapping(feeds.orders).parse({ columns });
}

const bought = 'Bought,Total\n2026-01-05,5\n';

test('a header that a preset reads needs no setting: its source is the folder, else the preset', async () => {
  const named = await ingestOne({}, { 'orders/a.csv': bought });
  expect(named).toMatchObject({ source: 'tills-r-us', preset: 'tills-r-us', accepted: 1 });
  const lying = await ingestOne({}, { 'orders/berlin/a.csv': bought });
  expect(lying).toMatchObject({ source: 'berlin', preset: 'tills-r-us', accepted: 1 });
});

test('a mapping of the configuration goes before a preset', async () => {
  const own = { orders: { columns: { ordered_at: 'Bought', amount: 'Total' } } };
  const load = await ingestOne({ own }, { 'orders/a.csv': bought });
  expect(load).toMatchObject({ source: 'own', preset: null, accepted: 1 });
});

test('a header that two presets read is refused and both are named', async () => {
  const load = await ingestOne({}, { 'orders/a.csv': 'Bought,Total,Shop\n2026-01-05,5,x\n' });
  expect(load?.problems[0]).toMatchObject({ rule: 'ambiguous_header' });
  expect(load?.problems[0]?.hint).toContain('tills-r-us, tills-too');
});
