import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * Nights of generated shops against the same figures in plain code (test/twin, test/reference/night).
 *   npm run twin -- --shops 500 --seed 1
 */

const { values } = parseArgs({
  options: {
    shops: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const began = Date.now();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'test/twin/'],
  {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: { ...process.env, CLIENTELE_TWIN_SHOPS: values.shops, CLIENTELE_TWIN_SEED: values.seed },
  },
);
const seconds = Math.round((Date.now() - began) / 1000);
const verdict = status === 0 ? 'equal' : 'not all equal';
process.stdout.write(`${values.shops} shops of seed ${values.seed}: ${verdict} (${seconds} s)\n`);
process.exitCode = status ?? 1;
