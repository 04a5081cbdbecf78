import { join } from 'node:path';
import { afterAll } from 'vitest';
import { filesSelect, parquetFiles } from '../../lib/adapters/duckdb/files-select.ts';
import type { Run } from '../../lib/ports/query-engine.ts';
import { quoteName } from '../../lib/sql/table-select.ts';
import { allTables } from '../../lib/tables/all.ts';
import { makeHome, type TestHome } from './home.ts';
import { openMemoryEngine } from './memory-engine.ts';
import { nightOfTexts, textsOf, writeTables } from './memory-night.ts';

/** A home whose nights are the texts of some stages, in memory: not audited, published nowhere. */
export interface TextHome extends Pick<TestHome, 'folder' | 'drop' | 'ingest'> {
  readonly night: (options: { readonly asOf: string }) => Promise<void>;
  /** A SELECT over the tables of the last night. */
  readonly ask: TestHome['ask'];
}

const untilFacts = ['freeze', 'records', 'identity', 'facts'];

/** Files are dropped and ingested as in every home. */
export async function makeTextHome(
  configuration: unknown = {},
  stages: readonly string[] = untilFacts,
): Promise<TextHome> {
  const { folder, drop, ingest } = await makeHome(configuration);
  const engine = await openMemoryEngine({ folder });
  afterAll(() => engine.close());
  let current: Run | null = null;
  return {
    folder,
    drop,
    ingest,
    night: async ({ asOf }) => {
      const night = nightOfTexts(configuration, asOf, current);
      for (const table of allTables.filter(({ storage }) => storage.kind === 'log')) {
        const files = await parquetFiles(join(folder, table.storage.folder));
        if (files.length > 0) await engine.fill(table, filesSelect(table, files));
      }
      await writeTables(engine, night, textsOf(...stages));
      current = night.run;
    },
    ask: async (select) => {
      if (current === null) throw new Error('no night was made of the home of the test');
      const shown = tablesOfRun(current, select);
      return await engine.read(shown === '' ? select : `with ${shown} select * from (${select})`);
    },
  };
}

/** Steps that show of each table of runs that a text names the rows of one. */
function tablesOfRun({ snapshotOn, runId }: Run, text: string): string {
  return allTables
    .filter(({ name, storage }) => storage.kind === 'run' && text.includes(name))
    .map(
      ({ name, columns }) =>
        `${name} as (select ${Object.keys(columns).map(quoteName).join(', ')} from main.${name}
         where snapshot_on = date '${snapshotOn}' and run_id = '${runId}')`,
    )
    .join(', ');
}
