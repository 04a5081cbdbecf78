import { literal, name } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { Row, Value } from '../../ports/query-engine.ts';
import type { TableContract } from '../../tables/contract.ts';
import { engineType } from './engine-type.ts';

/** Rows that are held in memory together, per thread. */
const rowGroup = 61_440;

/** Writes a SELECT as Parquet to a local file, in the order of its rows. */
export async function writeParquet(
  engine: FileEngine,
  select: string,
  path: string,
): Promise<void> {
  await engine.run(
    `copy (${select}) to ${literal(path)} (format parquet, compression zstd, row_group_size ${rowGroup})`,
  );
}

/** Writes a few rows of a table as Parquet to a local file; a missing column is NULL. */
export async function writeParquetRows(
  engine: FileEngine,
  table: TableContract,
  rows: readonly Row[],
  path: string,
): Promise<void> {
  const columns = Object.entries(table.columns);
  const selects = rows.map((row) => {
    const cells = columns.map(
      ([column, { type }]) =>
        `cast(${valueSql(row[column] ?? null)} as ${engineType(type)}) as ${name(column)}`,
    );
    return `select ${cells.join(', ')}`;
  });
  await writeParquet(engine, selects.join(' union all '), path);
}

function valueSql(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? literal(value) : String(value);
}

/** A moment as the port's text: `2026-01-31 09:30:00.000`. */
export function instantText(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace('Z', '');
}
