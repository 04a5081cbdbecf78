import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../../errors.ts';
import type { Run, SealedFile, SealedTable } from '../../ports/query-engine.ts';
import type { TableContract } from '../../tables/contract.ts';
import { parquetFiles } from './files-select.ts';

/** The tables of a published run with their files; null of a run that is not published. */
export type ReadPublishedRun = (runId: string) => Promise<readonly SealedTable[] | null>;

/** Finds the files of run tables. */
export interface RunFiles {
  /** Says that a run is being written here: it is no published one. */
  readonly isOwn: (run: Run) => void;
  /** Paths of the files of a table's run. Fails with an EngineError where a published one is damaged. */
  readonly of: (table: TableContract, run: Run) => Promise<readonly string[]>;
  /** Every run of a table that lies in the folder. */
  readonly runsOf: (table: TableContract) => Promise<readonly Run[]>;
}

/**
 * Of a published run the files that were published, each compared with its digest when it is first
 * used; of another what lies in its folder.
 */
export function openRunFiles(folder: string, readRun: ReadPublishedRun): RunFiles {
  const published = new Map<string, readonly SealedTable[]>();
  const compared = new Set<string>();
  const own = new Set<string>();

  async function sealedFiles(table: TableContract, runId: string) {
    if (own.has(runId)) return null;
    const tables = published.get(runId) ?? (await readRun(runId));
    if (tables === null) return null;
    published.set(runId, tables);
    return tables.find((sealed) => sealed.table === table.name)?.files ?? [];
  }

  async function compare(table: TableContract, { key, sha256 }: SealedFile): Promise<void> {
    if (compared.has(key)) return;
    const found = await hashOf(join(folder, key));
    if (found !== sha256) {
      throw new EngineError(
        `Cannot read table ${table.name}: ${key} must be as it was published: found ${found === null ? 'none' : 'another'}. Put it back from a copy of the home; clientele verify tells what else is damaged.`,
      );
    }
    compared.add(key);
  }

  return {
    isOwn: ({ runId }) => own.add(runId),
    of: async (table, run) => {
      const sealed = await sealedFiles(table, run.runId);
      if (sealed === null) return await parquetFiles(join(folder, runFolder(table, run)));
      for (const file of sealed) await compare(table, file);
      return sealed.map(({ key }) => join(folder, key));
    },
    runsOf: async (table) => {
      const root = join(folder, table.storage.folder);
      const runs: Run[] = [];
      for (const date of await namesIn(root)) {
        for (const name of await namesIn(join(root, date))) {
          runs.push({ snapshotOn: afterSign(date), runId: afterSign(name) });
        }
      }
      return runs;
    },
  };
}

export function runFolder(table: TableContract, { snapshotOn, runId }: Run): string {
  return `${table.storage.folder}/snapshot_on=${snapshotOn}/run_id=${runId}`;
}

/** Null where there is no such file. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

/** Of `name=value` folders; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names.filter((name) => name.includes('=')).sort();
}

function afterSign(name: string): string {
  return name.slice(name.indexOf('=') + 1);
}
