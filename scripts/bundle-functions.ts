import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { night } from '../lib/pipeline.ts';
import { bundleFolders } from './bundle-folders.ts';

/** What is native and not bundled. */
export const nativePackage = '@duckdb/node-api';

/** Bundles the functions into one folder each group; gives what each folder is made of. */
export async function bundleFunctions(into: string): Promise<Readonly<Record<string, Metafile>>> {
  const metafiles: Record<string, Metafile> = {};
  for (const [folder, names] of Object.entries(bundleFolders)) {
    const outdir = join(into, folder);
    rmSync(outdir, { recursive: true, force: true });
    const { metafile } = await build({
      entryPoints: names.map((name) =>
        fileURLToPath(new URL(`../functions/${name}.ts`, import.meta.url)),
      ),
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
      external: [nativePackage],
      legalComments: 'none',
      logLevel: 'warning',
      metafile: true,
      // Packages of the other kind call `require`.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    });
    metafiles[folder] = metafile;
  }
  copyTexts(join(into, 'night'));
  return metafiles;
}

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
