import type { FileEngine } from '../../ports/file-engine.ts';
import type { FileColumns } from '../check/mapped-text.ts';
import type { IngestLimits } from '../limits.ts';
import type { Resolved } from '../resolve-mapping.ts';

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

export interface ReadRecords {
  readonly engine: FileEngine;
  /** The content, inflated; text in UTF-8. */
  readonly path: string;
  readonly resolved: Resolved;
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
