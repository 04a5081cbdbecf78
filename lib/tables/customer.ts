import { code, count, day, flag, runTable, text } from './contract.ts';

export const customerIdentifier = runTable({
  name: 'customer_identifier',
  grain: 'one row an identifier of a customer',
  key: ['source', 'kind', 'value'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    source: text('System whose id it is; empty text for what is the same everywhere'),
    kind: code('identifier', 'source_id, email, loyalty_id or phone'),
    value: text('The identifier itself, normalised', { pii: 'direct' }),
    pseudonym: text('What stands for the identifier; keys are made from it', { pii: 'indirect' }),
    match_rule: code('identifier', 'What joined it to the customer: an identifier of this kind'),
    match_level: code(
      'match_level',
      'exact: a current record tells it; strict: an earlier one, or another spelling; loose: a phone',
    ),
  },
  identities: [
    {
      states:
        'whoever is referred to by an identifier that is not guarded, or carries one, is one customer',
      violations: `
        select r.kind, r.source from record_identifier r
        left join customer_identifier c on c.snapshot_on = r.snapshot_on and c.run_id = r.run_id
          and c.kind = r.reference_kind and c.source = r.reference_source
          and c.value = r.reference_value
        left join guarded_identifier g on g.snapshot_on = r.snapshot_on and g.run_id = r.run_id
          and g.kind = r.kind and g.source = r.source and g.value = r.value
        where r.snapshot_on = :as_of and r.run_id = :run_id and g.value is null
        group by r.kind, r.source, coalesce(r.joins_as, r.value)
        having count(distinct case when not r.is_given_up then c.customer_key end) > 1
          or count(case when r.is_reference and c.customer_key is null then 1 end) > 0`,
    },
    {
      states: 'an identifier that is guarded belongs to nobody',
      violations: `
        select c.value from customer_identifier c
        join guarded_identifier g on g.snapshot_on = c.snapshot_on and g.run_id = c.run_id
          and g.kind = c.kind and g.source = c.source and g.value = c.value
        where c.snapshot_on = :as_of and c.run_id = :run_id`,
    },
  ],
});

/** What the golden record takes, each from the latest record that fills it. */
const golden = {
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
} as const;

export const customerState = runTable({
  name: 'customer_state',
  grain: 'one row a record of a customer, or a set of identifiers that their order lines carry',
  key: ['customer_key', 'recency_place'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    recency_place: count('place', 'Which of the records of the customer was changed last, from 1'),
    source: text('System that exported the record; empty text when it has no name'),
    ...golden,
    known_on: day('First day on which the record tells of the customer', { nullable: true }),
    has_order: flag('Whether it is of an order line that was not cancelled'),
    count_identifiers: count('identifiers', 'How many identifiers the customer has'),
  },
});

export const customer = runTable({
  name: 'customer',
  grain: 'one row a customer, whatever systems know them',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer; kept from night to night'),
    ...golden,
    first_seen_on: day('First day any system knew the customer', { nullable: true }),
    is_prospect: flag('Known, and has no order line yet'),
    count_identifiers: count('identifiers', 'How many identifiers were joined'),
  },
  identities: [
    {
      states: 'every customer has an identifier',
      brokenWhere: 'count_identifiers < 1',
    },
  ],
});

export const customerSource = runTable({
  name: 'customer_source',
  grain: "one row a column that a customer's golden record fills",
  key: ['customer_key', 'column_name'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    column_name: text('Column of the table customer'),
    source: text('System whose record fills it; empty text when it has no name'),
  },
});
