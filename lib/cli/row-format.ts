import { stringify } from 'csv-stringify/sync';
import { type Cell, cellText } from '../adapters/duckdb/cell.ts';
import type { Rows } from '../adapters/duckdb/published.ts';
import { aligned, type Line } from './aligned.ts';

export const rowFormats = ['table', 'csv', 'json'] as const;
export type RowFormat = (typeof rowFormats)[number];

/**
 * Rows as text, a batch at a time, so that they may be many: an aligned table to read, CSV, or JSON
 * (an array of objects, a row a line) for machines. Lists and structs are JSON in all of them.
 */
export function rowTexts(rows: Rows, format: RowFormat): AsyncGenerator<string> {
  return { table: tableTexts, csv: csvTexts, json: jsonTexts }[format](rows);
}

/** The first thousand rows say how wide the columns are. */
async function* tableTexts({ columns, batches }: Rows): AsyncGenerator<string> {
  let line: Line | null = null;
  for await (const batch of joined(batches, 1000)) {
    const texts = batch.map((row) => row.map(cellText));
    let head = '';
    if (line === null) {
      const isNumber = columns.map((_, i) => batch.some((row) => typeof row[i] === 'number'));
      ({ head, line } = aligned(columns, texts, isNumber));
    }
    yield head + texts.map(line).join('');
  }
  if (line === null) yield 'no rows\n';
}

/** The same rows in batches of at least so many. */
async function* joined<T>(
  batches: AsyncIterable<readonly T[]>,
  least: number,
): AsyncGenerator<readonly T[]> {
  let some: T[] = [];
  for await (const batch of batches) {
    some.push(...batch);
    if (some.length < least) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function* csvTexts({ columns, batches }: Rows): AsyncGenerator<string> {
  let head: readonly (readonly string[])[] = [columns];
  for await (const batch of batches) {
    yield stringify([...head, ...batch.map((row) => row.map(cellText))]);
    head = [];
  }
  if (head.length > 0) yield stringify([...head]);
}

async function* jsonTexts({ columns, batches }: Rows): AsyncGenerator<string> {
  const names = distinct(columns).map((name) => JSON.stringify(name));
  const objectText = (row: readonly Cell[]) =>
    `{${row.map((cell, i) => `${names[i]}: ${JSON.stringify(cell)}`).join(', ')}}`;
  let before = '[\n  ';
  for await (const batch of batches) {
    yield before + batch.map(objectText).join(',\n  ');
    before = ',\n  ';
  }
  yield before.startsWith('[') ? '[]\n' : '\n]\n';
}

/** An object has a name once: the second `a` is `a_2`, or the next that is free. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let place = 2; seen.has(own) || (own !== name && taken.has(own)); place += 1) {
      own = `${name}_${place}`;
    }
    seen.add(own);
    return own;
  });
}
