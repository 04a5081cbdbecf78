import { readRemarks } from '../tables/remark.ts';
import type { Words } from './words.ts';

/** The words of a code; a code without any, such as one of an older run, as it stands. */
export function wordsOf(words: Words, kind: keyof Words['labels'], code: string): string {
  return textsOf(words, kind)[code] ?? code;
}

/** What a column of reasons says: its codes in words, each with its figures in their places. */
export function remarkWords(words: Words, kind: 'note' | 'reason', column: string | null): string {
  const figureWords = (figure: string | number) =>
    textsOf(words, 'model')[figure] ?? String(figure).replaceAll('+', ', ');
  const says = readRemarks(column).map(({ code, figures = {} }) =>
    wordsOf(words, kind, code).replaceAll(/\{(\w+)\}/g, (place, name: string) => {
      const figure = figures[name];
      return figure === undefined ? place : figureWords(figure);
    }),
  );
  return says.join(' ');
}

function textsOf(words: Words, kind: keyof Words['labels']): Readonly<Record<string, string>> {
  return words.labels[kind];
}
