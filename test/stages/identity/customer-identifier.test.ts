import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const kinds = ['', 'source_id', 'email', 'loyalty_id', 'phone'];

/** Identifiers of components by their texts; each has the pseudonym of its text. */
function tables(components: Readonly<Record<string, readonly string[]>>) {
  const all = Object.values(components).flat();
  return {
    identity_component: Object.entries(components).flatMap(([component, identifiers]) =>
      identifiers.map((identifier) => ({ identifier, component, is_changed: false })),
    ),
    record_identifier: all.map((identifier): Row => {
      const [rank = '', source = '', ...value] = identifier.split('|');
      return {
        ...{ reference_kind: 'source_id', reference_source: 'web', reference_value: '1' },
        ...{ kind: kinds[Number(rank)] ?? '', source, value: value.join('|') },
        ...{ joins_as: value.join('|'), pseudonym: `p ${identifier}` },
        ...{ is_reference: false, is_earlier: false, is_given_up: false },
      };
    }),
  };
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}

async function keysOf(
  components: Readonly<Record<string, readonly string[]>>,
  earlier: readonly (readonly [key: string, identifier: string])[] = [],
): Promise<Record<string, unknown>> {
  const rows = await built('customer_identifier', tables(components), {}, '2025-12-31', {
    customer_identifier: earlier.map(([customer_key, identifier]) => ({
      ...{ customer_key, source: 'web', kind: 'email', value: identifier },
      pseudonym: `p ${identifier}`,
    })),
  });
  return Object.fromEntries(rows.map(({ pseudonym, customer_key }) => [pseudonym, customer_key]));
}

test('an identifier is taken apart, and a new key is made of the least one’s pseudonym', async () => {
  const rows = await built(
    'customer_identifier',
    tables({ '1|web|7|8': ['1|web|7|8', '2||a@x.example', '3||L', '4||+33'], '2||b': ['2||b'] }),
  );
  const key = keyOf('p 1|web|7|8');
  const columns = [
    'customer_key',
    'source',
    'kind',
    'value',
    'pseudonym',
    'match_rule',
    'match_level',
  ];
  expect(columnsOf(rows, ...columns).toSorted()).toEqual(
    [
      [key, 'web', 'source_id', '7|8', 'p 1|web|7|8', 'source_id', 'exact'],
      [key, '', 'email', 'a@x.example', 'p 2||a@x.example', 'email', 'exact'],
      [key, '', 'loyalty_id', 'L', 'p 3||L', 'loyalty_id', 'exact'],
      [key, '', 'phone', '+33', 'p 4||+33', 'phone', 'loose'],
      [keyOf('p 2||b'), '', 'email', 'b', 'p 2||b', 'email', 'exact'],
    ].toSorted(),
  );
});

test('a customer keeps the key; of joined ones the least stays', async () => {
  expect(
    await keysOf({ '1|w|1': ['1|w|1', '2||a', '2||b'], '1|w|2': ['1|w|2', '2||c'] }, [
      ['k2', '2||a'],
      ['k3', '2||b'],
      ['k3', '1|w|1'],
      ['k9', '2||c'],
    ]),
  ).toEqual({
    ...{ 'p 1|w|1': 'k2', 'p 2||a': 'k2', 'p 2||b': 'k2' },
    ...{ 'p 1|w|2': 'k9', 'p 2||c': 'k9' },
  });
});

test('where one was split the key stays with the least identifier, and the other has one of that night', async () => {
  expect(
    await keysOf({ '1|w|1': ['1|w|1', '2||c'], '1|w|2': ['1|w|2', '2||b'] }, [
      ['k', '2||c'],
      ['k', '2||b'],
    ]),
  ).toEqual({
    ...{ 'p 1|w|2': 'k', 'p 2||b': 'k' },
    ...{
      'p 1|w|1': keyOf('p 1|w|1|k|2025-12-31'),
      'p 2||c': keyOf('p 1|w|1|k|2025-12-31'),
    },
  });
});

test('what is given up by all is nobody’s; spellings and earlier addresses match strictly', async () => {
  const { identity_component, record_identifier } = tables({
    '1|w|1': [
      '1|w|1',
      '2||a.b@gmail.com',
      '2||ab@gmail.com',
      '2||old@x.example',
      '2||gone@x.example',
    ],
  });
  const rows = await built('customer_identifier', {
    identity_component,
    record_identifier: record_identifier.flatMap((row) => {
      if (row.value === 'gone@x.example') return [{ ...row, is_given_up: true }];
      if (row.value === 'old@x.example') return [{ ...row, is_earlier: true }];
      if (row.kind !== 'email') return [row];
      const spelt = { ...row, joins_as: 'ab@gmail.com' };
      // earlier to one of the two who carry it, not to the other
      return [
        { ...spelt, is_earlier: true },
        { ...spelt, reference_value: '2' },
        { ...spelt, kind: 'loyalty_id', value: 'a' },
      ];
    }),
  });
  expect(
    columnsOf(
      rows.filter(({ kind }) => kind === 'email'),
      'value',
      'match_level',
    ),
  ).toEqual([
    ['a.b@gmail.com', 'exact'],
    ['ab@gmail.com', 'strict'],
    ['gone@x.example', null],
    ['old@x.example', 'strict'],
  ]);
});
