import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { benchKey } from './contestants.ts';
import { makeOrdersFile } from './make-file.ts';

// Throughput and memory of ingesting, as ratios to two others in one run. Exit 1 where one is off.
// node bench/ingest/bench.ts [lines, 5000000]

interface Result {
  readonly records: number;
  readonly seconds: number;
  /** Of all processors: what a busy machine does not change. */
  readonly processorSeconds: number;
  readonly megabytes: number;
}

const lines = Number(process.argv[2] ?? 5_000_000);
const script = join(dirname(fileURLToPath(import.meta.url)), 'run-contestant.ts');
const folder = await mkdtemp(join(tmpdir(), 'clientele-bench-'));

async function home(records: number): Promise<string> {
  const path = join(folder, String(records));
  await mkdir(join(path, 'drop', 'orders'), { recursive: true });
  await makeOrdersFile(join(path, benchKey), records);
  return path;
}

async function run(name: string, path: string): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, name, path]);
  const result = JSON.parse(stdout) as Result;
  const rate = Math.round(result.records / result.seconds / 1000);
  process.stdout.write(
    `${name.padEnd(10)} ${String(result.records).padStart(9)} lines ${result.seconds.toFixed(1).padStart(6)} s (processor ${result.processorSeconds.toFixed(1)} s) ${String(rate).padStart(6)} k lines/s ${result.megabytes.toFixed(0).padStart(5)} MB\n`,
  );
  return result;
}

/** The median by time of an odd number of runs, as others use the machine too. */
function median(results: readonly Result[]): Result {
  const inOrder = results.toSorted((a, b) => a.seconds - b.seconds);
  return inOrder[(inOrder.length - 1) / 2] as Result;
}

try {
  const large = await home(lines);
  const small = await home(lines / 5);
  const contest = [
    ['bareCopy', large],
    ['ingest', large],
    ['ingest', small],
    ['rowByRow', small],
  ] as const;
  const results: Result[][] = contest.map(() => []);
  // In turns: a minute that is busy with something else then hits all of them.
  for (let round = 0; round < 3; round += 1) {
    for (const [i, [name, path]] of contest.entries()) {
      await rm(join(path, 'load'), { recursive: true, force: true });
      results[i]?.push(await run(name, path));
    }
  }
  const [bare, ours, oursSmall, rowByRow] = results.map(median) as [Result, Result, Result, Result];
  const speed = (result: Result) => result.records / result.seconds;
  const ratios = [
    ['times faster than row by row', speed(ours) / speed(rowByRow), (x: number) => x >= 3, '>= 3'],
    ['times slower than the bare copy', speed(bare) / speed(ours), (x: number) => x <= 4, '<= 4'],
    [
      'memory of five times the lines',
      ours.megabytes / oursSmall.megabytes,
      (x: number) => x <= 1.2,
      '<= 1.2',
    ],
  ] as const;
  for (const [what, ratio, isGood, wanted] of ratios) {
    process.stdout.write(
      `${isGood(ratio) ? 'ok ' : 'off'} ${ratio.toFixed(2)} ${what} (${wanted})\n`,
    );
    if (!isGood(ratio)) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
