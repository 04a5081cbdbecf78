import { literal } from './sql-text.ts';

/** What exports write where there is nothing, in lower case. */
const usual = ['null', 'nan', 'none', 'n/a', '#n/a', '(null)', 'undefined', '-', '\\n'];
const nobody = ['0', '0.0', '-1', '-1.0', 'guest'];
const noDay = ['0000-00-00', '0000-00-00 00:00:00'];

/**
 * Which words mean nothing in a column: in most the usual ones in any case; in names, as people are
 * called None and Nan, the two that databases write, as they write them; in references to a customer
 * also what stands for nobody; in dates also the day zero.
 */
export type EmptyWords = 'usual' | 'name' | 'reference' | 'date';

const words: Readonly<Record<EmptyWords, readonly string[]>> = {
  usual,
  name: ['NULL', '\\N'],
  reference: [...usual, ...nobody],
  date: [...usual, ...noDay],
};

const longest = 19;

/** Whether a cleaned text says that there is nothing. */
export function isEmptyWord(text: string, kind: EmptyWords): boolean {
  if (text.length > longest) return false;
  return words[kind].includes(kind === 'name' ? text : lowerAscii(text));
}

/** The same as a condition in SQL. */
export function emptyWordSql(text: string, kind: EmptyWords): string {
  const any = words[kind].map((word) => word.replace(/[()\\]/g, '[$&]')).join('|');
  const pattern = kind === 'name' ? any : `(?i)(?:${any})`;
  return `strlen(${text}) <= ${longest} and strlen(${text}) = length(${text}) and regexp_full_match(${text}, ${literal(pattern.replaceAll('[\\]', '[\\\\]'))})`;
}

/** Whether a text that was seen in a file may be such a word: of the usual ones, or of any. */
export function emptyWordSigns(text: string): { readonly usual: boolean; readonly any: boolean } {
  const word = lowerAscii(text);
  return { usual: usualWords.has(word), any: allWords.has(word) };
}

const usualWords = new Set(usual);
const allWords = new Set([...usual, ...nobody, ...noDay]);

/** Lengths that such words have, by their first byte in any case, as bits. */
export const emptyWordLengths: Int32Array = lengthsByFirstByte();

function lengthsByFirstByte(): Int32Array {
  const lengths = new Int32Array(256);
  for (const word of allWords) {
    for (const first of [word.charCodeAt(0), word.toUpperCase().charCodeAt(0)]) {
      lengths[first] = (lengths[first] as number) | (1 << word.length);
    }
  }
  return lengths;
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
