import type { Row, Value } from '../ports/query-engine.ts';

/** A marketing tool that audiences are delivered to: how its files look. */
export interface Destination {
  /** Its word in the configuration, in the tables and in the keys of its files. */
  readonly name: string;
  /** Names of the columns as the tool reads them, in order. */
  readonly header: readonly string[];
  /** The values of a row of `audience_change` (and `snapshot_on`), one a column. */
  readonly row: (change: Row) => readonly (Value | undefined)[];
}
