import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Tests of whole nights that show what a stage makes, besides those in the stage's own folder. */
const nights: Readonly<Record<string, readonly string[]>> = {
  audiences: ['test/delivery/deliver.test.ts'],
  freeze: ['test/night/corrections.test.ts', 'test/keeping/compaction.test.ts'],
  records: ['test/night/records.test.ts', 'test/night/corrections.test.ts'],
  identity: ['test/night/keys-over-nights.test.ts', 'test/night/records.test.ts'],
};

/**
 * Tests that a change of a text `<stage>/<table>.sql` should fail, the quickest first: those in the
 * stage's folder that name the table, the stage's others, small nights, and the form of texts.
 */
export function testsOf(root: string, text: string): readonly (readonly string[])[] {
  const stage = dirname(text);
  const table = basename(text, '.sql');
  const found = (pattern: string) => globSync(pattern, { cwd: root }).sort();
  const ofStage = found(`test/stages/${stage}/*.test.ts`);
  const ofTable = ofStage.filter((file) =>
    readFileSync(join(root, file), 'utf8').includes(`'${table}'`),
  );
  return [
    ofTable,
    ofStage.filter((file) => !ofTable.includes(file)),
    [...found('test/twin/*.test.ts'), 'test/night/dozen-customers.test.ts'],
    nights[stage] ?? [],
    ['test/sql/allow-list.test.ts'],
  ].filter((tests) => tests.length > 0);
}
