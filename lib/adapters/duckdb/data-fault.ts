import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../../sql/table-select.ts';
import type { TableContract } from '../../tables/contract.ts';
import { readRows } from './rows.ts';

/** What DuckDB calls failures that rest on values. */
const dataErrors = /^(Conversion|Out of Range|Invalid Input) Error/;

/**
 * Where a SELECT failed on its data: the column of the table that cannot be made, and the record where
 * the rows name theirs. Null where it was no value, or where no column fails by itself.
 */
export async function dataFault(
  connection: DuckDBConnection,
  table: TableContract,
  { select, cause }: { readonly select: string; readonly cause: unknown },
): Promise<string | null> {
  if (!dataErrors.test(cause instanceof Error ? cause.message : '')) return null;
  for (const [column, { type }] of Object.entries(table.columns)) {
    const value = quoteName(column);
    const made = `select count(cast(${value} as ${type})) as made from (${select})`;
    if (await isRead(connection, made)) continue;
    const [record] = await readRows(
      connection,
      `select load_id, record_number from (${select}) where ${value} is not null and try_cast(${value} as ${type}) is null order by load_id, record_number limit 1`,
    ).catch(() => []);
    const place =
      record === undefined ? '' : ` of record ${record.record_number} of load ${record.load_id}`;
    return `column ${column}${place} must be ${type}`;
  }
  return null;
}

async function isRead(connection: DuckDBConnection, select: string): Promise<boolean> {
  try {
    await readRows(connection, select);
    return true;
  } catch {
    return false;
  }
}
