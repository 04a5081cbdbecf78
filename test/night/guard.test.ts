import { beforeAll, describe, expect, test } from 'vitest';
import type { Drop } from './home.ts';
import { makeTextHome, type TextHome } from './text-home.ts';
import { customersOf } from './who-is-who.ts';

/** First, last name and date of birth of a customer number; empty text where it is not told. */
type Person = readonly [first: string, last: string, born?: string, phone?: string];

interface Case {
  readonly who: string;
  readonly people: readonly Person[];
  /** Into how many customers a person would sort them. */
  readonly customers: number;
  readonly reason?: string;
  readonly because: string;
}

const firstNames = ['Ada', 'Bruno', 'Cleo', 'Dimitri', 'Esther', 'Fabrice', 'Gwendolyn', 'Hugo'];
const lastNames = ['Adler', 'Bonnet', 'Castro', 'Dupuis', 'Engel', 'Fischer', 'Garnier', 'Hubert'];

/** So many people with first and last names of eight each, all different pairs up to 64. */
function crowd(size: number): Person[] {
  return Array.from({ length: size }, (_, i) => [
    firstNames[i % 8] as string,
    lastNames[Math.floor(i / 8) % 8] as string,
  ]);
}

function times(size: number, person: Person): Person[] {
  return Array.from({ length: size }, () => person);
}

