import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions, nativePackage } from './bundle-functions.ts';

/*
 * Makes the folders below `.bundle/` which the template takes as they are. Only the first run needs
 * a network: it fetches the DuckDB of the functions' machine, Linux on arm64.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const bundles = join(root, '.bundle');

for (const [folder, metafile] of Object.entries(await bundleFunctions(bundles))) {
  writeFileSync(join(bundles, `${folder}.meta.json`), JSON.stringify(metafile));
}
cpSync(fetchNative(), join(bundles, 'ingest', 'node_modules', '@duckdb'), { recursive: true });

/** The folder of DuckDB's packages, fetched where it is not there yet. */
function fetchNative(): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = dependencies[nativePackage];
  const fetched = join(bundles, `duckdb-${version}-linux-arm64`);
  const modules = join(fetched, 'node_modules', '@duckdb');
  if (existsSync(join(modules, 'node-bindings-linux-arm64'))) return modules;
  mkdirSync(fetched, { recursive: true });
  const machine = ['--cpu=arm64', '--os=linux', '--libc=glibc'];
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync(
    'npm',
    ['install', '--prefix', fetched, ...machine, ...quiet, `${nativePackage}@${version}`],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return modules;
}
