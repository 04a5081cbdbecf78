import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { makeRandom } from '../lib/sample/random.ts';
import { type Change, changesOf } from '../test/sql/changes.ts';
import { textFaults } from '../test/sql/text-faults.ts';
import { drawn as drawnShops } from '../test/twin/drawn.ts';
import { worldOf } from '../test/twin/shop-world.ts';
import { shops } from '../test/twin/shops.ts';
import { copyCheckout } from './mutants/copy-checkout.ts';
import { equalBecause } from './mutants/equal-texts.ts';
import { QuickTests } from './mutants/quick-tests.ts';
import { testsOf } from './mutants/tests-of.ts';
import { OpenWorlds } from './mutants/worlds.ts';

/*
 * Changes one operator, constant, join or condition of the night's SQL at a time and asks whether a unit
 * test notices: first those that need no process of their own (the form of texts, the twin's shops),
 * then the others of that text, in a copy of the checkout. A change that none notices is printed, with
 * the reason where it changes nothing that can be seen.
 *   npm run mutants -- --count 100 --seed 1 [--only kpis/]
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    /** Of texts whose path holds it. */
    only: { type: 'string', default: '' },
  },
});
const root = join(import.meta.dirname, '..');
const stages = join(root, 'lib/stages');

interface Mutant extends Change {
  readonly file: string;
  /** The line as it was. */
  readonly was: string;
}

const mutants: Mutant[] = globSync('**/*.sql', { cwd: stages })
  .filter((file) => file.includes(values.only))
  .sort()
  .flatMap((file) => {
    const sql = readFileSync(join(stages, file), 'utf8');
    const lines = sql.split('\n');
    return changesOf(sql).map((change) => ({
      ...change,
      file,
      was: (lines[change.line - 1] ?? '').trim(),
    }));
  });
const drawn = sample(mutants, Number(values.count), Number(values.seed));

const say = (line: string) => process.stdout.write(`${line}\n`);
const copy = copyCheckout(root);
const quick = new QuickTests(copy.folder);
const worlds = new OpenWorlds(fc.sample(shops, drawnShops).map(worldOf), {
  root,
  copy: copy.folder,
});
let caught = 0;
let equal = 0;
const survivors: string[] = [];
try {
  for (const [index, mutant] of drawn.entries()) {
    const { file, line, says, was } = mutant;
    const place = `${index + 1}/${drawn.length} lib/stages/${file}:${line} ${says}`;
    const reason = equalBecause(mutant);
    if (reason !== undefined) {
      equal += 1;
      say(`equal     ${place} (${reason})`);
      continue;
    }
    const by = await noticedBy(mutant);
    if (by === undefined) survivors.push(`lib/stages/${file}:${line} ${says}\n          ${was}`);
    else caught += 1;
    say(by === undefined ? `SURVIVED  ${place}` : `caught    ${place} (${by})`);
  }
} finally {
  copy.remove();
  await worlds.close();
}
if (survivors.length > 0) say(`\nNo test notices:\n  ${survivors.join('\n  ')}`);
const judged = caught + survivors.length;
say(
  `\n${caught} of ${judged} changes caught, ${survivors.length} survived, ${equal} change nothing (of ${mutants.length} possible, seed ${values.seed})`,
);
// at least 95 of 100; of fewer one may survive
process.exitCode = survivors.length <= Math.ceil(judged / 20) ? 0 : 1;

/** What notices it first. */
async function noticedBy({ file, sql }: Mutant): Promise<string | undefined> {
  if (textFaults(file, sql).length > 0) return 'test/sql';
  const { fixtures, nights } = testsOf(copy.folder, file);
  const failing = async (tests: readonly string[]) => {
    for (const test of tests) {
      await quick.load(test);
      if (await copy.withText(`lib/stages/${file}`, sql, () => quick.fails(test))) return test;
    }
    return undefined;
  };
  const byFixture = await failing(fixtures);
  if (byFixture !== undefined) return byFixture;
  if (await worlds.notice(basename(file, '.sql'), sql)) return 'test/twin';
  return await failing(nights);
}

/** So many of them without repeats, in an order that is a function of the seed. */
function sample<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const random = makeRandom(seed, 0);
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(...left.splice(random.below(left.length), 1));
  }
  return taken;
}