const cases: readonly Case[] = [
  {
    who: 'mailbox of 8',
    people: crowd(8),
    customers: 8,
    reason: 'many_names',
    because: 'eight first names',
  },
  {
    who: 'mailbox of 15',
    people: crowd(15),
    customers: 15,
    reason: 'many_names',
    because: 'eight first names of 15 who tell them are more than 4.5',
  },
  {
    who: 'mailbox of 25',
    people: crowd(25),
    customers: 25,
    reason: 'many_names',
    because: 'eight first names of 25 are more than 7.5; three last names make them 15',
  },
  {
    who: 'mailbox of 200',
    people: crowd(200),
    customers: 200,
    reason: 'many_names',
    because: 'more than ten names, although they are but 2.8 of ten who tell them',
  },
  {
    who: 'desk of birthdays',
    people: Array.from({ length: 12 }, (_, i) => ['Ada', 'Adler', `1980-01-${10 + i}`] as const),
    customers: 12,
    reason: 'many_birthdays',
    because: 'one name and twelve birthdays',
  },
  {
    who: 'desk of phones',
    people: Array.from({ length: 12 }, (_, i) => ['', '', '', `+336123456${10 + i}`]),
    customers: 12,
    reason: 'many_phones',
    because: 'no name, twelve phones',
  },
  {
    who: 'six of whom nothing is known',
    people: times(6, ['', '']),
    customers: 6,
    reason: 'many_unknown',
    because: 'more than five of one system',
  },
  {
    who: 'five of whom nothing is known',
    people: times(5, ['', '']),
    customers: 1,
    because: 'five may be one person who forgot the password',
  },
  {
    who: 'sixty unknown with one name',
    people: [...times(60, ['', '']), ['Ada', 'Adler']],
    customers: 61,
    reason: 'many_unknown',
    because: 'one name vouches for none of the others',
  },
  {
    who: 'sixty unknown with phones and a name',
    people: [
      ...Array.from({ length: 60 }, (_, i) => ['', '', '', `+336123456${10 + i}`] as const),
      ['Ada', 'Adler'],
    ],
    customers: 61,
    reason: 'many_phones',
    because: 'the names of most are not known, their phones differ',
  },
  {
    who: 'couple',
    people: [
      ['Ada', 'Adler'],
      ['Bruno', 'Adler'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'two first names',
  },
  {
    who: 'mother and daughter',
    people: [
      ['Ada', 'Adler', '1980-01-01'],
      ['Ada', 'Adler', '2005-05-05'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'one name, two birthdays',
  },
  {
    who: 'couple in two systems',
    people: [
      ['Ada', 'Adler'],
      ['Bruno', 'Adler'],
      ['Ada', 'Adler'],
      ['Bruno', 'Adler'],
    ],
    customers: 4,
    reason: 'many_names',
    because: 'two names of four are more than 1.2',
  },
  {
    who: 'family of four',
    people: [
      ['Ada', 'Adler'],
      ['Bruno', 'Adler'],
      ['Cleo', 'Adler'],
      ['Dimitri', 'Adler'],
    ],
    customers: 4,
    reason: 'many_names',
    because: 'four first names',
  },
  {
    who: 'twins',
    people: [
      ['Ada', 'Adler', '1980-01-01'],
      ['Cleo', 'Adler', '1980-01-01'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'one last name, one birthday, two first names',
  },
  {
    who: 'married name',
    people: [
      ['Ada', 'Adler'],
      ['Ada', 'Bonnet'],
    ],
    customers: 1,
    because: 'the first name stays',
  },
  {
    who: 'married name four times',
    people: [...times(2, ['Ada', 'Adler']), ...times(2, ['Ada', 'Bonnet'])],
    customers: 1,
    because: 'two last names of one first name are one person',
  },
  {
    who: 'nickname',
    people: [
      ['Robert', 'Adler'],
      ['Bob', 'Adler'],
      ['Rob', 'Adler'],
    ],
    customers: 1,
    because: 'all three are short for one',
  },
  {
    who: 'typing error',
    people: [
      ['Ada', 'Adler'],
      ['Adda', 'Adlr'],
      ['ADA', 'Ädler'],
    ],
    customers: 1,
    because: 'within one edit, whatever case and marks',
  },
  {
    who: 'two typing errors on four',
    people: [...times(2, ['Esther', 'Engel']), ['Ester', 'Engel'], ['Esthr', 'Engel']],
    customers: 1,
    because: 'both are like the name that most have',
  },
  {
    who: 'two edits',
    people: [
      ['Esther', 'Engel'],
      ['Eshtre', 'Engel'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'more than one edit apart',
  },
  {
    who: 'other scripts one letter apart',
    people: [
      ['Иван', 'Петров'],
      ['Иваш', 'Петров'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'names that are not ASCII are equal or not',
  },
  {
    who: 'two short names',
    people: [
      ['Al', 'Adler'],
      ['Ed', 'Adler'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'two letters differ in two',
  },
  {
    who: 'two letters',
    people: [
      ['Jo', 'Adler'],
      ['Mo', 'Adler'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'an edit is half of a name of two letters',
  },
  {
    who: 'swapped names',
    people: [
      ['Ada', 'Adler'],
      ['Adler', 'Ada'],
    ],
    customers: 1,
    because: 'first and last name in the wrong columns',
  },
  {
    who: 'initial',
    people: [
      ['E.', 'Engel'],
      ['Esther', 'Engel'],
    ],
    customers: 1,
    because: 'E. may be Esther',
  },
  {
    who: 'another initial',
    people: [
      ['B.', 'Engel'],
      ['Esther', 'Engel'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'B. cannot be Esther',
  },
  {
    who: 'second first name',
    people: [
      ['Jean-Hugo', 'Engel'],
      ['Hugo', 'Engel'],
    ],
    customers: 1,
    because: 'a name within the other',
  },
  {
    who: 'a name that begins the other',
    people: [
      ['Jean', 'Engel'],
      ['Jeanette', 'Engel'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'Jean and Jeanette are two people',
  },
  {
    who: 'last names alone',
    people: [
      ['', 'Engel'],
      ['Esther', 'Engl'],
    ],
    customers: 1,
    because: 'nothing speaks against it',
  },
  {
    who: 'other last names alone',
    people: [
      ['', 'Engel'],
      ['Esther', 'Hubert'],
    ],
    customers: 2,
    reason: 'different_people',
    because: 'no name in common',
  },
  {
    who: 'a name and nothing',
    people: [
      ['Ada', 'Adler'],
      ['', ''],
    ],
    customers: 1,
    because: 'nothing speaks against it',
  },
  {
    who: 'loyal with 31 numbers',
    people: [
      ...times(12, ['Ada', 'Adler', '1980-01-01']),
      ...times(12, ['Ada', 'Bonnet', '1980-01-01']),
      ...times(4, ['Adda', 'Adler']),
      ...times(3, ['A', '', '', '+33612345678']),
    ],
    customers: 1,
    because: 'one birthday; one first name with an error and a marriage',
  },
];

/** The e-mail of a case, and the numbers of its customers. */
function nameOf({ who }: Case): string {
  return who.replaceAll(' ', '-');
}

function rowsOf(one: Case): string[] {
  const name = nameOf(one);
  return one.people.map(
    ([first, last, born = '', phone = ''], i) =>
      `${name}.${i},${name}@x.example,${first},${last},${born},${phone}`,
  );
}

const header = 'customer_id,email,first_name,last_name,birth_date,phone\n';

describe('the guard decides as a person would', () => {
  let home: TextHome;

  beforeAll(async () => {
    home = await makeTextHome();
    await home.drop({
      'drop/customers/web/a.csv': `${header}${cases.flatMap(rowsOf).join('\n')}\n`,
    });
    await home.ingest();
    await home.night({ asOf: '2025-01-31' });
  });

  test.each(cases)('$who: $customers, $because', async (one) => {
    const name = nameOf(one);
    const [found] = await home.ask(
      `select count(distinct customer_key) as n, count(*) as numbers from customer_identifier
       where kind = 'source_id' and value like '${name}.%'`,
    );
    expect(found).toEqual({ n: one.customers, numbers: one.people.length });
    const guarded = await home.ask(
      `select g.reason from identity_guard g
       join record_identifier r using (kind, source, pseudonym)
       where r.value = '${name}@x.example' group by 1`,
    );
    expect(guarded.map(({ reason }) => reason)).toEqual(
      one.reason === undefined ? [] : [one.reason],
    );
  });

  test('counts what a guarded identifier was judged by', async () => {
    const rows = await home.ask(
      `select distinct r.value, g.count_carriers, g.count_names, g.count_birthdays, g.count_phones,
         g.since_on
       from identity_guard g join record_identifier r using (kind, source, pseudonym)
       where r.value like 'mailbox-of-25@%' or r.value like 'desk%' or r.value like 'mailbox-of-200@%'
       order by 1`,
    );
    expect(rows.map(Object.values)).toEqual([
      ['desk-of-birthdays@x.example', 12, 1, 12, 0, '2025-01-31'],
      ['desk-of-phones@x.example', 12, 0, 0, 12, '2025-01-31'],
      // of 64 names 50 are compared: six first names of 7 people each, as one may have married, and
      // two of one; 14 are beyond
      ['mailbox-of-200@x.example', 200, 58, 0, 0, '2025-01-31'],
      // a first name has three last names (two people) or four, of 25: eight times 2, and 1 of 4
      ['mailbox-of-25@x.example', 25, 17, 0, 0, '2025-01-31'],
    ]);
  });
});

/** Customers of a home in which these files lie. */
async function homeOf(drop: Drop, configuration: unknown = {}): Promise<TextHome> {
  const home = await makeTextHome(configuration);
  await home.drop(drop);
  await home.ingest();
  await home.night({ asOf: '2025-01-31' });
  return home;
}

describe('an address that is nobody’s', () => {
  test('joins none of three people, and is no address to write to', async () => {
    const home = await homeOf({
      'drop/customers/a.csv': `customer_id,email,first_name,last_name
k1,none@shop.example,Ada,Low
k2,none@shop.example,Bert,High
k3,none@shop.example,Cleo,Mid
`,
      'drop/orders/a.csv': `ordered_at,order_id,customer_id,email,phone,amount
2024-01-01,o1,k1,,,10
2024-02-01,o2,k2,,,20
2024-03-01,o3,k3,,,30
2024-03-02,o4,,none@shop.example,,40
2024-03-03,o5,,,+33600000000,50
2024-03-04,o6,k1,desk@shop.example,,60
`,
    });
    expect(await customersOf(home)).toEqual(['desk@shop.example k1', 'k2', 'k3']);
    const orders = await home.ask(
      `select o.order_id, i.value from sales_order o
       left join customer_identifier i on i.customer_key = o.customer_key and i.kind = 'source_id'
       order by 1`,
    );
    expect(orders.map(Object.values)).toEqual([
      ['o1', 'k1'],
      ['o2', 'k2'],
      ['o3', 'k3'],
      ['o4', null],
      ['o5', null],
      ['o6', 'k1'],
    ]);
    const golden = await home.ask('select email from customer order by email');
    expect(golden.map(Object.values)).toEqual([['desk@shop.example'], [null], [null]]);
    const guarded = await home.ask(
      'select kind, reason, count_carriers from identity_guard order by 1',
    );
    expect(guarded.map(Object.values)).toEqual([
      ['email', 'placeholder', 3],
      ['phone', 'placeholder', 1],
    ]);
  });

  test('is one that the configuration names: an address, the beginning of one, a card', async () => {
    const drop = {
      'drop/customers/a.csv': `customer_id,email,loyalty_id
1,desk@a.example,
2,desk@b.example,
3,all@a.example,
4,all@b.example,
5,,till
6,,till-2
`,
    };
    const home = await homeOf(drop, { placeholders: ['desk@', 'all@a.example', 'till'] });
    expect(await customersOf(home)).toEqual(['1', '2', '3', '4 all@b.example', '5', '6 till-2']);
  });

  test('joins none of sixty customers of a marketplace', async () => {
    const home = await homeOf({
      'drop/orders/o.csv': `order_id,ordered_at,customer_id,email,amount\n${Array.from(
        { length: 60 },
        (_, i) => `O${i},2025-01-01,c${i},box@market.example,10.00\n`,
      ).join('')}`,
    });
    const [count] = await home.ask('select count(*) as n from customer');
    expect(count).toEqual({ n: 60 });
  });

  test('joins nobody wherever it stands: on one record of a hundred', async () => {
    const home = await homeOf({
      'drop/customers/a.csv': `customer_id,email\n${Array.from(
        { length: 300 },
        (_, i) => `c${i},${i % 100 === 0 ? 'unknown@shop.example' : `c${i}@x.example`}\n`,
      ).join('')}`,
    });
    const [count] = await home.ask('select count(*) as n from customer');
    expect(count).toEqual({ n: 300 });
  });

  test('is no relay address of a single order: its customer has as many as there are orders', async () => {
    const home = await homeOf({
      'drop/orders/o.csv': `order_id,ordered_at,customer_id,email,amount\n${Array.from(
        { length: 31 },
        (_, i) => `O${i},2025-01-01,c1,relay${i}@market.example,10.00\n`,
      ).join('')}`,
    });
    const rows = await home.ask('select count_identifiers from customer');
    expect(rows.map(Object.values)).toEqual([[32]]);
  });

  test('is a mailbox of many names where a system knows them by nothing else', async () => {
    const rows = crowd(8).map(([first, last]) => `box@x.example,${first},${last}\n`);
    const home = await homeOf({
      'drop/customers/a.csv': `email,first_name,last_name\n${rows.join('')}own@x.example,Ada,Low\nown@x.example,Bea,Low\n`,
    });
    // what a system tells two names of is one customer to it
    expect(await customersOf(home)).toEqual(['own@x.example']);
  });
});

describe('one record more', () => {
  /** Whether the address is guarded and since when, after each night of a growing or shrinking file. */
  async function nights(files: readonly (readonly Person[])[]): Promise<unknown[]> {
    const home = await makeTextHome({ sources: { crm: { customers: snapshot } } });
    const told: unknown[] = [];
    for (const [night, people] of files.entries()) {
      const rows = people.map(
        ([first, last, born = '', phone = ''], i) =>
          `n${i},box@x.example,${first},${last},${born},${phone}\n`,
      );
      await home.drop({ 'drop/customers/crm/all.csv': `${header}${rows.join('')}` });
      await home.ingest();
      await home.night({ asOf: `2025-01-${10 + night}` });
      const [guard] = await home.ask('select reason, since_on from identity_guard');
      const [count] = await home.ask(
        `select count(distinct customer_key) as n from customer_identifier where kind = 'source_id'`,
      );
      told.push([count?.n, ...(guard === undefined ? [] : Object.values(guard))]);
    }
    return told;
  }
  const snapshot = {
    delivers: 'snapshot',
    columns: Object.fromEntries(
      header
        .trim()
        .split(',')
        .map((column) => [column, { from: column }]),
    ),
  };
  const ada: Person = ['Ada', 'Adler'];
  const bruno: Person = ['Bruno', 'Adler'];
  const unknown: Person = ['', ''];
  const bornOn = (day: string): Person => ['', '', day];
  const called = (phone: string): Person => ['', '', '', phone];

  test.each<readonly [string, readonly (readonly Person[])[], readonly unknown[]]>([
    [
      'of names: guarded with 2 of 6, kept with 2 of 7 and of 13, released with 2 of 14',
      [
        [bruno, ...times(6, ada)],
        [bruno, ...times(5, ada)],
        [bruno, ...times(6, ada)],
        [bruno, ...times(12, ada)],
        [bruno, ...times(13, ada)],
        [bruno, ...times(12, ada)],
      ],
      [
        [1],
        [6, 'many_names', '2025-01-11'],
        [7, 'many_names', '2025-01-11'],
        [13, 'many_names', '2025-01-11'],
        [1],
        [1],
      ],
    ],
    [
      'of birthdays: the same',
      [
        [bornOn('1980-01-02'), ...times(6, bornOn('1980-01-01'))],
        [bornOn('1980-01-02'), ...times(5, bornOn('1980-01-01'))],
        [bornOn('1980-01-02'), ...times(12, bornOn('1980-01-01'))],
        [bornOn('1980-01-02'), ...times(13, bornOn('1980-01-01'))],
      ],
      [[1], [6, 'many_birthdays', '2025-01-11'], [13, 'many_birthdays', '2025-01-11'], [1]],
    ],
    [
      'of phones: the same',
      [
        [called('+33612345601'), ...times(6, called('+33612345602'))],
        [called('+33612345601'), ...times(5, called('+33612345602'))],
        [called('+33612345601'), ...times(12, called('+33612345602'))],
        [called('+33612345601'), ...times(13, called('+33612345602'))],
      ],
      [[1], [6, 'many_phones', '2025-01-11'], [13, 'many_phones', '2025-01-11'], [1]],
    ],
    [
      'of unknown ones: guarded with 6, kept with 3, released with 2',
      [times(5, unknown), times(6, unknown), times(3, unknown), times(2, unknown)],
      [[1], [6, 'many_unknown', '2025-01-11'], [3, 'many_unknown', '2025-01-11'], [1]],
    ],
    [
      'of two people: a third and a fourth like one of them change nothing',
      [[ada], [ada, bruno], [ada, bruno, ada], [ada, bruno, ada, ada]],
      [
        [1],
        [2, 'different_people', '2025-01-11'],
        [3, 'different_people', '2025-01-11'],
        [4, 'many_names', '2025-01-11'],
      ],
    ],
  ])('%s', async (_, files, told) => {
    expect(await nights(files)).toEqual(told);
  });
});

describe('references', () => {
  test('are a number, an e-mail, a card or a phone; cards join', async () => {
    const home = await homeOf({
      'drop/customers/web/a.csv': `customer_id,email,phone,loyalty_id
1,ann@x.example,,L1
,,,L1
,bob@x.example,+33612345678,
,,+33612345678,
,,+33612345679,L2
2,,+33612345678,L2
`,
      'drop/customers/till/a.csv': 'customer_id,loyalty_id\n9,L1\n',
    });
    // a phone beside an e-mail, a card or a number joins nobody: households share it
    expect(await customersOf(home)).toEqual([
      '+33612345678',
      '1 9 L1 ann@x.example',
      '2 L2',
      'bob@x.example',
    ]);
    const levels = await home.ask(
      'select distinct kind, match_level from customer_identifier order by 1',
    );
    expect(levels.map(Object.values)).toEqual([
      ['email', 'exact'],
      ['loyalty_id', 'exact'],
      ['phone', 'loose'],
      ['source_id', 'exact'],
    ]);
  });

  test('a record without any is refused', async () => {
    const home = await makeTextHome();
    await home.drop({
      'drop/customers/a.csv':
        'email,phone,first_name\nann@x.example,,Ann\n,,Bob\n,+33612345678,Cid\n',
    });
    const [load] = await home.ingest();
    expect(load).toMatchObject({ accepted: 2, quarantined: 1 });
    expect(load?.problems).toMatchObject([
      { recordNumber: 2, column: 'customer_id', rule: 'no_reference' },
    ]);
  });

  test('spelled as their provider reads them are one, and keep their spelling', async () => {
    const home = await homeOf({
      'drop/customers/a.csv': `customer_id,email
1,Ann.Low@gmail.com
2,annlow+shop@googlemail.com
3,annlow@gmail.com
4,ann.low@x.example
5,annlow@x.example
6,+a@gmail.com
7,+b@gmail.com
8,bob.low@googlemail.com
`,
    });
    expect(await customersOf(home)).toEqual([
      '+a@gmail.com 6',
      '+b@gmail.com 7',
      '1 2 3 ann.low@gmail.com annlow+shop@googlemail.com annlow@gmail.com',
      '4 ann.low@x.example',
      '5 annlow@x.example',
      '8 bob.low@googlemail.com',
    ]);
    const strict = await home.ask(
      "select value from customer_identifier where match_level = 'strict' order by 1",
    );
    expect(strict.map(Object.values)).toEqual([
      ['annlow+shop@googlemail.com'],
      ['annlow@gmail.com'],
    ]);
  });

  test('that are earlier are linked strictly, and given up to who carries them since', async () => {
    const home = await homeOf({
      'drop/customers/a.csv': `customer_id,email,updated_at
1,old@x.example,2024-01-01
1,new@x.example,2024-06-01
2,was@x.example,2024-01-01
2,is@x.example,2024-06-01
3,was@x.example,2024-09-01
`,
    });
    const rows = await home.ask(
      "select value, match_level from customer_identifier where kind = 'email' order by 1",
    );
    expect(rows.map(Object.values)).toEqual([
      ['is@x.example', 'exact'],
      ['new@x.example', 'exact'],
      ['old@x.example', 'strict'],
      ['was@x.example', 'exact'],
    ]);
  });

  test('the golden record says from which system each column is', async () => {
    const home = await homeOf({
      'drop/customers/crm/a.csv':
        'customer_id,email,first_name,city,updated_at\n1,ann@x.example,Ann,,2024-01-01\n',
      'drop/customers/web/a.csv':
        'customer_id,email,first_name,city,updated_at\n2,ann@x.example,,Lyon,2024-02-01\n',
      'drop/orders/till/a.csv':
        'ordered_at,order_id,customer_id,email,phone,amount\n2024-03-01,1,3,ann@x.example,+33612345678,1\n',
    });
    const rows = await home.ask('select column_name, source from customer_source order by 1');
    expect(rows.map(Object.values)).toEqual([
      ['city', 'web'],
      ['email', 'till'],
      ['first_name', 'crm'],
      ['phone', 'till'],
    ]);
  });
});
