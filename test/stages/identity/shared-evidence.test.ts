import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const shared = { kind: 'email', source: '', joins_as: 'box@x.example' };

let carriers = 0;

function carrier(columns: Row = {}): Row {
  carriers += 1;
  return {
    ...{ ...shared, carrier: `${carriers}`, is_reference: false },
    ...{ reference_kind: 'source_id', reference_source: 'web', ...columns },
  };
}

function name(first_name: string, last_name: string, person: number, last: number): Row {
  return { ...shared, first_name, last_name, person_number: person, last_name_number: last };
}

const counts = [
  ...['count_carriers', 'count_others', 'count_names', 'tell_name', 'count_birthdays'],
  ...['tell_birthday', 'count_phones', 'tell_phone', 'tell_nothing', 'most_silent'],
];

async function evidenceOf(given: readonly Row[], names: readonly Row[] = []) {
  return await built('shared_evidence', {
    shared_identifier: [...given, { ...carrier(), kind: 'phone', joins_as: 'box@x.example' }],
    shared_name: names,
  });
}

test('what the carriers of an identifier tell, and how many tell it', async () => {
  const rows = await evidenceOf(
    [
      carrier({ first_name: 'ann', last_name: 'low', birth_date: '1990-01-01', phone: '1' }),
      carrier({ first_name: 'ann', last_name: 'low', birth_date: '1990-01-01', phone: '2' }),
      carrier({ first_name: 'bob', birth_date: '1991-01-01', is_reference: true }),
      carrier({ last_name: 'low', phone: '1' }),
      carrier({ phone: '2' }),
      carrier({ birth_date: '1991-01-01' }),
    ],
    [name('ann', 'low', 1, 1), name('bob', '', 2, 2), name('', 'low', 1, 1)],
  );
  expect(columnsOf(rows, 'kind', ...counts)).toEqual([
    ['email', 6, 5, 2, 4, 2, 4, 2, 4, 0, 0],
    // the names of the address are not those of the phone
    ['phone', 1, 1, 0, 0, 0, 0, 0, 0, 1, 1],
  ]);
});

test('of those who tell nothing the most that one system has', async () => {
  const [email] = await evidenceOf([
    carrier(),
    carrier(),
    carrier(),
    carrier({ reference_source: 'till' }),
    carrier({ reference_kind: 'loyalty_id' }),
    carrier({ reference_source: 'till' }),
    carrier({ phone: '1' }),
    carrier({ birth_date: '1990-01-01' }),
  ]);
  expect(columnsOf([email ?? {}], 'tell_nothing', 'most_silent')).toEqual([[6, 3]]);
});

test('one first name with two last names is one person, with more as many less one', async () => {
  const namesOf = async (lasts: number) => {
    const names = Array.from({ length: lasts }, (_, i) => name('ann', `l${i}`, 1, i + 1));
    const [email] = await evidenceOf(
      [
        ...names.map(({ first_name = null, last_name = null }) =>
          carrier({ first_name, last_name }),
        ),
        carrier({ first_name: 'bob', last_name: 'l0' }),
      ],
      [...names, name('bob', 'l0', 9, 1)],
    );
    return email?.count_names;
  };
  expect([await namesOf(1), await namesOf(2), await namesOf(3), await namesOf(4)]).toEqual([
    ...[2, 2, 3, 4],
  ]);
});
