/**
 * Processor time and peak memory of every step of a night over so many made-up customers, 6.4 order
 * lines each, three years of history. Prints a Markdown table, slowest steps first, and the sums by
 * stage. Run: node bench/night/night.ts [customers] [an empty folder to work in]
 */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { runNight } from '../../lib/night/run-night.ts';
import { allTables } from '../../lib/tables/all.ts';
import { testSecret } from '../../test/secret.ts';
import { linesOfShop } from './made-up-lines.ts';

const countCustomers = Number(process.argv[2] ?? 100_000);
const folder = process.argv[3] ?? (await mkdtemp(join(tmpdir(), 'clientele-bench-')));
const print = (line: string) => process.stdout.write(`${line}\n`);
const asOf = '2025-12-31';

await mkdir(join(folder, 'drop/orders'), { recursive: true });
await pipeline(
  Readable.from(linesOfShop(countCustomers, asOf)),
  createWriteStream(join(folder, 'drop/orders/orders.csv')),
);
const store = openFolderStore(folder);
const clock = { now: () => new Date('2026-01-01T03:00:00Z') };
const config = parseConfig({ currency: 'EUR' });
const scratch = join(folder, '.scratch');
await ingestDrop({ store, clock, config, openFileEngine, scratch, secret: testSecret });

interface Cost {
  readonly stage: string;
  readonly step: string;
  readonly rows: number | null;
  readonly seconds: number;
  readonly peakMb: number;
}
const costs: Cost[] = [];
const engine = await openDuckDbEngine({ folder, tables: allTables });
let before = process.cpuUsage();
await runNight(
  { store, clock, config, engine },
  {
    asOf,
    onStep: ({ stage, step, rows }) => {
      const { user, system } = process.cpuUsage(before);
      before = process.cpuUsage();
      const seconds = (user + system) / 1e6;
      costs.push({ stage, step, rows, seconds, peakMb: process.resourceUsage().maxRSS / 1024 });
    },
  },
);
await engine.close();
if (process.argv[3] === undefined) await rm(folder, { recursive: true, force: true });

print(`${countCustomers.toLocaleString('en')} customers\n`);
print('| stage | step | rows | processor time | peak memory of the run up to then |');
print('|---|---|---|---|---|');
for (const { stage, step, rows, seconds, peakMb } of costs.toSorted(
  (left, right) => right.seconds - left.seconds,
)) {
  print(
    `| ${stage} | ${step} | ${rows?.toLocaleString('en') ?? '–'} | ${seconds.toFixed(1)} s | ${peakMb.toFixed(0)} MB |`,
  );
}
for (const [stage, steps] of Map.groupBy(costs, (cost) => cost.stage)) {
  print(
    `| ${stage} | together | | ${steps.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s | |`,
  );
}
