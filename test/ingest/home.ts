import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import type { LoadSummary } from '../../lib/ingest/services.ts';
import type { Row } from '../../lib/ports/query-engine.ts';
import { testSecret } from '../secret.ts';

/** A home that only ingests. */
export interface DropHome {
  readonly folder: string;
  /** Puts files below `drop/`; each is a minute younger than the one before. */
  readonly drop: (files: Readonly<Record<string, string | Buffer>>) => Promise<void>;
  readonly ingest: () => Promise<LoadSummary[]>;
  /** A statement of the engine over files of the home. */
  readonly run: (sql: string) => Promise<void>;
  /** A SELECT over the Parquet files of a folder, as `rows`; none when there is no file yet. */
  readonly read: (folder: string, select: string) => Promise<readonly Row[]>;
}

const firstDelivery = Date.UTC(2026, 0, 31, 12);
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

export async function makeDropHome(configuration: unknown = {}): Promise<DropHome> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-ingest-'));
  folders.push(folder);
  let deliveries = 0;
  const services = {
    store: openFolderStore(folder),
    openFileEngine,
    clock: { now: () => new Date(Date.UTC(2026, 1, 1)) },
    config: parseConfig(configuration),
    secret: testSecret,
    scratch: join(folder, '.scratch'),
  };
  return {
    folder,
    async drop(files) {
      for (const [name, content] of Object.entries(files)) {
        const path = join(folder, 'drop', name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content);
        const at = new Date(firstDelivery + 60_000 * deliveries);
        await utimes(path, at, at);
        deliveries += 1;
      }
    },
    ingest: () => ingestDrop(services),
    async run(sql) {
      const engine = await openFileEngine(folder);
      try {
        await engine.run(sql);
      } finally {
        engine.close();
      }
    },
    async read(table, select) {
      const engine = await openFileEngine(folder);
      try {
        const files = `${folder}/${table}/**/*.parquet`;
        const found = await engine.read(`select count(*) as files from glob('${files}')`);
        if (found[0]?.files === 0) return [];
        return await engine.read(
          `with rows as (select * from read_parquet('${files}', union_by_name = true, hive_partitioning = false)) ${select}`,
        );
      } finally {
        engine.close();
      }
    },
  };
}
