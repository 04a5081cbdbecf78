import { expect, test } from 'vitest';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { openSecretFile } from '../../lib/adapters/folder/secret-file.ts';
import { openHomeSecret } from '../../lib/keys/home-secret.ts';
import { makeHome } from '../night/home.ts';

test('sql cannot read the secret, nor anything else of the home but its tables', async () => {
  const home = await makeHome();
  const { folder } = home;
  await home.drop({ 'drop/orders/a.csv': 'ordered_at,customer_id,amount\n2025-01-05,a,10\n' });
  await home.ingest();
  await home.night({ asOf: '2025-01-31' });
  await openHomeSecret({ store: openFolderStore(folder), keeper: openSecretFile(folder) });
  const secrets = ['.secret-key', 'tables/../.secret-key', '.scratch/../.secret-key'];
  for (const path of [...secrets, 'drop/orders/a.csv', 'keys/fingerprint.json']) {
    for (const read of ['read_text', 'read_blob', 'read_csv']) {
      const asked = home.ask(`select * from ${read}('${folder}/${path}')`);
      await expect(asked, `${read} ${path}`).rejects.toThrow('file system operations are disabled');
    }
  }
  const listed = await home
    .ask(`select file from glob('${folder}/*') union all select 'x'`)
    .catch(() => []);
  expect(JSON.stringify(listed)).not.toContain('.secret-key');
  const [read] = await home.ask('select count(*) as n from sales_order');
  expect(read).toEqual({ n: 1 });
});
