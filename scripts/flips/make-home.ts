import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openSecretFile } from '../../lib/adapters/folder/secret-file.ts';
import { configName } from '../../lib/cli/config-file.ts';
import { withHome } from '../../lib/cli/home.ts';
import { ingestHome } from '../../lib/cli/ingest-home.ts';
import { nightOfHome } from '../../lib/cli/night-of-home.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { sampleSecret } from '../../lib/sample/secret.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { silent } from './silent.ts';

/** Days of the sample's history: two are published, the third is the night after the damage. */
const published = ['2025-12-29', '2025-12-30'];
export const nightAfter = '2025-12-31';

/** A home of everything that can be damaged: compacted parts, refusals, two published dates, audiences. */
export async function makeHome(folder: string, seed: number): Promise<void> {
  const files = [
    { key: configName, body: JSON.stringify(sampleConfiguration) },
    ...makeSampleShop({ customers: 60, seed }),
    ...Array.from({ length: 66 }, (_, day) => ({
      key: `drop/orders/day-${String(day).padStart(2, '0')}x.csv`,
      body: `ordered_at,order_id,customer_id,email,amount\n2025-${10 + (day % 2)}-05,T${day},C${day % 9},c${day % 9}@example.com,${day + 1}\n`,
    })),
  ];
  const delivered = new Date('2025-12-30T12:00:00Z');
  for (const { key, body } of files) {
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, key), body);
    await utimes(join(folder, key), delivered, delivered);
  }
  await openSecretFile(folder).keep(sampleSecret);
  await withHome({ home: folder }, async (home) => {
    await ingestHome(home, silent());
    for (const asOf of published) await nightOfHome(home, silent(), { asOf });
  });
  // Nothing is so young that it could still be under way.
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) await utimes(path, delivered, delivered);
  }
}
