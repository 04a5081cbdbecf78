import { type FieldKind, readBy, refuse } from '../field.ts';

/** A whole number of at most 15 digits. */
export const wholeNumber: FieldKind = {
  name: 'whole number',
  type: 'bigint',
  unit: 'number',
  schema: () =>
    readBy((text) =>
      /^[+-]?[0-9]{1,15}$/.test(text) ? Number(text) + 0 : refuse('not_a_whole_number'),
    ),
  sql: ({ text }) => ({
    value: `case when regexp_full_match(${text}, '[+-]?[0-9]{1,15}') then cast(${text} as bigint) end`,
    unread: [{ when: 'true', rule: 'not_a_whole_number' }],
    refused: [],
  }),
};
