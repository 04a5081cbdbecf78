import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built } from '../built.ts';

/** First and last name, and how many carry them where it is more than one. */
type Name = readonly [first: string, last: string, carriers?: number];

/** Of each name of an address in the order given: the number of its person, and of its last name. */
async function numbersOf(...addresses: readonly (readonly Name[])[]): Promise<unknown[][][]> {
  const carriers = addresses.flatMap((names, address) =>
    names.flatMap(([first, last, count = 1]) =>
      Array.from(
        { length: count },
        (_, i): Row => ({
          ...{
            kind: 'email',
            source: '',
            joins_as: `a${address}`,
            carrier: `${first} ${last} ${i}`,
          },
          ...{ reference_kind: 'source_id', reference_source: 'web', is_reference: false },
          ...{ first_name: first === '' ? null : first, last_name: last === '' ? null : last },
        }),
      ),
    ),
  );
  const rows = await built('shared_name', {
    // the same of another kind and system, and whose name is not known
    shared_identifier: [
      ...carriers,
      ...carriers.map((row) => ({ ...row, kind: 'phone' })),
      ...carriers.map((row) => ({ ...row, source: 'web' })),
      { ...carriers[0], carrier: 'nameless', first_name: null, last_name: null },
    ],
  });
  expect(rows.filter(({ kind, source }) => kind === 'email' && source === '')).toHaveLength(
    addresses.flat().length,
  );
  return addresses.map((names, address) =>
    names.map(([first, last, count = 1]) => {
      const [row] = rows.filter(
        (one) =>
          one.kind === 'email' &&
          one.source === '' &&
          one.joins_as === `a${address}` &&
          one.first_name === first &&
          one.last_name === last,
      );
      expect(row?.count_carriers).toBe(count);
      return [row?.person_number, row?.last_name_number];
    }),
  );
}

/** Whether two names are one person's, whichever is the more frequent. */
async function areOne(...pairs: readonly (readonly [Name, Name])[]): Promise<boolean[]> {
  const often = ([first, last]: Name): Name => [first, last, 2];
  const numbers = await numbersOf(
    ...pairs,
    ...pairs.map(([a, b]) => [often(a), b]),
    ...pairs.map(([a, b]) => [a, often(b)]),
  );
  const found = numbers.map(([a, b]) => a?.[0] === b?.[0]);
  return pairs.map((_, index) => {
    const alike = [0, 1, 2].map((turn) => found[index + turn * pairs.length]);
    expect(new Set(alike).size).toBe(1);
    return alike[0] === true;
  });
}

test('first names within one edit, a part, the initial or the short form are one person’s', async () => {
  expect(
    await areOne(
      [
        ['anna', 'low'],
        ['ana', 'low'],
      ],
      [
        ['marie', 'low'],
        ['anne marie', 'high'],
      ],
      [
        ['anne', 'low'],
        ['anne marie', 'low'],
      ],
      [
        ['a', 'low'],
        ['ann', 'low'],
      ],
      [
        ['ann', 'low'],
        ['a b', 'low'],
      ],
      [
        ['robert', 'low'],
        ['bob', 'low'],
      ],
      [
        ['ann', 'low'],
        ['low', 'ann'],
      ],
    ),
  ).toEqual([true, true, true, true, true, true, true]);
});

test('others are not', async () => {
  expect(
    await areOne(
      // two edits
      [
        ['marina', 'low'],
        ['martin', 'low'],
      ],
      // no word of it
      [
        ['anne', 'low'],
        ['joanne', 'low'],
      ],
      [
        ['a', 'low'],
        ['bob', 'low'],
      ],
      // two letters are no initial, and too few to be near
      [
        ['al', 'low'],
        ['ann', 'low'],
      ],
      [
        ['al', 'low'],
        ['ed', 'low'],
      ],
      [
        ['al', 'low'],
        ['all', 'low'],
      ],
      // not compared letter by letter where letters are not ASCII
      [
        ['μαρια', 'low'],
        ['μαριω', 'low'],
      ],
      [
        ['bob', 'low'],
        ['william', 'low'],
      ],
      // half swapped
      [
        ['ann', 'low'],
        ['low', 'bob'],
      ],
      [
        ['ann', 'low'],
        ['bob', 'ann'],
      ],
    ),
  ).toEqual([false, false, false, false, false, false, false, false, false, false]);
});

test('last names tell where a first name is not known', async () => {
  expect(
    await areOne(
      [
        ['', 'low'],
        ['', 'lowe'],
      ],
      [
        ['', 'low'],
        ['', 'high'],
      ],
      [
        ['ann', 'low'],
        ['', 'low'],
      ],
      [
        ['ann', 'low'],
        ['', 'high'],
      ],
      [
        ['', 'li'],
        ['', 'lu'],
      ],
      [
        ['', 'li'],
        ['', 'lim'],
      ],
      [
        ['ann', ''],
        ['', 'low'],
      ],
    ),
  ).toEqual([true, false, true, false, false, false, false]);
});

test('last names within one edit have the number of the first of them', async () => {
  expect(
    await numbersOf(
      [
        ['ann', 'smith'],
        ['ann', 'smyth'],
        ['ann', 'jones'],
      ],
      [
        ['ann', 'li'],
        ['ann', 'lu'],
      ],
      [
        ['ann', 'μαρ'],
        ['ann', 'μαρι'],
      ],
      [
        ['ann', 'low'],
        ['bob', 'low'],
      ],
    ),
  ).toEqual([
    // by name: jones 1, smith 2, smyth 3
    [
      [1, 2],
      [1, 2],
      [1, 1],
    ],
    [
      [1, 1],
      [1, 2],
    ],
    [
      [1, 1],
      [1, 2],
    ],
    [
      [1, 1],
      [2, 1],
    ],
  ]);
});

test('whom most names are like stands for the person', async () => {
  expect(
    await numbersOf(
      // two edits apart, and one from the third, which comes last
      [
        ['marina', 'low'],
        ['martin', 'low'],
        ['martina', 'low'],
      ],
      // places go by carriers first
      [
        ['ann', 'low'],
        ['bob', 'low', 2],
        ['zoe', 'low', 3],
      ],
    ),
  ).toEqual([
    [
      [3, 1],
      [3, 1],
      [3, 1],
    ],
    [
      [3, 1],
      [2, 1],
      [1, 1],
    ],
  ]);
});

test('beyond the fifty most frequent each name is one', async () => {
  const letters = [...'abcdefghijklmnopqrstuvwx'];
  const strangers = letters.flatMap((letter) => [
    [`${letter.repeat(5)}1`, `${letter.repeat(5)}2`, 2] as const,
    [`${letter.repeat(9)}3`, `${letter.repeat(9)}4`, 2] as const,
  ]);
  const [numbers] = await numbersOf([
    ...strangers,
    // the 49th and 50th, 51st and 52nd
    ['yan', 'y', 2],
    ['yann', 'yy', 2],
    ['zed', 'z'],
    ['zedd', 'z'],
  ]);
  expect(numbers?.slice(-4)).toEqual([
    [49, 49],
    [49, 50],
    [51, 51],
    [52, 52],
  ]);
});
