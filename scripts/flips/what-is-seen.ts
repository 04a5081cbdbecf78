import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPublishedTables, type PublishedTables } from '../../lib/adapters/duckdb/published.ts';
import type { Home } from '../../lib/cli/home.ts';
import { nightOfHome } from '../../lib/cli/night-of-home.ts';
import { requireWholeLedger } from '../../lib/cli/whole-ledger.ts';
import { ClienteleError } from '../../lib/errors.ts';
import { verifyHome } from '../../lib/keeping/verify.ts';
import { readPointer, readPublishedRun } from '../../lib/stages/publish/pointer.ts';
import { allTables } from '../../lib/tables/all.ts';
import { nightAfter } from './make-home.ts';
import { silent } from './silent.ts';

/** What a user gets to see: digests by what was asked, and everything that was told. */
export interface Seen {
  readonly digests: ReadonlyMap<string, string>;
  readonly told: readonly string[];
  /** What ended otherwise than by an error of Clientele's own. */
  readonly crashes: readonly string[];
}

/** Asks a home for all it has, then has it run a night, deliver and verify. */
export async function lookAt(home: Home): Promise<Seen> {
  const digests = new Map<string, string>();
  const told: string[] = [];
  const crashes: string[] = [];
  async function attempt(name: string, work: () => Promise<Record<string, string> | string>) {
    try {
      const seen = await work();
      const named = typeof seen === 'string' ? { [name]: seen } : seen;
      for (const [one, digest] of Object.entries(named)) digests.set(one, digest);
    } catch (error) {
      if (error instanceof ClienteleError) told.push(`${name}: ${error.message}`);
      else crashes.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  await attempt('sql', async () => {
    const tables = await openTables(home);
    try {
      for (const { name, storage } of allTables) {
        if (storage.kind === 'run') {
          await attempt(name, () => tableDigest(tables, name));
          await attempt(`${name}_history`, () => tableDigest(tables, `${name}_history`));
        }
      }
      await attempt('loaded', async () => {
        const loaded = await openTables(home, await requireWholeLedger(home));
        const logs = allTables.filter(({ storage }) => storage.kind === 'log');
        const digests: string[] = [];
        for (const { name } of logs) digests.push(await tableDigest(loaded, name));
        loaded.close();
        return digests.join(' ');
      });
    } finally {
      tables.close();
    }
    return 'done';
  });
  await attempt('verify', async () => {
    const findings = await verifyHome(home);
    told.push(...findings.map(({ key, meaning }) => `verify: ${key ?? meaning}`));
    return 'done';
  });
  await attempt('night', async () => {
    const terminal = silent();
    const night = await nightOfHome(home, terminal, { asOf: nightAfter }).finally(() =>
      told.push(...terminal.said.filter((line) => / is (lost|changed)/.test(line))),
    );
    return {
      ...Object.fromEntries(
        night.tables
          .filter(({ table }) => isPromised(table))
          .map(({ table, files }) => [
            `${table} after`,
            files.map(({ sha256 }) => sha256).join(' '),
          ]),
      ),
      'audiences after': await membersDigest(home.folder),
    };
  });
  return { digests, told, crashes };
}

function isPromised(table: string): boolean {
  return allTables.find(({ name }) => name === table)?.promise !== 'bookkeeping';
}

async function openTables(
  { folder, store }: Home,
  loaded: readonly string[] = [],
): Promise<PublishedTables> {
  const [current, ...earlier] = (await readPointer(store))?.runs ?? [];
  if (current === undefined) throw new Error('nothing is published');
  return await openPublishedTables({
    folder,
    tables: allTables,
    published: [current, ...earlier],
    readRun: (runId) => readPublishedRun(store, runId),
    loaded,
  });
}

async function tableDigest(tables: PublishedTables, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const batch of (await tables.query(`select * from ${name}`)).batches) {
    for (const row of batch) hash.update(`${JSON.stringify(row)}\n`);
  }
  return hash.digest('hex');
}

interface Manifest {
  readonly audience: string;
  readonly replace: boolean;
  readonly files: readonly { readonly key: string; readonly op: string }[];
}

/** Who is in which audience for a tool that imported every delivery, in the order of the runs. */
async function membersDigest(folder: string): Promise<string> {
  const keys = (await readdir(join(folder, 'audiences'), { recursive: true }))
    .filter((key) => key.endsWith('manifest.json'))
    .sort((a, b) => (runOf(a) < runOf(b) ? -1 : 1));
  const members = new Map<string, Set<string>>();
  for (const key of keys) {
    const text = await readFile(join(folder, 'audiences', key), 'utf8');
    const { audience, replace, files }: Manifest = JSON.parse(text);
    const held = replace ? new Set<string>() : (members.get(audience) ?? new Set<string>());
    members.set(audience, held);
    for (const { key: file, op } of files) {
      const lines = (await readFile(join(folder, file), 'utf8')).split('\n').slice(1, -1);
      const customers = lines.map((line) => line.slice(0, line.indexOf(',')));
      for (const customer of customers)
        op === 'upsert' ? held.add(customer) : held.delete(customer);
    }
  }
  const sorted = [...members].map(([audience, held]) => [audience, [...held].sort()]);
  return createHash('sha256').update(JSON.stringify(sorted.sort())).digest('hex');
}

function runOf(key: string): string {
  return /run_id=([^/]+)/.exec(key)?.[1] ?? '';
}
