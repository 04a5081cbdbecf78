import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

/** How many of `of` carriers tell so many different ones. */
type Told = readonly [different: number, tell: number];

interface Evidence {
  readonly carriers: number;
  /** Those known by another identifier. */
  readonly others?: number;
  readonly names?: Told;
  readonly birthdays?: Told;
  readonly phones?: Told;
  readonly silent?: readonly [all: number, ofOneSystem: number];
}

function shared(joins_as: string, evidence: Evidence): Row {
  const { carriers, others = carriers, names, birthdays, phones, silent } = evidence;
  return {
    ...{ kind: 'email', source: '', joins_as },
    ...{ count_carriers: carriers, count_others: others },
    ...{ count_names: names?.[0] ?? 0, tell_name: names?.[1] ?? 0 },
    ...{ count_birthdays: birthdays?.[0] ?? 0, tell_birthday: birthdays?.[1] ?? 0 },
    ...{ count_phones: phones?.[0] ?? 0, tell_phone: phones?.[1] ?? 0 },
    ...{ tell_nothing: silent?.[0] ?? 0, most_silent: silent?.[1] ?? 0 },
  };
}

function identifier(value: string, columns: Row = {}): Row {
  return {
    ...{ reference_kind: 'source_id', reference_source: 'web', reference_value: '1' },
    ...{ kind: 'email', source: '', value, joins_as: value, pseudonym: `of ${value}` },
    ...columns,
  };
}

/** The reason by which each of some addresses joins nobody. */
async function reasons(
  cases: readonly Evidence[],
  earlier: string | null = null,
): Promise<unknown[]> {
  const names = cases.map((_, index) => `c${String(index).padStart(2, '0')}`);
  const rows = await built(
    'guarded_identifier',
    {
      record_identifier: names.flatMap((name) => [
        identifier(name),
        // the same text of another kind is no other carrier
        identifier(name, { kind: 'loyalty_id', pseudonym: `card ${name}` }),
        identifier(name, { kind: 'source_id', source: 'web', pseudonym: `number ${name}` }),
      ]),
      shared_evidence: cases.map((one, index) => shared(names[index] as string, one)),
    },
    {},
    '2025-06-30',
    {
      guarded_identifier: names.flatMap((name) =>
        earlier === null
          ? []
          : [
              {
                ...{ kind: 'email', source: '', pseudonym: `of ${name}`, reason: earlier },
                since_on: '2025-01-01',
              },
            ],
      ),
    },
  );
  return names.map((name) => rows.find((row) => row.pseudonym === `of ${name}`)?.reason ?? null);
}

const [none, different, names, birthdays, phones, unknown] = [
  ...[null, 'different_people', 'many_names', 'many_birthdays', 'many_phones', 'many_unknown'],
];

test('of two or three carriers people who plainly differ are joined by nothing', async () => {
  expect(
    await reasons([
      { carriers: 2, others: 1, names: [2, 2], birthdays: [1, 1] },
      { carriers: 3, names: [1, 3], birthdays: [2, 3] },
      { carriers: 3, names: [1, 3], birthdays: [1, 3], phones: [3, 3] },
      // to its own system, two names of an address are one customer
      { carriers: 3, others: 0, names: [2, 3], birthdays: [2, 3] },
    ]),
  ).toEqual([different, different, none, none]);
});

test('of more carriers more than 3 names per 10 who tell one, or more than 10, are many', async () => {
  expect(
    await reasons([
      { carriers: 4, names: [2, 4] },
      // 30 is not more than 30, 30 is more than 27
      { carriers: 10, names: [3, 10] },
      { carriers: 10, names: [3, 9] },
      { carriers: 100, names: [11, 100] },
      { carriers: 100, names: [10, 100] },
      // one name is one, however few tell it
      { carriers: 4, names: [1, 3] },
    ]),
  ).toEqual([names, none, names, names, none, none]);
});

test('birthdays likewise', async () => {
  expect(
    await reasons([
      { carriers: 4, names: [1, 4], birthdays: [2, 4] },
      { carriers: 10, names: [1, 10], birthdays: [3, 10] },
      { carriers: 10, names: [1, 10], birthdays: [3, 9] },
      { carriers: 100, names: [1, 100], birthdays: [11, 100] },
      { carriers: 100, names: [1, 100], birthdays: [10, 100] },
      { carriers: 4, names: [1, 4], birthdays: [1, 3] },
    ]),
  ).toEqual([birthdays, none, birthdays, birthdays, none, none]);
});

test('phones tell only where fewer than half tell a name', async () => {
  expect(
    await reasons([
      { carriers: 4, phones: [2, 4] },
      { carriers: 4, names: [1, 1], phones: [2, 4] },
      { carriers: 4, names: [1, 2], phones: [2, 4] },
      { carriers: 10, phones: [3, 10] },
      { carriers: 10, phones: [3, 9] },
      { carriers: 4, phones: [1, 3] },
      { carriers: 3, phones: [3, 3] },
    ]),
  ).toEqual([phones, phones, none, none, phones, none, none]);
});

