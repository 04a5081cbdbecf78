import { type FieldKind, readBy, refuse } from '../field.ts';

/** Blanks, dots, dashes, slashes and brackets only group the digits of a number. */
const grouping = /[\s./()-]/g;

/**
 * A phone number: E.164 where it names its country by + or 00, otherwise its digits as they stand.
 */
export const phone: FieldKind = {
  name: 'phone',
  type: 'varchar',
  unit: 'E.164',
  schema: () =>
    readBy((text) => {
      const digits = text.replace(grouping, '').replace(/^00/, '+');
      return /^([+][1-9][0-9]{6,14}|[0-9]{4,15})$/.test(digits) ? digits : refuse('not_a_phone');
    }),
  sql: ({ text }) => {
    const digits = `regexp_replace(regexp_replace(${text}, '[\\s./()-]', '', 'g'), '^00', '+')`;
    return {
      value: `case when regexp_full_match(${digits}, '[+][1-9][0-9]{6,14}|[0-9]{4,15}') then ${digits} end`,
      unread: [{ when: 'true', rule: 'not_a_phone' }],
      refused: [],
    };
  },
};
