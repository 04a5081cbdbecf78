import type { Row } from '../ports/query-engine.ts';
import { languages } from './words.ts';

/** The rows of `label`: every code of the tables in the words of every language. */
export function labelRows(): Row[] {
  return Object.entries(languages).flatMap(([language, { labels }]) =>
    Object.entries(labels).flatMap(([kind, words]) =>
      Object.entries(words).map(([code, text]) => ({ kind, code, language, text })),
    ),
  );
}
