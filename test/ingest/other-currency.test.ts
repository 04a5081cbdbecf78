import { expect, test } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { testSecret } from '../secret.ts';
import { makeDropHome } from './home.ts';

const header = 'order_id,ordered_at,customer_id,amount,currency\n';

test('a line in another currency than the reporting one is refused, the others are loaded', async () => {
  const home = await makeDropHome({ currency: 'EUR' });
  const lines = [
    '1,2026-01-05,C1,10.00,EUR',
    '2,2026-01-05,C2,10.00,usd',
    '3,2026-01-05,C3,10.00,',
  ];
  await home.drop({ 'orders/a.csv': `${header}${lines.join('\n')}\n` });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 2, quarantined: 1 });
  expect(load?.problems).toMatchObject([
    { recordNumber: 2, column: 'currency', rule: 'other_currency' },
  ]);
});

test('a file all in another currency is read once the setting says so', async () => {
  const home = await makeDropHome();
  const lines = Array.from({ length: 100 }, (_, i) => `${i},2026-01-05,C${i},10.00,USD`);
  await home.drop({ 'orders/a.csv': `${header}${lines.join('\n')}\n` });
  const ingestAs = (currency: string) =>
    ingestDrop({
      store: openFolderStore(home.folder),
      openFileEngine,
      clock: { now: () => new Date(Date.UTC(2026, 1, 2)) },
      config: parseConfig({ currency }),
      secret: testSecret,
      scratch: `${home.folder}/.scratch`,
    });
  const [asEuros] = await ingestAs('EUR');
  expect(asEuros).toMatchObject({ status: 'refused', accepted: 0 });
  const [asDollars] = await ingestAs('USD');
  expect(asDollars).toMatchObject({ status: 'loaded', accepted: 100 });
  expect(asDollars?.loadId).not.toBe(asEuros?.loadId);
});