test('more than five of one system who tell nothing, and most do, may be anybody', async () => {
  const told: Evidence = { carriers: 12, names: [1, 6], birthdays: [1, 6], phones: [1, 6] };
  expect(
    await reasons([
      { carriers: 6, silent: [6, 6] },
      { carriers: 10, silent: [10, 5] },
      // half of them is not most
      { ...told, silent: [6, 6] },
      { ...told, carriers: 11, silent: [6, 6] },
    ]),
  ).toEqual([unknown, none, none, unknown]);
});

test('what was guarded stays so down to half of that', async () => {
  const one: Evidence = { carriers: 20, names: [1, 20], birthdays: [1, 20], phones: [1, 20] };
  const cases: readonly Evidence[] = [
    { ...one, names: [3, 20] },
    { ...one, names: [2, 14] },
    { ...one, carriers: 100, names: [6, 100] },
    { ...one, carriers: 100, names: [5, 100] },
    { ...one, names: [1, 6] },
    { ...one, birthdays: [3, 20] },
    { ...one, birthdays: [2, 14] },
    { ...one, carriers: 100, names: [1, 100], birthdays: [6, 100] },
    { ...one, carriers: 100, names: [1, 100], birthdays: [5, 100] },
    { ...one, birthdays: [1, 6] },
    { ...one, names: [1, 19], phones: [3, 20] },
    { ...one, names: [1, 20], phones: [3, 20] },
    { ...one, names: [1, 19], phones: [2, 14] },
    { ...one, names: [1, 19], phones: [1, 6] },
    { ...one, silent: [3, 3] },
    { ...one, silent: [2, 2] },
  ];
  const isKept = [
    ...[true, false, true, false, false],
    ...[true, false, true, false, false],
    ...[true, false, false, false],
    ...[true, false],
  ];
  expect(await reasons(cases, 'many_names')).toEqual(isKept.map((kept) => (kept ? names : none)));
  // what a list no longer says is judged anew
  expect(await reasons(cases, 'placeholder')).toEqual(isKept.map(() => none));
  expect(await reasons(cases)).toEqual(isKept.map(() => none));
});

test('a list knows the beginning of an address, the end of a number and a card', async () => {
  const rows = await built(
    'guarded_identifier',
    {
      record_identifier: [
        identifier('test@any.example'),
        identifier('testing1@any.example'),
        identifier('box@own.example'),
        identifier('no@', { kind: 'loyalty_id' }),
        identifier('no@card', { kind: 'loyalty_id' }),
        identifier('000000', { kind: 'loyalty_id' }),
        identifier('5550000000', { kind: 'loyalty_id' }),
        identifier('+33610000000', { kind: 'phone' }),
        identifier('+33600000001', { kind: 'phone' }),
        identifier('test@number', { kind: 'source_id', source: 'web' }),
      ],
      shared_evidence: [
        shared('test@any.example', {
          carriers: 2,
          names: [2, 2],
          birthdays: [3, 2],
          phones: [4, 2],
        }),
      ],
    },
    { placeholders: ['box@own.example'] },
  );
  expect(
    columnsOf(
      rows,
      'pseudonym',
      'reason',
      'count_carriers',
      'count_names',
      'count_birthdays',
      'count_phones',
      'since_on',
    ),
  ).toEqual([
    ['of box@own.example', 'placeholder', 1, 0, 0, 0, '2025-12-31'],
    ['of test@any.example', 'placeholder', 2, 2, 3, 4, '2025-12-31'],
    ['of 000000', 'placeholder', 1, 0, 0, 0, '2025-12-31'],
    ['of no@', 'placeholder', 1, 0, 0, 0, '2025-12-31'],
    ['of +33610000000', 'placeholder', 1, 0, 0, 0, '2025-12-31'],
  ]);
});

test('spellings of one address are guarded together, since the first of them was', async () => {
  const spelt = (value: string) => identifier(value, { joins_as: 'ab@gmail.com' });
  const guarded = (value: string, since_on: string) => ({
    ...{ kind: 'email', source: '', pseudonym: `of ${value}`, reason: 'many_names', since_on },
  });
  const rows = await built(
    'guarded_identifier',
    {
      record_identifier: [spelt('a.b@gmail.com'), spelt('ab@gmail.com'), spelt('ab+1@gmail.com')],
      shared_evidence: [shared('ab@gmail.com', { carriers: 20, names: [3, 20] })],
    },
    {},
    '2025-06-30',
    {
      guarded_identifier: [
        guarded('a.b@gmail.com', '2025-03-01'),
        guarded('ab@gmail.com', '2025-02-01'),
        // of another kind, and of nobody today
        { ...guarded('ab+1@gmail.com', '2024-01-01'), kind: 'phone' },
        guarded('cd@gmail.com', '2024-01-01'),
      ],
    },
  );
  expect(columnsOf(rows, 'pseudonym', 'reason', 'since_on')).toEqual([
    ['of a.b@gmail.com', names, '2025-02-01'],
    ['of ab+1@gmail.com', names, '2025-02-01'],
    ['of ab@gmail.com', names, '2025-02-01'],
  ]);
});
