import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const number = (value: string, source = 'web') => ({
  ...{ reference_kind: 'source_id', reference_source: source, reference_value: value },
});
const email = (value: string) => ({
  ...{ reference_kind: 'email', reference_source: '', reference_value: value },
});

/** What a reference carries: itself, or another identifier. */
function carried(reference: Row, columns: Row = {}): Row {
  const { reference_kind: kind = null, reference_source: source = null } = reference;
  const { reference_value: value = null } = reference;
  const own = { kind, source, value, ...columns };
  return {
    ...{ ...reference, ...own, joins_as: own.value, pseudonym: `of ${own.kind} ${own.value}` },
    ...{ is_reference: columns.kind === undefined, is_given_up: false },
    ...columns,
  };
}

const mail = (value: string) => ({ kind: 'email', source: '', value });

test('an identifier is linked with the reference that carries it, both ways, and with itself', async () => {
  const rows = await built('identity_link', {
    record_identifier: [
      carried(number('1')),
      carried(number('1'), mail('a@x.example')),
      carried(number('1'), { kind: 'loyalty_id', source: '', value: 'L' }),
      carried({ reference_kind: 'phone', reference_source: '', reference_value: '+33' }),
      // given up, and guarded
      carried(number('1'), { ...mail('old@x.example'), is_given_up: true }),
      carried(number('2', 'till')),
      carried(number('2', 'till'), mail('desk@x.example')),
      // records that refer to nobody's identifier alone are nobody's
      carried(email('desk@x.example')),
      carried(email('desk@x.example'), { kind: 'loyalty_id', source: '', value: 'M' }),
    ],
    guarded_identifier: [
      { ...mail('desk@x.example'), pseudonym: 'p' },
      // the same text of another kind or system guards nothing
      { ...mail('a@x.example'), kind: 'phone', pseudonym: 'q' },
      { ...mail('a@x.example'), source: 'web', pseudonym: 'r' },
    ],
  });
  const [one, a, card] = ['1|web|1', '2||a@x.example', '3||L'];
  expect(columnsOf(rows, 'identifier', 'linked_identifier')).toEqual(
    [
      [one, one],
      [one, a],
      [one, card],
      ['1|till|2', '1|till|2'],
      [a, one],
      [a, a],
      [card, one],
      [card, card],
      ['4||+33', '4||+33'],
    ].toSorted(),
  );
});

test('spellings of an address are linked with the least of them', async () => {
  const spelt = (value: string) => ({ ...mail(value), joins_as: 'ab@gmail.com' });
  const rows = await built('identity_link', {
    record_identifier: [
      carried(number('1'), spelt('b.c@gmail.com')),
      carried(number('2'), spelt('a.b.c@gmail.com')),
      // a card of the same text is no spelling
      carried(number('3'), {
        kind: 'loyalty_id',
        source: '',
        value: 'L',
        joins_as: 'ab@gmail.com',
      }),
    ],
  });
  const [one, two, three] = ['1|web|1', '1|web|2', '1|web|3'];
  const [least, other, card] = ['2||a.b.c@gmail.com', '2||b.c@gmail.com', '3||L'];
  expect(columnsOf(rows, 'identifier', 'linked_identifier')).toEqual(
    [
      ...[
        [one, other],
        [other, one],
        [two, least],
        [least, two],
        [three, card],
        [card, three],
      ],
      ...[
        [other, least],
        [least, other],
        [least, least],
        [other, other],
        [card, card],
      ],
    ].toSorted(),
  );
});

test('a component is the least identifier that links reach, however far', async () => {
  const chain = ['1|a', '1|b', '1|c', '1|d', '1|e', '1|f', '1|g'];
  const pairs = chain.slice(1).flatMap((identifier, index) => [
    { identifier, linked_identifier: chain[index] as string },
    { identifier: chain[index] as string, linked_identifier: identifier },
  ]);
  const own = [...chain, '1|z'].map((identifier) => ({
    identifier,
    linked_identifier: identifier,
  }));
  const rows = await built('identity_component', { identity_link: [...pairs, ...own] });
  expect(columnsOf(rows, 'identifier', 'component', 'is_changed')).toEqual([
    ...chain.map((identifier) => [identifier, '1|a', false]),
    ['1|z', '1|z', false],
  ]);
});
