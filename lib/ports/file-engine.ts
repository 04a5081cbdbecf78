import type { Row } from './query-engine.ts';

/** Values that a statement names as `$name` and that stand in no text. */
export type BoundValues = Readonly<Record<string, Uint8Array>>;

/**
 * A SQL engine embedded in the process, over files of one local scratch folder: what reads and
 * checks dropped files in every world (in the cloud inside the function that ingests).
 * Speaks DuckDB's dialect: generated text only, never one of the `.sql` files of the night.
 * It keeps one processor busy, whatever the machine has.
 */
export interface FileEngine {
  /** The folder it may read and write; absolute. */
  readonly folder: string;
  read(sql: string): Promise<readonly Row[]>;
  run(sql: string, bound?: BoundValues): Promise<void>;
  /** Makes a function of texts callable in SQL: NULL in gives NULL out, and it must not throw. */
  define(name: string, compute: (...texts: string[]) => string | null): void;
  /** Opens another engine over the same folder; the files are all that they share. */
  openAnother(): Promise<FileEngine>;
  close(): void;
}
