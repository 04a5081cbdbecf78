import type { Row, Value } from '../ports/query-engine.ts';

/** A marketing tool that audiences are delivered to: how its files look. */
export interface Destination {
  /** Its word in the configuration, in the tables and in the keys of its files. */
  readonly name: string;
  /**
   * The key that its rows have: a pseudonym of its own, or, where the tool is the company's, the
   * customer's key. The other one is not there.
   */
  readonly key: 'destination_key' | 'customer_key';
  /** Names of the columns as the tool reads them, in order. */
  readonly header: readonly string[];
  /** The values of a row of `audience_change` (with its `key`, and `snapshot_on`), one a column. */
  readonly row: (change: Row) => readonly (Value | undefined)[];
}
