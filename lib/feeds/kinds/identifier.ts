import { type FieldKind, readBy, refuse, whenSigns } from '../field.ts';

const longest = 256;
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const shortened = '[0-9]+([.,][0-9]+)?[eE][+][0-9]+';
const turnedIntoDate = `[0-9]{1,2}-(${months})`;
/** A whole number as it is written where ids lie in a column of floats. */
const wholeFloat = '(-?(?:0|[1-9][0-9]{0,15}))[.]0';
const unseen = '[\\p{Cc}\\x{200C}\\x{200D}]';
const unseenPattern = /[\p{Cc}\u200c\u200d]/u;

/**
 * A code that records are joined by: number of an order, a customer, a product. Kept as it stands,
 * so what a spreadsheet does to codes is refused: 3.36E+10, 1-Jan, formulas, unseen characters. Only
 * the float that a whole number became is that number again: 123.0 is 123.
 */
export const identifier: FieldKind = {
  name: 'identifier',
  type: 'varchar',
  unit: 'text',
  schema: () =>
    readBy((value) => {
      if (value.startsWith('=')) return refuse('formula_cell');
      if ([...value].length > longest) return refuse('too_long');
      if (new RegExp(`^(?:${shortened})$`).test(value)) return refuse('scientific_notation');
      if (new RegExp(`^(?:${turnedIntoDate})$`).test(value)) return refuse('spreadsheet_date');
      if (unseenPattern.test(value)) return refuse('invisible_character');
      return withoutFloat(value);
    }),
  sql: ({ text, signs }) => ({
    value: signs.wholeFloat
      ? `case when ends_with(${text}, '.0') then regexp_replace(${text}, '^${wholeFloat}$', '\\1') else ${text} end`
      : text,
    unread: [],
    refused: [
      ...whenSigns(signs.equals, `starts_with(${text}, '=')`, 'formula_cell'),
      ...whenSigns(signs.long, `length(${text}) > ${longest}`, 'too_long'),
      ...whenSigns(
        signs.plus && signs.exponent,
        `contains(${text}, '+') and regexp_full_match(${text}, '${shortened}')`,
        'scientific_notation',
      ),
      ...whenSigns(
        signs.dash && signs.upper,
        `strlen(${text}) <= 6 and regexp_full_match(${text}, '${turnedIntoDate}')`,
        'spreadsheet_date',
      ),
      ...whenSigns(
        signs.control || signs.nonAscii,
        `regexp_matches(${text}, '${unseen}')`,
        'invisible_character',
      ),
    ],
  }),
};

/** The text without the `.0` of a whole number that lay in a column of floats. */
export function withoutFloat(text: string): string {
  return new RegExp(`^${wholeFloat}$`).exec(text)?.[1] ?? text;
}
