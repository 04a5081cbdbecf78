import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { night } from '../../lib/pipeline.ts';
import { allTables } from '../../lib/tables/all.ts';
import { dictionary } from '../../lib/tables/dictionary.ts';

test('every table that the night writes has a contract in the list', () => {
  const written = night.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes ?? []));
  expect(allTables.filter(({ storage }) => storage.kind === 'run')).toEqual(written);
});

test.each(allTables)('$name says its grain, and what each column is', (table) => {
  expect(table.grain).not.toBe('');
  expect(table.key.length).toBeGreaterThan(0);
  for (const key of table.key) expect(Object.keys(table.columns)).toContain(key);
  for (const [name, { comment, unit }] of Object.entries(table.columns)) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(comment.length, name).toBeGreaterThan(3);
    expect(unit, name).not.toBe('');
  }
});

test('totals that identities compare are there', () => {
  const totals = allTables.flatMap((table) =>
    Object.keys(table.totals).map((total) => `${table.name}.${total}`),
  );
  const compared = allTables.flatMap(({ name, identities }) =>
    identities.flatMap((identity) =>
      'agree' in identity
        ? Object.entries(identity.agree).flatMap(([own, other]) => [`${name}.${own}`, other])
        : [],
    ),
  );
  expect([...new Set(compared)].sort()).toEqual(totals.sort());
});

test('docs/tables.md is the dictionary (npm run -s clientele -- tables --markdown)', () => {
  const file = new URL('../../docs/tables.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(dictionary(allTables));
});

test('docs/deployment.md names the tables of runs that hold names and addresses', () => {
  const guide = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const said = /Names and\s+addresses are in ([^:]+):/.exec(guide)?.[1] ?? '';
  const named = [...said.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const direct = allTables.filter(
    ({ storage, columns }) =>
      storage.kind === 'run' && Object.values(columns).some(({ pii }) => pii === 'direct'),
  );
  expect(named.sort()).toEqual(direct.map(({ name }) => name).sort());
});
