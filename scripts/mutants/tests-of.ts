import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const winners = ['orders-that-win', 'records', 'what-counts'];

/** Tests of nights that show what a stage makes, besides those in the stage's own folder. */
const nights: Readonly<Record<string, readonly string[]>> = {
  audiences: ['test/delivery/deliver.test.ts'],
  freeze: [...inNights('corrections', 'orders-that-win'), 'test/keeping/compaction.test.ts'],
  records: inNights(...winners, 'whole-order-amounts', 'corrections'),
  identity: inNights('guard', 'records', 'keys-over-nights'),
  facts: inNights(...winners, 'whole-order-amounts'),
};

function inNights(...names: readonly string[]): readonly string[] {
  return names.map((name) => `test/night/${name}.test.ts`);
}

/**
 * Tests that a change of a text `<stage>/<table>.sql` should fail, the quickest first: those in the
 * stage's folder that name the table, the stage's others, small nights.
 */
export function testsOf(root: string, text: string): readonly string[] {
  const stage = dirname(text);
  const table = basename(text, '.sql');
  const ofStage = globSync(`test/stages/${stage}/*.test.ts`, { cwd: root }).sort();
  const ofTable = ofStage.filter((file) =>
    readFileSync(join(root, file), 'utf8').includes(`'${table}'`),
  );
  const others = ofStage.filter((file) => !ofTable.includes(file));
  return [...ofTable, ...others, ...(nights[stage] ?? []), 'test/night/dozen-customers.test.ts'];
}
