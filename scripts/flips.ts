import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withHome } from '../lib/cli/home.ts';
import { makeRandom } from '../lib/sample/random.ts';
import { damageOne } from './flips/damage.ts';
import { makeHome } from './flips/make-home.ts';
import { lookAt, type Seen } from './flips/what-is-seen.ts';

/**
 * Damages single files of a small home, each in a fresh copy: one bit flipped, cut short or deleted.
 * Whatever is asked of the home then must be told, healed or as it was before.
 *   npm run flips -- --count 200 --seed 1
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed);
const began = Date.now();
const outcomes = { told: 0, healed: 0, 'of no consequence': 0, WRONG: 0 };

const scratch = await mkdtemp(join(tmpdir(), 'clientele-flips-'));
try {
  const template = join(scratch, 'template');
  await makeHome(template, seed);
  const before = await seenIn(await copyOf(template, 'before'));
  if (before.told.length + before.crashes.length > 0) throw new Error(faultsOf(before).join('\n'));
  for (let i = Number(values.from); i < Number(values.from) + Number(values.count); i += 1) {
    const random = makeRandom(seed, i);
    const home = await copyOf(template, `home-${i}`);
    const { key, kind } = await damageOne(home, random);
    const isDropKept = random.chance(0.5);
    if (!isDropKept) await rm(join(home, 'drop'), { recursive: true });
    const seen = await seenIn(home);
    const different = [...seen.digests].filter(
      ([name, digest]) => digest !== before.digests.get(name),
    );
    const isNightDone = seen.digests.has('audiences after');
    const isWrong = seen.crashes.length > 0 || (different.length > 0 && seen.told.length === 0);
    const outcome = isWrong
      ? 'WRONG'
      : seen.told.length === 0
        ? 'of no consequence'
        : isNightDone && different.length === 0
          ? 'healed'
          : 'told';
    outcomes[outcome] += 1;
    const differs = different.map(([name]) => name).join(' ');
    process.stdout.write(
      `${i} ${kind} of ${key}${isDropKept ? '' : ', drop/ gone'}: ${outcome}${differs === '' ? '' : ` (different: ${differs})`}\n`,
    );
    if (isWrong) process.stdout.write(`${faultsOf(seen).join('\n')}\n`);
    await rm(home, { recursive: true });
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(
  `${values.count} damages of seed ${seed}: ${counts.join(', ')} (${seconds} s)\n`,
);
process.exitCode = outcomes.WRONG === 0 ? 0 : 1;

async function copyOf(template: string, name: string): Promise<string> {
  const copy = join(scratch, name);
  await cp(template, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

async function seenIn(folder: string): Promise<Seen> {
  return await withHome({ home: folder }, lookAt);
}

function faultsOf({ told, crashes }: Seen): string[] {
  return [...crashes, ...told].map((line) => `    ${line}`);
}
