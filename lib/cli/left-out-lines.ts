import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { commandText } from './command-text.ts';

const leftOut = `
select object_key, load_id, standing, count_rows, rows_before
from delivered_content
where snapshot_on = :as_of and run_id = :run_id and standing in ('withdrawn', 'held')
order by standing, object_key, load_id`;

/** The contents that a night left out though they were loaded, and what to do about them. */
export async function leftOutLines(
  engine: QueryEngine,
  run: Run,
  { home }: { readonly home: string },
): Promise<readonly string[]> {
  const rows = await engine.read(
    bind(leftOut, {
      as_of: { type: 'date', value: run.snapshotOn },
      run_id: { type: 'text', value: run.runId },
    }),
  );
  return rows.map(({ object_key, load_id, standing, count_rows, rows_before }) => {
    const counted = (rows: unknown) => `${Number(rows).toLocaleString('en')} rows`;
    if (standing === 'withdrawn') return `${object_key} is withdrawn: ${counted(count_rows)}`;
    return `${object_key} is held back: a snapshot must have half of the rows of the one before (${counted(rows_before)}): found ${counted(count_rows)}. Where it is right all the same: ${commandText('withdraw', { home }, String(load_id), '--undo')}`;
  });
}
