import type { Signs } from '../../feeds/signs.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { IngestLimits } from '../limits.ts';
import type { Header, HeadersFor } from './header.ts';

/** A form of file that is read: a folder here, and a line in `all.ts`. */
export interface Format {
  readonly headers: HeaderReader;
  readonly records: RecordReader;
}

interface ReadHeaders {
  readonly engine: FileEngine;
  /** The content, inflated. */
  readonly path: string;
  readonly bytes: number;
  readonly limits: IngestLimits;
}

/** The headers that a file may have. Fails with a RefusedFile when it is evidently unreadable. */
export type HeaderReader = (file: ReadHeaders) => Promise<HeadersFor>;

/** The fields of a file's records, in SQL `f0`, `f1`, … */
export interface FileColumns {
  /** Names by position. */
  readonly headers: readonly string[];
  /** What occurs in each of them. */
  readonly signs: readonly Signs[];
}

/** Records of a file that follow each other, ready for the check. */
export interface RecordSegment {
  /** How many, those set aside left out. */
  readonly records: number;
  readonly columns: FileColumns;
  /** SQL: record_number, byte_offset, f0, f1, … as text, NULL where empty. */
  readonly sql: string;
  /** SQL of a record as it stood, over its list `fields`. */
  readonly rawRecord: string;
  /** The file that the SQL reads: it goes when the segment is loaded. */
  readonly path: string;
}

/** What a file was found to hold, without the engine. */
export interface FileRecords {
  readonly records: number;
  /** How many of them cannot even be split into fields. */
  readonly setAside: number;
  /** The lines of those, for `setAsideSql`. */
  readonly setAsidePath: string;
}

interface ReadRecords {
  readonly engine: FileEngine;
  /** The content, inflated; text in UTF-8. */
  readonly path: string;
  readonly header: Header;
  /** Names of the header that the mapping reads. */
  readonly read: readonly string[];
  /** Whether a record with a name that the header lacks is set aside. */
  readonly isClosed: boolean;
  readonly limits: IngestLimits;
}

/**
 * Reads the records of one format and gives them on, a segment at a time, in file order.
 * Fails with a RefusedFile on structural damage.
 */
export type RecordReader = (
  options: ReadRecords,
  load: (segment: RecordSegment) => Promise<void>,
) => Promise<FileRecords>;
