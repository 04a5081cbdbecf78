import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

function foldersOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

test('the page on architecture names every folder of lib, and what each of them holds', () => {
  const folders = foldersOf('lib').flatMap((name) => [`lib/${name}`, ...foldersOf(`lib/${name}`)]);
  const unnamed = folders.filter((name) => !new RegExp(`[\`{,/]${name}[\`},/]`).test(page));
  expect(unnamed).toEqual([]);
});
