import { code, count, day, flag, runTable, text } from './contract.ts';

const person = { nullable: true, pii: 'direct' } as const;

export const recordIdentifier = runTable({
  name: 'record_identifier',
  grain: 'one row an identifier that the records of one reference carry, the reference itself too',
  key: ['reference_kind', 'reference_source', 'reference_value', 'kind', 'source', 'value'],
  promise: 'pure',
  columns: {
    reference_kind: text('Whom the records refer to: source_id, email, loyalty_id or phone'),
    reference_source: text('System whose id it is; empty text for what is the same everywhere'),
    reference_value: text('The identifier itself, normalised', { pii: 'direct' }),
    kind: code('identifier', 'source_id, email, loyalty_id or phone'),
    source: text('System whose id it is; empty text for what is the same everywhere'),
    value: text('The identifier itself, normalised', { pii: 'direct' }),
    joins_as: text(
      'As its provider reads it: two that are equal are one; NULL: as it stands',
      person,
    ),
    pseudonym: text('What stands for the identifier', { pii: 'indirect' }),
    is_reference: flag('Whether the records refer to the customer by it'),
    is_earlier: flag('Whether the newest records of the reference carry another'),
    is_given_up: flag('Whether another reference has carried it since'),
  },
});

/** What the texts of the guard call an identifier that several carry. */
const shared = {
  kind: code('identifier', 'email, loyalty_id or phone'),
  source: text('Empty text: it is the same everywhere'),
  joins_as: text('The identifier as its provider reads it', { pii: 'direct' }),
} as const;

export const sharedIdentifier = runTable({
  name: 'shared_identifier',
  grain: 'one row a carrier of an identifier that more than one carries',
  key: ['kind', 'source', 'joins_as', 'reference_kind', 'reference_source', 'carrier'],
  promise: 'pure',
  columns: {
    ...shared,
    reference_kind: text('Kind of the reference that carries it'),
    reference_source: text('System of the reference; empty text for what is the same everywhere'),
    carrier: text('The reference, or the name where records refer to the identifier itself', {
      pii: 'direct',
    }),
    is_reference: flag('Whether its records refer to the identifier itself'),
    first_name: text('Newest first name, folded', person),
    last_name: text('Newest last name, folded', person),
    birth_date: day('Newest date of birth', person),
    phone: text('Newest phone number', person),
  },
});

export const sharedName = runTable({
  name: 'shared_name',
  grain: 'one row a name that carriers of a shared identifier have',
  key: ['kind', 'source', 'joins_as', 'first_name', 'last_name'],
  promise: 'pure',
  columns: {
    ...shared,
    first_name: text('First name, folded; empty text where none is known', { pii: 'direct' }),
    last_name: text('Last name, folded; empty text where none is known', { pii: 'direct' }),
    count_carriers: count('carriers', 'How many have this name'),
    person_number: count('number', 'Equal for names that one person may have'),
    last_name_number: count('number', 'Equal for last names within one edit'),
  },
});

export const sharedEvidence = runTable({
  name: 'shared_evidence',
  grain: 'one row a shared identifier',
  key: ['kind', 'source', 'joins_as'],
  promise: 'pure',
  columns: {
    ...shared,
    count_carriers: count('carriers', 'How many carry it'),
    count_others: count('carriers', 'Those that are known by another identifier'),
    count_names: count('people', 'Plainly different names among them'),
    tell_name: count('carriers', 'How many tell a name'),
    count_birthdays: count('birthdays', 'Different dates of birth among them'),
    tell_birthday: count('carriers', 'How many tell a date of birth'),
    count_phones: count('phones', 'Different phone numbers among them'),
    tell_phone: count('carriers', 'How many tell a phone number'),
    tell_nothing: count('carriers', 'How many tell none of these'),
    most_silent: count('carriers', 'The most of these that one system has'),
  },
});

/** What is told of an identifier that joins nobody. */
const guard = {
  pseudonym: text('What stands for the identifier', { pii: 'indirect' }),
  reason: code('guard_reason', 'Why: a list says so, or who carries it'),
  count_carriers: count('carriers', 'How many carry it'),
  count_names: count('people', 'Plainly different names among them'),
  count_birthdays: count('birthdays', 'Different dates of birth among them'),
  count_phones: count('phones', 'Different phone numbers among them'),
  since_on: day('As-of date of the first night that guarded it'),
};

export const guardedIdentifier = runTable({
  name: 'guarded_identifier',
  grain: 'one row an identifier that joins nobody',
  key: ['kind', 'source', 'value'],
  promise: 'pure',
  columns: {
    kind: code('identifier', 'email, loyalty_id or phone'),
    source: text('Empty text: it is the same everywhere'),
    value: text('The identifier itself, normalised', { pii: 'direct' }),
    ...guard,
  },
});

export const identityGuard = runTable({
  name: 'identity_guard',
  grain: 'one row an identifier that joins nobody',
  key: ['kind', 'source', 'pseudonym'],
  promise: 'pure',
  columns: {
    kind: code('identifier', 'email, loyalty_id or phone'),
    source: text('Empty text: it is the same everywhere'),
    ...guard,
  },
});

export const identityLink = runTable({
  name: 'identity_link',
  grain: 'one row a pair of identifiers that belong to one customer, in both directions',
  key: ['identifier', 'linked_identifier'],
  promise: 'pure',
  columns: {
    identifier: text('Kind, source and value as one text', { pii: 'direct' }),
    linked_identifier: text('An identifier seen on the same record; every one links to itself', {
      pii: 'direct',
    }),
  },
});

export const identityComponent = runTable({
  name: 'identity_component',
  grain: 'one row an identifier',
  key: ['identifier'],
  promise: 'pure',
  columns: {
    identifier: text('Kind, source and value as one text', { pii: 'direct' }),
    component: text('Least identifier of all that are linked with it', { pii: 'direct' }),
    is_changed: flag('Whether the last round still found a lesser one'),
  },
  identities: [
    {
      states: 'linked identifiers are in one component',
      violations: `
        select l.identifier from identity_link l
        join identity_component c on c.identifier = l.linked_identifier
          and c.snapshot_on = l.snapshot_on and c.run_id = l.run_id
        where l.snapshot_on = :as_of and l.run_id = :run_id
        group by l.identifier having min(c.component) <> max(c.component)`,
    },
  ],
});
