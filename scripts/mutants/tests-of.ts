import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const winners = ['orders-that-win', 'records', 'what-counts'];

/** Tests of nights that show what a stage makes, besides those in the stage's own folder. */
const nights: Readonly<Record<string, readonly string[]>> = {
  audiences: ['test/delivery/deliver.test.ts'],
  freeze: [
    ...inNights('withdrawal', 'corrections', 'orders-that-win'),
    'test/keeping/compaction.test.ts',
  ],
  records: inNights(...winners, 'whole-order-amounts', 'corrections'),
  identity: inNights('guard', 'records', 'keys-over-nights'),
  facts: inNights(...winners, 'whole-order-amounts'),
};

function inNights(...names: readonly string[]): readonly string[] {
  return names.map((name) => `test/night/${name}.test.ts`);
}

interface Tests {
  /** Fixtures of the stage, those that name the table first. */
  readonly fixtures: readonly string[];
  /** Small nights. */
  readonly nights: readonly string[];
}

/** Tests that a change of a text `<stage>/<table>.sql` should fail, the quickest first. */
export function testsOf(root: string, text: string): Tests {
  const stage = dirname(text);
  const table = basename(text, '.sql');
  const ofStage = globSync(`test/stages/${stage}/*.test.ts`, { cwd: root }).sort();
  const ofTable = ofStage.filter((file) =>
    readFileSync(join(root, file), 'utf8').includes(`'${table}'`),
  );
  return {
    fixtures: [...ofTable, ...ofStage.filter((file) => !ofTable.includes(file))],
    nights: [...(nights[stage] ?? []), 'test/night/dozen-customers.test.ts'],
  };
}
