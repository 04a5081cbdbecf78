/** The signs that give a CSV its structure; each is one byte. */
export interface Dialect {
  readonly delimiter: string;
  /** Null: fields are never quoted. */
  readonly quote: string | null;
}

/** What may separate fields where the mapping does not say it. */
export const evidentDelimiters = [',', ';', '\t', '|'] as const;
