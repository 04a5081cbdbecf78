/** A cell: null is an empty one. */
export type Cell = string | number | null;

export interface CsvDialect {
  readonly delimiter: ',' | ';';
  readonly lineEnd: '\n' | '\r\n';
}

/** One record as RFC 4180 writes it, in the dialect's delimiter and line end. */
export function csvRecord(cells: readonly Cell[], dialect: CsvDialect): string {
  const texts = cells.map((cell) => {
    const text = cell === null ? '' : String(cell);
    const isPlain = !text.includes(dialect.delimiter) && !/["\r\n]/.test(text);
    return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
  });
  return texts.join(dialect.delimiter) + dialect.lineEnd;
}

/** Cents as `1234.50`, or `1234,50` with a decimal comma. */
export function moneyText(cents: number, decimalMark: '.' | ','): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}${decimalMark}${digits.slice(-2)}`;
}
