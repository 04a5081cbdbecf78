import type { Row, Value } from '../../ports/query-engine.ts';
import type { TableContract } from '../../tables/contract.ts';

/** A row to show: without empty columns, and of what may name a person the first sign only. */
export function maskRow(table: TableContract, row: Row): Row {
  const shown = Object.entries(row).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(
    shown.map(([column, value]) => [
      column,
      table.columns[column]?.pii === 'none' ? value : masked(value),
    ]),
  );
}

function masked(value: Value): string {
  return `${Array.from(String(value))[0] ?? ''}***`;
}
