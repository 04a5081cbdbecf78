import type { Row } from '../ports/query-engine.ts';
import { aligned } from './aligned.ts';

/** A few rows as an aligned table to read. */
export function tableText(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return 'no rows\n';
  const texts = rows.map((row) => columns.map((column) => String(row[column] ?? '')));
  const isNumber = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const { head, line } = aligned(columns, texts, isNumber);
  return head + texts.map(line).join('');
}
