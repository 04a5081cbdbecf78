import type { FileEngine } from '../../ports/file-engine.ts';
import type { IngestLimits } from './limits.ts';
import type { FileColumns } from './mapped-text.ts';
import type { Resolved } from './resolve-mapping.ts';

/** The records of a file, ready for the check: what each format makes of its own. */
export interface FileRecords {
  /** Records in the file, counted without the engine. */
  readonly records: number;
  /** How many of them were set aside. */
  readonly setAside: number;
  /** The lines of those, for `setAsideSql`. */
  readonly setAsidePath: string;
  readonly columns: FileColumns;
  /** SQL: record_number, byte_offset, f0, f1, … as text, NULL where empty. */
  readonly sql: string;
  /** SQL of a record as it stood, over its list `fields`. */
  readonly rawRecord: string;
}

export interface ReadRecords {
  readonly engine: FileEngine;
  /** The content, inflated; text in UTF-8. */
  readonly path: string;
  readonly resolved: Resolved;
  readonly limits: IngestLimits;
}
