import { saysOrder } from './header-words.ts';
import type { NumberColumn } from './number-columns.ts';
import type { SheetColumn } from './sheet.ts';

/** The lines of each order, by their places; without numbers of orders each line is one. */
export type OrderGroups = readonly (readonly number[])[];

export function groupOrders(column: SheetColumn | undefined, rows: number): OrderGroups {
  if (column === undefined) return Array.from({ length: rows }, (_, i) => [i]);
  const groups = new Map<string, number[]>();
  column.texts.forEach((text, i) => {
    const key = text ?? ` ${i}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}

/**
 * What a column is of: filled on the first line of its orders alone, or one value repeated on all
 * of their lines, it is the order's; `unsure` where too few orders say so.
 */
export type Grain = 'line' | 'order' | 'unsure';

/** Orders of several lines that must repeat a value before it is believed to be theirs. */
const enoughOrders = 3;

export function isFirstLineOnly(texts: readonly (string | null)[], groups: OrderGroups): boolean {
  const several = groups.filter((lines) => lines.length > 1);
  const isBlank = (line: number) => (texts[line] ?? null) === null;
  return (
    several.some(([first]) => !isBlank(first as number)) &&
    several.every(([, ...rest]) => rest.every(isBlank))
  );
}

export function grainOf({ header, texts, values }: NumberColumn, groups: OrderGroups): Grain {
  const several = groups.filter((lines) => lines.length > 1);
  if (several.length === 0) return 'line';
  if (isFirstLineOnly(texts, groups)) return 'order';
  const repeats = several.every((lines) =>
    lines.every((line) => values[line] === values[lines[0] as number]),
  );
  if (!repeats) return 'line';
  const told = several
    .map(([first]) => values[first as number] ?? 0)
    .filter((value) => value !== 0);
  if (told.length === 0) return saysOrder(header) ? 'order' : 'line';
  const isVaried = new Set(told).size > 1 && told.length >= enoughOrders;
  return isVaried || saysOrder(header) ? 'order' : 'unsure';
}

/** The sum of a column's lines of each order. */
export function sumsByOrder(
  values: readonly (number | null)[],
  groups: OrderGroups,
): readonly number[] {
  return groups.map((lines) => lines.reduce((sum, line) => sum + (values[line] ?? 0), 0));
}

/** The one value that a column has of each order; 0 where it has none. */
export function valuesByOrder(
  { values }: Pick<NumberColumn, 'values'>,
  groups: OrderGroups,
): readonly number[] {
  return groups.map((lines) => {
    const line = lines.find((at) => (values[at] ?? null) !== null);
    return line === undefined ? 0 : (values[line] as number);
  });
}
