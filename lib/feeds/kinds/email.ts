import { type FieldKind, readBy, refuse, whenSigns } from '../field.ts';

/** One address: no blanks or brackets, one at sign, a dot in the domain; RFC 5321 allows 254 bytes. */
const address =
  '[^\\s@<>(),;:"\\\\\\[\\]]{1,64}@[^\\s@<>(),;:"\\\\\\[\\].]+([.][^\\s@<>(),;:"\\\\\\[\\].]+)+';
const unseen =
  '[\\p{Cc} \\x{A0}\\x{1680}\\x{2000}-\\x{200D}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]';
const unseenPattern = /[\p{Cc} \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000]/u;
const longest = 254;

/** An e-mail address in lower case (letter by letter, whatever the machine's language). */
export const email: FieldKind = {
  name: 'email',
  type: 'varchar',
  unit: 'e-mail address',
  schema: () =>
    readBy((text) => {
      const value = lowerByLetter(text);
      if (value.startsWith('=')) return refuse('formula_cell');
      if ([...value].length > longest) return refuse('too_long');
      if (unseenPattern.test(value)) return refuse('not_an_email');
      return new RegExp(`^(?:${address})$`, 'u').test(value) ? value : refuse('not_an_email');
    }),
  sql: ({ text, value, signs }) => ({
    value: signs.upper || signs.nonAscii ? `lower(${text})` : text,
    unread: [],
    refused: [
      ...whenSigns(signs.equals, `starts_with(${value}, '=')`, 'formula_cell'),
      ...whenSigns(signs.long, `length(${value}) > ${longest}`, 'too_long'),
      ...whenSigns(
        signs.blank || signs.control || signs.nonAscii,
        `regexp_matches(${value}, '${unseen}')`,
        'not_an_email',
      ),
      { when: `not regexp_full_match(${value}, '${address}')`, rule: 'not_an_email' },
    ],
  }),
};

/** One letter becomes one letter: a final sigma stays a sigma, and İ becomes i alone. */
function lowerByLetter(text: string): string {
  return Array.from(text, (letter) =>
    String.fromCodePoint(letter.toLowerCase().codePointAt(0) as number),
  ).join('');
}
