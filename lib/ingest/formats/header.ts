import type { FeedMapping } from '../../feeds/mapping.ts';
import type { Dialect } from './dialect.ts';

/** The names of a file's columns, read in one way. */
export interface Header {
  /** Cleaned, by position; empty where a column has no name. */
  readonly names: readonly string[];
  readonly dialect: Dialect;
  /** Where the records begin, in bytes of the UTF-8 text. */
  readonly ends: number;
  /** Whether a record may have names that others lack: then the names are those seen so far. */
  readonly isOpen: boolean;
  /** Of an open header: the names that at most half of the first records have. */
  readonly rare: readonly string[];
}

/**
 * The headers that a file may have when it is read by a mapping, or by the contract (null).
 * Fails with a RefusedFile when there is none.
 */
export type HeadersFor = (mapping: FeedMapping | null) => readonly Header[];
