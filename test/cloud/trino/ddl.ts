import { partitionColumns } from '../../../lib/sql/table-select.ts';
import type { TableContract } from '../../../lib/tables/contract.ts';

/** The external table of a contract over the folder it is stored in, as Trino declares it. */
export function createTable(table: TableContract, location: string): string {
  const isRun = table.storage.kind === 'run';
  const columns = [
    ...Object.entries(table.columns).map(([name, { type }]) => [name, type] as const),
    ...(isRun ? Object.entries(partitionColumns) : []),
  ];
  const properties = [
    `external_location = '${location}/${table.storage.folder}'`,
    "format = 'PARQUET'",
    ...(isRun ? [`partitioned_by = array[${quoted(Object.keys(partitionColumns))}]`] : []),
  ];
  return `create table ${table.name} (\n  ${columns
    .map(([name, type]) => `"${name}" ${type}`)
    .join(',\n  ')}\n) with (\n  ${properties.join(',\n  ')}\n)`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
