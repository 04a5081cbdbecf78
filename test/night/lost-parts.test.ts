import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from './home.ts';

test('a night whose accepted rows are gone ends, names their file, and leaves what is published', async () => {
  const home = await makeHome();
  const files = {
    'drop/orders/a.csv': 'ordered_at,order_id,customer_id,amount\n2025-12-05,1,ann,10\n',
  };
  await home.drop(files);
  const [load] = await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  await rm(join(home.folder, 'accepted'), { recursive: true });
  const part = `load=${load?.loadId}/part.parquet`;
  await writeFile(join(home.folder, 'load/orders', part), 'spoilt');
  await expect(home.night({ asOf: '2026-01-01' })).rejects.toThrow(
    `  - accepted/orders/${part} is lost: deliver drop/orders/a.csv again, and it is loaded anew.\n  - load/orders/${part} is changed:`,
  );
  expect(await home.ask('select run_id, net_sales from sales_order')).toEqual([
    { run_id: '2025-12-31-1', net_sales: '10.0000' },
  ]);

  // The same content delivered again is loaded again only where its load is spoilt.
  await home.drop(files);
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['loaded']);
  await home.drop(files);
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['unchanged']);
  await home.night({ asOf: '2026-01-01' });
  expect(await home.ask('select run_id, net_sales from sales_order')).toEqual([
    { run_id: '2026-01-01-2', net_sales: '10.0000' },
  ]);
});
