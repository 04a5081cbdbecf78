/** SQL types that mean the same on both engines and in Parquet. */
export type ColumnType =
  | 'varchar'
  | 'bigint'
  | 'double'
  | 'decimal(18,4)'
  | 'date'
  | 'timestamp(3)'
  | 'boolean';

/** How personal a column is: `direct` names a person, `indirect` helps to, `none` does not. */
export type Pii = 'none' | 'indirect' | 'direct';

/** What a text may tell a customer by; `source_id` is told apart by source, the others are not. */
export type IdentifierKind = 'source_id' | 'email' | 'phone' | 'loyalty_id';

export interface Column {
  readonly type: ColumnType;
  readonly comment: string;
  /** What one unit of the value is: `reporting currency`, `days`, `weeks`, `orders`, `share 0-1`. */
  readonly unit: string;
  readonly nullable: boolean;
  readonly pii: Pii;
  /** What it tells a customer by: ingestion gives each of its values a pseudonym. */
  readonly identifies?: IdentifierKind;
}

/** A statement that must hold: `violations` is a SELECT that returns a row for each breach. */
interface Identity {
  readonly states: string;
  readonly violations: string;
}

/**
 * What a table promises. `pure` tables are a function of `run_input` alone; `historical` ones read
 * earlier published runs too; `bookkeeping` ones tell of deliveries and runs and promise no bytes.
 */
export interface TableContract {
  readonly name: string;
  readonly grain: string;
  readonly key: readonly string[];
  readonly promise: 'pure' | 'historical' | 'bookkeeping';
  /**
   * The folder under the home or bucket. A run table lies in
   * `<folder>/snapshot_on=<date>/run_id=<id>/` and has these two as partition columns; a log table
   * is every Parquet file below its folder.
   */
  readonly storage: { readonly kind: 'run' | 'log'; readonly folder: string };
  readonly columns: Readonly<Record<string, Column>>;
  readonly identities: readonly Identity[];
}

interface ColumnOptions {
  readonly nullable?: boolean;
  readonly pii?: Pii;
}

function column(type: ColumnType, unit: string, comment: string, options: ColumnOptions): Column {
  return { type, unit, comment, nullable: options.nullable ?? false, pii: options.pii ?? 'none' };
}

export function text(comment: string, options: ColumnOptions = {}): Column {
  return column('varchar', 'text', comment, options);
}

/** Money in the reporting currency. */
export function money(comment: string, options: ColumnOptions = {}): Column {
  return column('decimal(18,4)', 'reporting currency', comment, options);
}

/** An exact decimal that is no money: a quantity, a rate, a mean. */
export function decimal(unit: string, comment: string, options: ColumnOptions = {}): Column {
  return column('decimal(18,4)', unit, comment, options);
}

export function count(unit: string, comment: string, options: ColumnOptions = {}): Column {
  return column('bigint', unit, comment, options);
}

/** A floating number, compared with a tolerance and never ranked by: parameters, probabilities. */
export function real(unit: string, comment: string, options: ColumnOptions = {}): Column {
  return column('double', unit, comment, options);
}

export function day(comment: string, options: ColumnOptions = {}): Column {
  return column('date', 'date', comment, options);
}

export function instant(comment: string, options: ColumnOptions = {}): Column {
  return column('timestamp(3)', 'UTC', comment, options);
}

export function flag(comment: string, options: ColumnOptions = {}): Column {
  return column('boolean', 'true or false', comment, options);
}

interface TableOptions {
  readonly name: string;
  readonly grain: string;
  readonly key: readonly string[];
  readonly promise: TableContract['promise'];
  readonly columns: Readonly<Record<string, Column>>;
  readonly identities?: readonly Identity[];
}

/** A table that a night writes anew into its own run. */
export function runTable(options: TableOptions): TableContract {
  const storage = { kind: 'run', folder: `tables/${options.name}` } as const;
  return { ...options, identities: options.identities ?? [], storage };
}

/** A table that only grows, a file a load. */
export function logTable(options: TableOptions & { readonly folder: string }): TableContract {
  const { folder, ...rest } = options;
  return { ...rest, identities: rest.identities ?? [], storage: { kind: 'log', folder } };
}
