import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * Commands killed (SIGKILL) at moments drawn from a seed, then run to their ends: the home must come to
 * what an undisturbed one comes to. So must homes whose disk was full, where this user may mount one.
 *   npm run kills -- --count 200 --seed 1 --disks 5
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    disks: { type: 'string', default: '1' },
  },
});
const count = Number(values.count);
const root = join(import.meta.dirname, '..');
const main = join(root, 'lib/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'clientele-kills-'));

const asOf = ['--as-of', '2025-03-31'];
const commands = [
  ['run', ...asOf],
  ['ingest'],
  ['night', ...asOf],
  ['deliver', '--yes'],
  ['gc'],
] as const;
type Command = (typeof commands)[number];

/** A number from 0 to 1 that follows from the seed and its place: of SHA-256, the same everywhere. */
function drawn(...place: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update([values.seed, ...place].join(' '))
    .digest();
  return digest.readUInt32BE() / 2 ** 32;
}

/** A shop of a few dozen customers: orders of two deliveries, a refused file, customers with consent. */
function writeDrop(home: string): void {
  const order = (i: number) =>
    `2025-0${1 + (i % 3)}-${String(1 + (i % 27)).padStart(2, '0')},o${i},c${(i * 7) % 40},${5 + (i % 50)}.00\n`;
  const header = 'ordered_at,order_id,customer_id,amount\n';
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => order(from + i)).join('');
  const customers = Array.from(
    { length: 40 },
    (_, i) => `c${i},c${i}@example.com,${i % 3 === 0 ? 'false' : 'true'}\n`,
  );
  const files = {
    'drop/orders/a.csv': header + rows(0, 150),
    'drop/orders/b.csv': `${header}${rows(140, 260)}never,o999,c1,5.00\n`,
    'drop/orders/refused.csv': 'nothing,that,is,known\n',
    'drop/customers/c.csv': `customer_id,email,consent_email\n${customers.join('')}`,
    'clientele.config.json': '{"currency":"EUR"}\n',
  };
  for (const [key, body] of Object.entries(files)) {
    mkdirSync(dirname(join(home, key)), { recursive: true });
    writeFileSync(join(home, key), body);
  }
}

function argsOf(home: string, [name, ...more]: Command): string[] {
  return [main, name, '--home', home, ...more];
}

/** How long a command works when nobody disturbs it, and how many lines it says of its progress. */
interface Course {
  readonly ms: number;
  readonly lines: number;
}

/** Runs a command to its end. Fails where it does not end with 0 or with what refused files cost. */
function finish(home: string, command: Command): Course {
  const began = Date.now();
  const { status, stderr } = spawnSync(process.execPath, argsOf(home, command), {
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 2) {
    throw new Error(`${command[0]} ended with ${status} after a kill: ${stderr.slice(-500)}`);
  }
  return { ms: Date.now() - began, lines: stderr.split('\n').length - 1 };
}

/**
 * Runs a command and kills it so many milliseconds after it has said so many lines; whether it was
 * still at work.
 */
async function kill(home: string, command: Command, { lines, ms }: Course): Promise<boolean> {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child = spawn(process.execPath, argsOf(home, command), { stdio: [...stdio] });
  let left = lines;
  const wait = () => {
    if (left <= 0) setTimeout(() => child.kill('SIGKILL'), ms);
  };
  wait();
  child.stderr?.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    left -= chunk.toString().split('\n').length - 1;
    wait();
  });
  const signal = await new Promise((done) => child.once('exit', (_code, by) => done(by)));
  return signal === 'SIGKILL';
}

/** Publishing and delivery are the last lines of a night: every third kill falls there. */
const lastLines = 12;

/** A moment of a command: by its lines where it says many, else by time. */
function moment({ ms, lines }: Course, place: readonly (string | number)[]): Course {
  if (lines < lastLines) return { lines: 0, ms: ms * drawn('time', ...place) };
  const isLate = drawn('late', ...place) < 1 / 3;
  const share = drawn('line', ...place);
  const line = isLate ? lines - lastLines * share : lines * share;
  return { lines: Math.floor(line), ms: 100 * drawn('time', ...place) };
}

/** The published tables by name and digest, but for those that tell of runs and deliveries. */
function tablesOf(home: string): string {
  const bookkeeping = /^(run|run_input|delivered_content)$/;
  const { tables } = JSON.parse(readFileSync(join(home, 'published/latest.json'), 'utf8')) as {
    tables: Record<string, { rows: number; sha256: string }>;
  };
  return Object.entries(tables)
    .filter(([name]) => !bookkeeping.test(name))
    .map(([name, { rows, sha256 }]) => `${name} ${rows} ${sha256}`)
    .sort()
    .join('\n');
}

