import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { night } from '../lib/pipeline.ts';
import { type SqlStep, stepName } from '../lib/stages/stage.ts';
import { allTables } from '../lib/tables/all.ts';

const steps = night.flatMap(({ steps }) => steps);
const sqlSteps = steps.filter((step): step is SqlStep => step.kind === 'sql');
const runTables = new Set(
  allTables.filter(({ storage }) => storage.kind === 'run').map(({ name }) => name),
);

/** The tables of the lake that a text names after from or join. */
function namedTables(step: SqlStep): string[] {
  const text = readFileSync(step.file, 'utf8').replaceAll(/--[^\n]*/g, '');
  const words = [...text.matchAll(/\b(?:from|join)\s+([a-z_]+)/g)].map(([, name]) => name ?? '');
  const known = new Set(allTables.map(({ name }) => name));
  return [...new Set(words.filter((word) => known.has(word)))].sort();
}

test('the night freezes first and publishes last', () => {
  expect(night.map(({ name }) => name)).toEqual([
    'freeze',
    'records',
    'identity',
    'facts',
    'features',
    'fit',
    'value',
    'segments',
    'kpis',
    'audiences',
    'publish',
  ]);
});

test('a step has a name of its own', () => {
  const names = steps.map(stepName);
  expect(new Set(names).size).toBe(names.length);
});

test.each(sqlSteps)('$writes.name reads the tables that its text names', (step) => {
  expect(namedTables(step)).toEqual(step.reads.map(({ name }) => name).sort());
});

test.each(sqlSteps)('$writes.name reads its run, or those that were sent, and no other', (step) => {
  const text = readFileSync(step.file, 'utf8').replaceAll(/--[^\n]*/g, '');
  const reads = [...text.matchAll(/\b(?:from|join)\s+([a-z_]+)\s+(where[\s\S]*?)(?=\n\))/g)].filter(
    ([, name]) => runTables.has(name ?? ''),
  );
  const pinned =
    /snapshot_on = :(as_of|previous_snapshot_on)\s+and run_id = :(\w*run_id)|run_id in \(:sent_run_ids\)/;
  for (const [, name, where] of reads) expect(where, `${name}`).toMatch(pinned);
  const named = new Set(namedTables(step).filter((name) => runTables.has(name)));
  expect(new Set(reads.map(([, name]) => name))).toEqual(named);
});

test('accepted rows are read by records alone', () => {
  const readers = night.filter(({ steps }) =>
    steps.some(({ reads }) => reads.some(({ name }) => name.startsWith('accepted_'))),
  );
  expect(readers.map(({ name }) => name)).toEqual(['records']);
});

test('a table is read only after it was written, but for what is carried over', () => {
  const written = new Set<string>();
  for (const step of steps) {
    if (step.writes === null) continue;
    for (const { name } of step.reads) {
      const itself = name === step.writes.name;
      if (runTables.has(name) && !itself) expect(written, name).toContain(name);
    }
    written.add(step.writes.name);
  }
});
