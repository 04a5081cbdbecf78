import { type FieldKind, readBy, refuse } from '../field.ts';

/** The ASCII letters alone change case: codes are ASCII, and everything else is refused anyway. */
function upperAscii(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function code(
  kindName: string,
  unit: string,
  pattern: string,
  rule: 'not_a_currency' | 'not_a_country',
): FieldKind {
  return {
    name: kindName,
    type: 'varchar',
    unit,
    schema: () =>
      readBy((text) => {
        const value = upperAscii(text);
        return new RegExp(`^(?:${pattern})$`).test(value) ? value : refuse(rule);
      }),
    sql: ({ text }) => ({
      value: `case when regexp_full_match(${text}, '(?i:${pattern})') and strlen(${text}) = length(${text}) then upper(${text}) end`,
      unread: [{ when: 'true', rule }],
      refused: [],
    }),
  };
}

/** ISO 4217, upper case. */
export const currency = code('currency', 'ISO 4217', '[A-Z]{3}', 'not_a_currency');

/** ISO 3166 alpha-2, upper case. */
export const country = code('country', 'ISO 3166-1 alpha-2', '[A-Z]{2}', 'not_a_country');
