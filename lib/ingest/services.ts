import type { Config } from '../config.ts';
import type { Rule } from '../feeds/rules.ts';
import type { Secret } from '../keys/secret.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileEngine } from '../ports/file-engine.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { IngestLimits } from './limits.ts';

/** What ingesting needs from outside. */
export interface IngestServices {
  readonly store: ObjectStore;
  readonly openFileEngine: (folder: string) => Promise<FileEngine>;
  readonly clock: Clock;
  readonly config: Config;
  /** What pseudonyms of identifiers are made with. */
  readonly secret: Secret;
  /** A local folder for unfinished files: each object gets a folder of its own there and leaves none. */
  readonly scratch: string;
  /** What a file may be at most, where the machine is smaller than the usual `limits`. */
  readonly limits?: IngestLimits;
}

/** One refused value, record or file. Holds nothing personal. */
export interface Problem {
  /** From 1; null when it is the file. */
  readonly recordNumber: number | null;
  /** In the inflated file; null when not known. */
  readonly byteOffset: number | null;
  readonly column: string | null;
  /** What was refused: the value alone, its record, or the file. */
  readonly effect: 'value' | 'record' | 'file';
  readonly rule: Rule;
  readonly hint: string;
}

/** What became of one dropped file. Records in = accepted + quarantined + ignored. */
export interface LoadSummary {
  /** Null when the object belongs to no feed or could not be named. */
  readonly loadId: string | null;
  readonly feed: string | null;
  readonly source: string;
  /** Key of the object. */
  readonly file: string;
  /** The built-in preset that read it, else null. */
  readonly preset: string | null;
  readonly recordsIn: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
  readonly ignoredByReason: Readonly<Record<string, number>>;
  readonly quarantinedByRule: Readonly<Record<string, number>>;
  /** Values that could not be read and were left out of accepted records. */
  readonly valuesDropped: number;
  /** Fields of accepted records whose word means nothing, such as NULL. */
  readonly wordsEmptied: number;
  /** Accepted records by what their status means, and by currency; empty: none is given. */
  readonly acceptedByStatus: Readonly<Record<string, number>>;
  readonly acceptedByCurrency: Readonly<Record<string, number>>;
  /**
   * unchanged: the same content was loaded before, read in the same way; what was not even read
   * again counts nothing.
   */
  readonly status: 'loaded' | 'refused' | 'unchanged';
  /** The first of them, in file order. */
  readonly problems: readonly Problem[];
}

/** What is told while a drop folder is worked through. */
export interface IngestProgress {
  readonly file: string;
  readonly done: number;
  readonly total: number;
  /** Null while the file is being read. */
  readonly summary: LoadSummary | null;
}
