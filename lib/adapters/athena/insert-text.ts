import { EngineError } from '../../errors.ts';
import type { Run } from '../../ports/query-engine.ts';
import { partitionColumns, quoteName, tableSelect } from '../../sql/table-select.ts';
import type { TableContract } from '../../tables/contract.ts';

/** https://docs.aws.amazon.com/athena/latest/ug/service-limits.html: query string length, bytes. */
const longestText = 262_144;

/** What the text of every query begins with that writes this table of this run. */
export function headComment(table: TableContract, { snapshotOn, runId }: Run): string {
  return `-- clientele writes ${table.name} of run ${runId} (${snapshotOn})\n`;
}

/**
 * The INSERT that writes the rows of a SELECT as the table of a run.
 *
 * `limit all` is there for the order: an ORDER BY in the query of an INSERT is passed over unless a
 * LIMIT or OFFSET stands behind it ("redundant" in Trino's analyzer, "ignored" in Athena's guide on
 * CTAS).
 */
export function insertText(table: TableContract, run: Run, select: string): string {
  const names = Object.keys(table.columns).map(quoteName);
  const places = Object.keys(partitionColumns).map(quoteName);
  const order = table.key.length > 0 ? `\norder by ${table.key.map(quoteName).join(', ')}` : '';
  const text = `${headComment(table, run)}insert into ${table.name} (${[...names, ...places].join(', ')})
select ${names.join(', ')}, date '${run.snapshotOn}', cast('${run.runId}' as varchar)
from (
${tableSelect(table, select)}
) as typed${order}
limit all`;
  const bytes = Buffer.byteLength(text);
  if (bytes > longestText) {
    throw new EngineError(
      `Cannot write table ${table.name}: the text of a query has ${longestText} bytes at most: found ${bytes}.`,
    );
  }
  return text;
}

/** Makes the folder of a run known as a partition; no error when it is known already. */
export function addPartitionText(table: TableContract, { snapshotOn, runId }: Run): string {
  return `alter table ${table.name} add if not exists partition (snapshot_on = '${snapshotOn}', run_id = '${runId}')`;
}

/** Takes runs out of what is known of a table; no error when one is not known. */
export function dropPartitionsText(table: TableContract, runs: readonly Run[]): string {
  const places = runs.map(
    ({ snapshotOn, runId }) => `partition (snapshot_on = '${snapshotOn}', run_id = '${runId}')`,
  );
  return `alter table ${table.name} drop if exists ${places.join(', ')}`;
}

/** Where the files of a table's run lie, with a `/` at the end. */
export function runFolder(table: TableContract, { snapshotOn, runId }: Run): string {
  return `${table.storage.folder}/snapshot_on=${snapshotOn}/run_id=${runId}/`;
}
