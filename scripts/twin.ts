import { inspect, parseArgs } from 'node:util';
import fc from 'fast-check';
import { openMemoryEngine } from '../test/night/memory-engine.ts';
import { contentsOf } from '../test/twin/contents.ts';
import { worldOf } from '../test/twin/shop-world.ts';
import { shops } from '../test/twin/shops.ts';

/*
 * Tables of generated shops against the same figures in plain code (test/twin, test/reference/night).
 *   npm run twin -- --shops 500 --seed 1
 */

const { values } = parseArgs({
  options: {
    shops: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const drawn = { numRuns: Number(values.shops), seed: Number(values.seed) };
const say = (line: string) => process.stdout.write(`${line}\n`);
const began = Date.now();

const counts = new Map<string, number>();
for (const contents of fc.sample(shops, drawn).map(contentsOf)) {
  for (const [name, has] of Object.entries(contents)) {
    counts.set(name, (counts.get(name) ?? 0) + (has ? 1 : 0));
  }
}
say([...counts].map(([name, count]) => `${name} ${count}`).join(', '));

const engine = await openMemoryEngine();
const checked = await fc.check(
  fc.asyncProperty(shops, async (shop) => {
    await engine.clear();
    const world = worldOf(shop);
    await world.write(engine);
    return (await world.firstDifference(engine)) === null;
  }),
  drawn,
);
const [smallest] = checked.counterexample ?? [];
if (smallest !== undefined) {
  await engine.clear();
  const world = worldOf(smallest);
  await world.write(engine);
  say(inspect({ smallest, difference: await world.firstDifference(engine) }, { depth: 9 }));
}
await engine.close();
const seconds = Math.round((Date.now() - began) / 1000);
const verdict = checked.failed ? 'not all equal' : 'equal';
say(`${values.shops} shops of seed ${values.seed}: ${verdict} (${seconds} s)`);
process.exitCode = checked.failed ? 1 : 0;
