import { stringify } from 'csv-stringify/sync';
import type { Row, Value } from '../ports/query-engine.ts';

export const rowFormats = ['table', 'csv', 'json'] as const;
export type RowFormat = (typeof rowFormats)[number];

/** Rows as text: an aligned table to read, CSV or JSON (an array of objects) for machines. */
export function formatRows(rows: readonly Row[], format: RowFormat): string {
  const columns = Object.keys(rows[0] ?? {});
  switch (format) {
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'csv':
      return stringify(
        rows.map((row) => columns.map((column) => csvText(row[column] ?? null))),
        { header: true, columns },
      );
    case 'table':
      return alignedTable(columns, rows);
  }
}

function csvText(value: Value): string | number | null {
  return typeof value === 'boolean' ? String(value) : value;
}

function alignedTable(columns: readonly string[], rows: readonly Row[]): string {
  if (columns.length === 0) return 'no rows\n';
  const cells = rows.map((row) => columns.map((column) => String(row[column] ?? '')));
  const isNumber = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((line) => (line[i] as string).length)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) =>
        isNumber[i] ? text.padStart(widths[i] as number) : text.padEnd(widths[i] as number),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${[line(columns), rule, ...cells.map(line)].join('\n')}\n`;
}
