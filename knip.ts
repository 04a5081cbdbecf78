import type { KnipConfig } from 'knip';

/**
 * `knip` finds files and exports that nothing imports; `knip --production` those that only tests and
 * benches import. There a test may look into a file: what its own file calls runs.
 */
export default ({ production = false }: { readonly production?: boolean }): KnipConfig => ({
  entry: [
    'lib/cli/clientele.cjs!',
    'functions/*.ts!',
    'cdk/app.ts!',
    'scripts/*.ts',
    'bench/**/*.ts',
    'test/adapters/folder-counter.ts',
    'test/ingest/inspect/exports/*.ts',
  ],
  // of the system: tests of odd files make a pipe
  ignoreBinaries: production ? [] : ['mkfifo', 'mount', 'umount'],
  project: ['{lib,functions,cdk}/**/*.{ts,cjs}!', '{scripts,bench,test}/**/*.ts'],
  ignoreExportsUsedInFile: production,
  treatConfigHintsAsErrors: true,
});
