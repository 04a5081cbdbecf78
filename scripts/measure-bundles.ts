import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { bundleFolders } from './bundle-folders.ts';

/*
 * Prints what the bundles of `npm run bundle` weigh, unzipped, and how long the module of each
 * handler takes to import (the median of five new processes on this machine). Fails when all but
 * DuckDB is more than 5 MB.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const bundles = join(root, '.bundle');
const most = 5_000_000;
const imports = 5;

let own = 0;
const table: string[][] = [['function', 'loads at once', 'import']];
for (const [folder, names] of Object.entries(bundleFolders)) {
  own += bytesOf(join(bundles, folder), 'node_modules');
  // Without the functions' own DuckDB, so that the one of this machine is found.
  const here = mkdtempSync(join(bundles, '.import-'));
  try {
    cpSync(join(bundles, folder), here, {
      recursive: true,
      filter: (source) => basename(source) !== 'node_modules',
    });
    for (const name of names) {
      const loaded = loadedBytes(folder, name);
      table.push([name, megabytes(loaded), `${importMs(join(here, `${name}.mjs`))} ms`]);
    }
  } finally {
    rmSync(here, { recursive: true, force: true });
  }
}
const duckDb = bytesOf(join(bundles, 'ingest', 'node_modules'));
for (const [name = '', size = '', time = ''] of table) {
  print(`${name.padEnd(10)}${size.padStart(14)}${time.padStart(12)}`);
}
print(`all bundles unzipped, without DuckDB: ${megabytes(own)} (at most ${megabytes(most)})`);
print(`DuckDB for arm64, with ingest: ${megabytes(duckDb)}`);
if (own > most) process.exitCode = 1;

/** What an entry imports statically, directly or not. */
function loadedBytes(folder: string, name: string): number {
  const meta: Metafile = JSON.parse(readFileSync(join(bundles, `${folder}.meta.json`), 'utf8'));
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const output = meta.outputs[path];
    if (output === undefined || seen.has(path)) return 0;
    seen.add(path);
    const now = output.imports.filter(({ kind }) => kind === 'import-statement');
    return now.reduce((sum, { path: next }) => sum + visit(next), output.bytes);
  };
  return visit(`.bundle/${folder}/${name}.mjs`);
}

function importMs(file: string): number {
  const script = `const began = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - began)`;
  const times = Array.from({ length: imports }, () =>
    Number(execFileSync('node', ['--input-type=module', '-e', script], { encoding: 'utf8' })),
  );
  return Math.round(times.sort((a, b) => a - b)[Math.floor(imports / 2)] as number);
}

function bytesOf(folder: string, butNot?: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => butNot === undefined || !file.slice(folder.length).includes(`/${butNot}/`))
    .reduce((sum, file) => sum + statSync(file).size, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
