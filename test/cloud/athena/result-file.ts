import type { TrinoColumn, TrinoValue } from './trino-statement.ts';

/** The result file as Athena writes it: every value quoted, nothing at all for NULL. */
export function resultCsv(
  columns: readonly TrinoColumn[],
  rows: readonly (readonly TrinoValue[])[],
): string {
  const names = columns.map(({ name }) => name);
  return [names, ...rows].map((values) => `${values.map(quoted).join(',')}\n`).join('');
}

function quoted(value: TrinoValue): string {
  return value === null ? '' : `"${String(value).replaceAll('"', '""')}"`;
}

/** A column as GetQueryResults tells of it. */
export function columnInfo({ name, type }: TrinoColumn) {
  const [family = type, ...numbers] = type.split(/[(), ]+/).filter((part) => part !== '');
  const [precision = 0, scale = 0] = numbers.map(Number);
  return {
    CatalogName: 'hive',
    Name: name,
    Label: name,
    Type: family === 'real' ? 'float' : family,
    Precision: family === 'timestamp' ? 3 : precision,
    Scale: family === 'decimal' ? scale : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: family === 'varchar',
  };
}
