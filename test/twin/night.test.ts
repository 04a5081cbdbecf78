import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { makeHome } from '../night/home.ts';
import { openMemoryEngine } from '../night/memory-engine.ts';
import { stagesUntil } from '../night/stages-until.ts';
import { contentsOf } from './contents.ts';
import { drawn } from './drawn.ts';
import { filesOf } from './files.ts';
import { worldOf } from './shop-world.ts';
import { shops } from './shops.ts';
import { comparedTables } from './tables.ts';

const engine = await openMemoryEngine();
afterAll(() => engine.close());

test('tables of generated shops are what plain code makes of their rows', async () => {
  await fc.assert(
    fc.asyncProperty(shops, async (shop) => {
      await engine.clear();
      const world = worldOf(shop);
      await world.write(engine);
      const { table, found, expected } = (await world.firstDifference(engine)) ?? {};
      expect(found, table).toEqual(expected);
    }),
    { ...drawn, endOnFailure: true },
  );
});

test('the shops have what makes nights hard', () => {
  const contents = fc.sample(shops, drawn).map(contentsOf);
  const lacking = Object.keys(contents[0] ?? {}).filter(
    (name) => !contents.some((content) => content[name]),
  );
  expect(lacking).toEqual([]);
});

test("what a night publishes of a shop's files is the same", async () => {
  const [shop] = fc.sample(shops, { numRuns: 1, seed: 7 });
  if (shop === undefined) throw new Error('a shop is required');
  const home = await makeHome({ time_zone: shop.timeZone, margin_rate: shop.marginRate });
  await home.drop(filesOf(shop));
  const loads = await home.ingest();
  expect(loads.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
  await home.night({ asOf: shop.asOf, stages: stagesUntil('kpis') });
  for await (const { table, found, expected } of comparedTables(shop, home.ask)) {
    expect(found.length, table).toBeGreaterThan(0);
    expect(found, table).toEqual(expected);
  }
});
