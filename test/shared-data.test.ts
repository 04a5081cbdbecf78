import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { besideProject, fetched } from './shared-data.ts';

describe.each(['cdnow/transactions.csv', 'cdnow/summary.csv'])('%s', (path) => {
  const ours = besideProject(path);
  const theirs = fetched(path);

  test.skipIf(ours === null || theirs === null)(
    'is the same beside the project and fetched',
    () => {
      expect(numbersOf(theirs as string)).toEqual(numbersOf(ours as string));
    },
  );
});

/** Cells, those that are numbers as such: one writes 0.00 where the other writes 0. */
function numbersOf(path: string): (string | number)[][] {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) =>
    line.split(',').map((cell) => (Number.isNaN(Number(cell)) ? cell : Number(cell))),
  );
}
