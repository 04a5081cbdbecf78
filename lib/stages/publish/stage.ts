import type { Row } from '../../ports/query-engine.ts';
import { readReportContent } from '../../report/content.ts';
import { allTables } from '../../tables/all.ts';
import { run } from '../../tables/run.ts';
import { en } from '../../words/en.ts';
import type { ComputeStep, Night, Stage } from '../stage.ts';
import { audit } from './audit.ts';
import { movePointer, showPublished } from './pointer.ts';

const runTables = allTables.filter(({ storage }) => storage.kind === 'run');

/** A step that reads the run and writes no table of it. */
function act(name: string, work: (night: Night) => Promise<void>): ComputeStep {
  const compute = async (night: Night): Promise<readonly Row[]> => {
    await work(night);
    return [];
  };
  return { kind: 'compute', name, reads: runTables, writes: null, compute };
}

export const publish: Stage = {
  name: 'publish',
  steps: [
    act('audit', (night) => audit(night, allTables)),
    {
      kind: 'compute',
      name: 'run',
      reads: [],
      writes: run,
      compute: async ({ clock, pointer, sealed }) => [
        {
          published_at: clock.now().toISOString().replace('T', ' ').replace('Z', ''),
          previous_run_id: pointer?.current.runId ?? null,
          count_tables: sealed.size,
          count_rows: [...sealed.values()].reduce((sum, { rows }) => sum + rows, 0),
        },
      ],
    },
    act('pointer', async ({ store, engine, run: published, pointer, sealed }) => {
      const tables = [...sealed.values()];
      await movePointer(store, published, { from: pointer, tables });
      await showPublished(store, engine);
    }),
    act('report', async ({ store, engine, run: published }) => {
      // Its drawing library is large, and of all steps needed by this one alone.
      const { renderReport } = await import('../../report/report.ts');
      const content = await readReportContent(engine, published);
      await store.put(
        `reports/${published.snapshotOn}/index.html`,
        await renderReport(content, en),
      );
    }),
  ],
};
