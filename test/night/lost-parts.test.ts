import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from './home.ts';

test('a night whose accepted rows are gone ends, names their file, and leaves what is published', async () => {
  const home = await makeHome();
  await home.drop({
    'drop/orders/a.csv': 'ordered_at,order_id,customer_id,amount\n2025-12-05,1,ann,10\n',
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  await rm(join(home.folder, 'accepted'), { recursive: true });
  await expect(home.night({ asOf: '2026-01-01' })).rejects.toThrow(
    /Cannot freeze run 2026-01-01-1: every part .* 1 of 1 are lost.*\n {2}- drop\/orders\/a.csv/,
  );
  expect(await home.ask('select run_id, net_sales from sales_order')).toEqual([
    { run_id: '2025-12-31-1', net_sales: '10.0000' },
  ]);
});
