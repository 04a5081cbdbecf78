import { asciiFold } from './ascii-fold.ts';
import { countryCode } from './country-code.ts';
import type { Reading } from './field.ts';
import { readNumberText } from './number-text.ts';
import { phoneNumber } from './phone-number.ts';
import { type StatusMeaning, statusMeaning } from './status-words.ts';

/** What the generated SQL calls by name: texts in, a text or NULL out. */
export const sqlFunctions: Readonly<Record<string, (...texts: string[]) => string | null>> = {
  phone_number: (text = '', country = '') => phoneNumber(text, country),
  ascii_fold: (text = '') => asciiFold(text),
  country_code: (text = '') => countryCode(text),
  status_meaning: (text = '', words = '{}') => statusMeaning(text, parsedWords(words)),
  number_text: (text = '', decimal = '.', thousands = '', currency = '') =>
    readNumberText(text, {
      decimal: decimal as Reading['decimal'],
      thousands: thousands as Reading['thousands'],
      currency: currency === '' ? null : currency,
    }),
};

let parsed = { text: '', words: {} as Readonly<Record<string, StatusMeaning>> };

/** The same text comes with every record of a file. */
function parsedWords(text: string): Readonly<Record<string, StatusMeaning>> {
  if (parsed.text !== text) parsed = { text, words: JSON.parse(text) };
  return parsed.words;
}
