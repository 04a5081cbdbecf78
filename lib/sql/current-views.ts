import type { Run } from '../ports/query-engine.ts';
import type { TableContract } from '../tables/contract.ts';
import { quoteName } from './table-select.ts';

/**
 * The views through which readers see published runs only, by name: `current_run` and
 * `published_runs` are literals (so that partitions are pruned at planning on both engines, which a
 * join to a pointer table does not give), the others join them. The first run is the current one.
 * They are rows of one list: a UNION ALL of 800 published dates is too deep for Trino's parser.
 */
export function currentViews(
  tables: readonly TableContract[],
  published: readonly [Run, ...Run[]],
): readonly { readonly name: string; readonly select: string }[] {
  const views = [
    { name: 'current_run', select: runsSelect([published[0]]) },
    { name: 'published_runs', select: runsSelect(published) },
  ];
  for (const { name, storage, columns } of tables) {
    if (storage.kind !== 'run') continue;
    const select = [...Object.keys(columns), 'snapshot_on', 'run_id'].map(
      (c) => `t.${quoteName(c)}`,
    );
    for (const [suffix, runs] of [
      ['current', 'current_run'],
      ['history', 'published_runs'],
    ]) {
      views.push({
        name: `${name}_${suffix}`,
        select: `select ${select.join(', ')} from ${name} t join ${runs} p on t.snapshot_on = p.snapshot_on and t.run_id = p.run_id`,
      });
    }
  }
  return views;
}

function runsSelect(runs: readonly Run[]): string {
  const rows = runs.map(({ snapshotOn, runId }) => `(date '${snapshotOn}', '${runId}')`);
  return `select snapshot_on, cast(run_id as varchar) as run_id from (values ${rows.join(', ')}) as published (snapshot_on, run_id)`;
}
