import { en } from './en.ts';

/** What each language must have a word for: English says it all. */
export type Words = typeof en;

/** By code of ISO 639-1. A language is a file beside this one and a line here. */
export const languages: Readonly<Record<string, Words>> = { en };
