import { countryCode } from '../country-code.ts';
import { type FieldKind, readBy, refuse } from '../field.ts';

const letters = '[A-Za-z]{3}';

/** ISO 4217, upper case. */
export const currency: FieldKind = {
  name: 'currency',
  type: 'varchar',
  unit: 'ISO 4217',
  schema: () =>
    readBy((text) =>
      new RegExp(`^(?:${letters})$`).test(text) ? text.toUpperCase() : refuse('not_a_currency'),
    ),
  sql: ({ text }) => ({
    value: `case when regexp_full_match(${text}, '${letters}') then upper(${text}) end`,
    unread: [{ when: 'true', rule: 'not_a_currency' }],
    refused: [],
  }),
};

/** ISO 3166-1 alpha-2, upper case; a country's name becomes its code. */
export const country: FieldKind = {
  name: 'country',
  type: 'varchar',
  unit: 'ISO 3166-1 alpha-2',
  schema: () => readBy((text) => countryCode(text) ?? refuse('not_a_country')),
  sql: ({ text }) => ({
    value: `country_code(${text})`,
    unread: [{ when: 'true', rule: 'not_a_country' }],
    refused: [],
  }),
};
