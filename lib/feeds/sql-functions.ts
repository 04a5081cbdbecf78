import { asciiFold } from './ascii-fold.ts';
import { phoneNumber } from './phone-number.ts';

/** What the generated SQL calls by name: texts in, a text or NULL out. */
export const sqlFunctions: Readonly<Record<string, (...texts: string[]) => string | null>> = {
  phone_number: (text = '', country = '') => phoneNumber(text, country),
  ascii_fold: (text = '') => asciiFold(text),
};
