/** The signs that give lines their structure; each is one byte. */
export interface Dialect {
  readonly delimiter: string;
  /** Null: fields are never quoted. */
  readonly quote: string | null;
}

/** Of the lines that a format without a dialect of its own is turned into. */
export const plainDialect = { delimiter: ',', quote: '"' } as const satisfies Dialect;
