import { code, count, day, flag, runTable, text } from './contract.ts';

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
        join identity_component a on a.identifier = l.identifier
          and a.snapshot_on = l.snapshot_on and a.run_id = l.run_id
        join identity_component b on b.identifier = l.linked_identifier
          and b.snapshot_on = l.snapshot_on and b.run_id = l.run_id
        where l.snapshot_on = :as_of and l.run_id = :run_id and a.component <> b.component`,
    },
  ],
});

export const customerIdentifier = runTable({
  name: 'customer_identifier',
  grain: 'one row an identifier of a customer',
  key: ['customer_key', 'source', 'kind', 'value'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    source: text('System whose id it is; empty text for what is the same everywhere'),
    kind: code('identifier', 'source_id, email or phone'),
    value: text('The identifier itself, normalised', { pii: 'direct' }),
    pseudonym: text('What stands for the identifier; keys are made from it', { pii: 'indirect' }),
    match_rule: code('identifier', 'What joined it to the customer: source_id, email or phone'),
    match_level: code('match_level', 'exact: equal after normalisation'),
  },
  identities: [
    {
      states: 'an identifier belongs to one customer',
      violations: `
        select source, kind, value from customer_identifier
        where snapshot_on = :as_of and run_id = :run_id
        group by source, kind, value having count(*) > 1`,
    },
  ],
});

export const customer = runTable({
  name: 'customer',
  grain: 'one row a customer, whatever systems know them',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer; kept from night to night'),
    email: text('Last known e-mail, normalised', { nullable: true, pii: 'direct' }),
    phone: text('Last known phone number', { nullable: true, pii: 'direct' }),
    first_name: text('First name', { nullable: true, pii: 'direct' }),
    last_name: text('Last name', { nullable: true, pii: 'direct' }),
    birth_date: day('Date of birth', { nullable: true, pii: 'direct' }),
    address: text('Street and number', { nullable: true, pii: 'direct' }),
    postcode: text('Postal code', { nullable: true, pii: 'indirect' }),
    city: text('City', { nullable: true, pii: 'indirect' }),
    country: text('Country', { nullable: true, pii: 'indirect' }),
    loyalty_id: text('Loyalty card', { nullable: true, pii: 'direct' }),
    acquisition_channel: text('Channel that won the customer, as the source says', {
      nullable: true,
    }),
    acquisition_campaign: text('Campaign that won the customer, as the source says', {
      nullable: true,
    }),
    consent_email: flag('May be written to by e-mail; unknown is NULL', { nullable: true }),
    consent_sms: flag('May be written to by SMS; unknown is NULL', { nullable: true }),
    consent_ads: flag('May be shown to ad platforms; unknown is NULL', { nullable: true }),
    first_seen_on: day('First day any system knew the customer', { nullable: true }),
    is_prospect: flag('Known, and has no order line yet'),
    count_identifiers: count('identifiers', 'How many identifiers were joined'),
  },
  identities: [
    {
      states: 'every customer has an identifier',
      violations: `
        select customer_key from customer
        where snapshot_on = :as_of and run_id = :run_id and count_identifiers < 1`,
    },
  ],
});
