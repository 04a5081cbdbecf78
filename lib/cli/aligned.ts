/** One line of an aligned table. */
export type Line = (texts: readonly string[]) => string;

/**
 * The lines above an aligned table, and how its rows are written: columns as wide as their name and
 * these rows need. A longer text of a later row pushes what follows it to the right.
 */
export function aligned(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  isNumber: readonly boolean[],
): { readonly head: string; readonly line: Line } {
  const widths = columns.map((column, i) =>
    rows.reduce((width, row) => Math.max(width, (row[i] ?? '').length), column.length),
  );
  const line: Line = (texts) =>
    `${texts
      .map((text, i) => (isNumber[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()}\n`;
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return { head: `${line(columns)}${rule}\n`, line };
}
