import type { ColumnType } from '../../tables/contract.ts';

/** The embedded engine's name of a column's type. */
export function engineType(type: ColumnType): string {
  return type === 'timestamp(3)' ? 'timestamp_ms' : type;
}
