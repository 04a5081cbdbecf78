import { partitionColumns } from '../../../lib/sql/table-select.ts';
import type { TableContract } from '../../../lib/tables/contract.ts';

/** The external table of a contract as Athena's own DDL declares it; the stack uses Glue's API. */
export function createHiveTable(database: string, table: TableContract, location: string): string {
  const columns = Object.entries(table.columns).map(([name, { type }]) => [name, type] as const);
  const partitions =
    table.storage.kind === 'run'
      ? `partitioned by (${listOf(Object.entries(partitionColumns))})`
      : '';
  return `create external table ${database}.${table.name} (${listOf(columns)}) ${partitions}
    stored as parquet location '${location}/${table.storage.folder}/'`;
}

function listOf(columns: readonly (readonly [string, string])[]): string {
  return columns
    .map(([name, type]) => `\`${name}\` ${type.replace('varchar', 'string').replace('(3)', '')}`)
    .join(', ');
}
