import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptySelect } from '../../sql/table-select.ts';
import type { TableContract } from '../../tables/contract.ts';
import { quoteText } from './connection.ts';

/** The view of a table: by column name, a column that an older file lacks being NULL. */
export function filesSelect(table: TableContract, files: readonly string[]): string {
  if (files.length === 0) return emptySelect(table);
  const partitioned = table.storage.kind === 'run';
  const options = partitioned
    ? 'hive_partitioning = true, hive_types_autocast = false, hive_types = {snapshot_on: date, run_id: varchar}'
    : 'hive_partitioning = false';
  const list = files.map(quoteText).join(', ');
  return `${emptySelect(table)} union all by name select * from read_parquet([${list}], union_by_name = true, ${options})`;
}

/** Whether a text names a table, or its view of the current run or of every date. */
export function namesTable(text: string, { name }: TableContract): boolean {
  return new RegExp(`\\b${name}(_current|_history)?\\b`, 'i').test(text);
}

/** Where tables lie, below their home: SQL need not see what else is there. */
export function foldersOf(tables: readonly TableContract[]): string[] {
  return tables.map(({ storage }) => storage.folder);
}

/** Every Parquet file below a folder, in path order; none where the folder is missing. */
export async function parquetFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
