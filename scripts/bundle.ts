import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { night } from '../lib/pipeline.ts';
import { bundleFolders } from './bundle-folders.ts';

/*
 * Makes the folders below `.bundle/` which the template takes as they are. Only the first run needs
 * a network: it fetches the DuckDB of the functions' machine, Linux on arm64.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const bundles = join(root, '.bundle');

/** What is native and not bundled. */
const native = '@duckdb/node-api';

for (const [folder, names] of Object.entries(bundleFolders)) {
  const outdir = join(bundles, folder);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: names.map((name) => join(root, 'functions', `${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What functions share is there once, and what one imports late is not loaded by the others.
    splitting: true,
    minify: true,
    // Step Functions decides by an error's name.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: [native],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // Packages of the other kind call `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  writeFileSync(join(bundles, `${folder}.meta.json`), JSON.stringify(metafile));
}
copyTexts(join(bundles, 'night'));
copyNative(join(bundles, 'ingest'));

/**
 * A table's text is looked for beside the module that names it: in a bundle that is this folder.
 * They are named after their tables, of which each has its own name.
 */
function copyTexts(folder: string): void {
  for (const step of night.flatMap(({ steps }) => steps)) {
    if (step.kind !== 'sql') continue;
    const file = fileURLToPath(step.file);
    cpSync(file, join(folder, basename(file)));
  }
}

function copyNative(folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = dependencies[native];
  const fetched = join(bundles, `duckdb-${version}-linux-arm64`);
  const modules = join(fetched, 'node_modules', '@duckdb');
  if (!existsSync(join(modules, 'node-bindings-linux-arm64'))) {
    mkdirSync(fetched, { recursive: true });
    const machine = ['--cpu=arm64', '--os=linux', '--libc=glibc'];
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync(
      'npm',
      ['install', '--prefix', fetched, ...machine, ...quiet, `${native}@${version}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }
  cpSync(modules, join(folder, 'node_modules', '@duckdb'), { recursive: true });
}