/** Who is in which audience when all files are imported in the order of their runs, as a tool would. */
function audiencesOf(home: string): string {
  const members = new Map<string, Set<string>>();
  const names = pathsOf(join(home, 'audiences')).filter((name) => name.endsWith('manifest.json'));
  const runOf = (name: string) => Number(/-(\d+)\/manifest[.]json$/.exec(name)?.[1]);
  for (const name of names.sort((a, b) => runOf(a) - runOf(b))) {
    const place = join(home, 'audiences', name);
    const manifest = JSON.parse(readFileSync(place, 'utf8')) as {
      audience: string;
      replace: boolean;
    };
    const held = manifest.replace
      ? new Set<string>()
      : (members.get(manifest.audience) ?? new Set());
    const keysIn = (op: string) =>
      readdirSync(dirname(place))
        .filter((file) => file.startsWith(op))
        .flatMap((file) =>
          readFileSync(join(dirname(place), file), 'utf8')
            .split('\n')
            .slice(1),
        )
        .map((line) => line.split(',')[0] ?? '')
        .filter(Boolean);
    for (const key of keysIn('upsert')) held.add(key);
    for (const key of keysIn('remove')) held.delete(key);
    members.set(manifest.audience, held);
  }
  return [...members]
    .map(([audience, keys]) => `${audience} ${[...keys].sort().join(' ')}`)
    .sort()
    .join('\n');
}

function pathsOf(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
}

/** What lies in the scratch beside its locks. */
function leftovers(home: string): string[] {
  return pathsOf(join(home, '.scratch')).filter((name) => !/^(lock|work)[.]sqlite/.test(name));
}

/** The first thing that differs from the undisturbed home; null: nothing. */
function difference(home: string, clean: string): string | null {
  if (tablesOf(home) !== tablesOf(clean)) return 'other tables are published';
  if (audiencesOf(home) !== audiencesOf(clean)) return 'other members were delivered in sum';
  const left = leftovers(home);
  return left.length === 0 ? null : `left over: ${left.join(', ')}`;
}

/**
 * A home on a disk that is full before the night is done, and grows then: what went wrong; null where
 * nothing did, or where this user may not mount one.
 */
function fullDisk(index: number): string | null {
  const disk = mkdtempSync(join(folder, 'disk-'));
  const kibibytes = 60 + Math.floor(350 * drawn('disk', index));
  const mount = (...options: readonly string[]) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', disk]).status === 0;
  if (!mount(`size=${kibibytes}k`)) {
    process.stdout.write('no full disk: this user may not mount one\n');
    return null;
  }
  try {
    const home = join(disk, 'home');
    cpSync(start, home, { recursive: true, preserveTimestamps: true });
    const { status, stderr } = spawnSync(process.execPath, argsOf(home, commands[0]), {
      encoding: 'utf8',
    });
    if (status !== 4 || stderr.includes('\n    at ')) {
      return `a disk of ${kibibytes} KiB ended with ${status}: ${stderr.slice(-300)}`;
    }
    if (!mount('remount', 'size=1g')) return 'the disk could not be made larger';
    for (const command of commands) finish(home, command);
    return difference(home, clean);
  } finally {
    spawnSync('umount', [disk]);
  }
}

const began = Date.now();
const start = join(folder, 'start');
writeDrop(start);
// One secret and one time of delivery for all, so that the bytes are the same.
execFileSync(process.execPath, [main, 'key', '--home', start], { stdio: 'ignore' });
const clean = join(folder, 'clean');
cpSync(start, clean, { recursive: true, preserveTimestamps: true });
const courses = new Map(commands.map((command) => [command[0], finish(clean, command)]));

let killed = 0;
let failed = 0;
for (let home = 0; killed < count; home += 1) {
  const place = join(folder, `home-${home}`);
  cpSync(start, place, { recursive: true, preserveTimestamps: true });
  // Each command of the row may be killed several times before it is run to its end.
  for (const command of commands) {
    const kills = killed < count ? 1 + Math.floor(2 * drawn('kills', home, command[0])) : 0;
    for (let i = 0; i < kills && killed < count; i += 1) {
      const course = courses.get(command[0]) as Course;
      if (await kill(place, command, moment(course, [home, command[0], i]))) killed += 1;
    }
    finish(place, command);
  }
  const found = difference(place, clean);
  if (found !== null) failed += 1;
  if (found !== null) process.stdout.write(`home ${home}: ${found}: ${place}\n`);
  else rmSync(place, { recursive: true, force: true });
}
for (let disk = 0; disk < Number(values.disks); disk += 1) {
  const found = fullDisk(disk);
  if (found !== null) failed += 1;
  if (found !== null) process.stdout.write(`disk ${disk}: ${found}\n`);
}
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(
  `${killed} kills of seed ${values.seed}: ${failed} homes came to something else (${seconds} s)\n`,
);
if (failed === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
