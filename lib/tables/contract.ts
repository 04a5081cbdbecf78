/** SQL types that mean the same on both engines and in Parquet. */
export type ColumnType =
  | 'varchar'
  | 'bigint'
  | 'double'
  | 'decimal(18,4)'
  | 'decimal(38,4)'
  | 'date'
  | 'timestamp(3)'
  | 'boolean';

/** How personal a column is: `direct` names a person, `indirect` helps to, `none` does not. */
export type Pii = 'none' | 'indirect' | 'direct';

/** What a text may tell a customer by; `source_id` is told apart by source, the others are not. */
export type IdentifierKind = 'source_id' | 'email' | 'phone' | 'loyalty_id';

export interface Column<T extends ColumnType = ColumnType, N extends boolean = boolean> {
  readonly type: T;
  readonly comment: string;
  /** What one unit of the value is: `reporting currency`, `days`, `weeks`, `orders`, `share 0-1`. */
  readonly unit: string;
  readonly nullable: N;
  readonly pii: Pii;
  /** What it tells a customer by: ingestion gives each of its values a pseudonym. */
  readonly identifies?: IdentifierKind;
  /** For a column of codes: the kind under which `label` holds their words. */
  readonly labels?: string;
}

export type Columns = Readonly<Record<string, Column>>;

/**
 * A statement that must hold, in the cheapest form that says it; each is SQL of both engines.
 * Conditions and totals are taken in the one pass that counts the table's rows.
 */
type Identity =
  /** The condition of a row that breaks it. */
  | { readonly states: string; readonly brokenWhere: string }
  /** Totals of the table, and those of others (`table.total`) that they must be. */
  | { readonly states: string; readonly agree: Readonly<Record<string, string>> }
  /** A SELECT that returns a row for each breach. */
  | { readonly states: string; readonly violations: string };

/**
 * What a table promises. `pure` tables are a function of `run_input` alone; `historical` ones read
 * earlier published runs too; `bookkeeping` ones tell of deliveries and runs and promise no bytes.
 */
export interface TableContract<C extends Columns = Columns> {
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
  readonly columns: C;
  readonly identities: readonly Identity[];
  /** What identities compare, by name: an exact number of each row, added up; 0 of no rows. */
  readonly totals: Readonly<Record<string, string>>;
}

interface ColumnOptions<N extends boolean> {
  readonly nullable?: N;
  readonly pii?: Pii;
}

function column<T extends ColumnType, N extends boolean>(
  type: T,
  unit: string,
  comment: string,
  options: ColumnOptions<N>,
): Column<T, N> {
  const nullable = (options.nullable ?? false) as N;
  return { type, unit, comment, nullable, pii: options.pii ?? 'none' };
}

export function text<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'varchar', NoInfer<N>> {
  return column('varchar', 'text', comment, options);
}

/**
 * A code whose words stand in `label` under a kind. A column of reasons holds a code and its figures
 * (lib/tables/remark.ts).
 */
export function code<N extends boolean = false>(
  labels: string,
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'varchar', NoInfer<N>> {
  return { ...column('varchar', `code: ${labels}`, comment, options), labels };
}

/** Money of one line or record in the reporting currency. */
export function money<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'decimal(18,4)', NoInfer<N>> {
  return column('decimal(18,4)', 'reporting currency', comment, options);
}

/**
 * Money added up, or made of what was added up (a mean, a prediction): so wide that no number of
 * accepted rows makes it too large.
 */
export function moneySum<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'decimal(38,4)', NoInfer<N>> {
  return decimalSum('reporting currency', comment, options);
}

/** An exact decimal that is no money and is added up: pieces sold. */
export function decimalSum<N extends boolean = false>(
  unit: string,
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'decimal(38,4)', NoInfer<N>> {
  return column('decimal(38,4)', unit, comment, options);
}

/** An exact decimal of one line that is no money: a quantity. */
export function decimal<N extends boolean = false>(
  unit: string,
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'decimal(18,4)', NoInfer<N>> {
  return column('decimal(18,4)', unit, comment, options);
}

export function count<N extends boolean = false>(
  unit: string,
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'bigint', NoInfer<N>> {
  return column('bigint', unit, comment, options);
}

/** A floating number, compared with a tolerance and never ranked by: parameters, probabilities. */
export function real<N extends boolean = false>(
  unit: string,
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'double', NoInfer<N>> {
  return column('double', unit, comment, options);
}

export function day<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'date', NoInfer<N>> {
  return column('date', 'date', comment, options);
}

export function instant<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'timestamp(3)', NoInfer<N>> {
  return column('timestamp(3)', 'UTC', comment, options);
}

export function flag<N extends boolean = false>(
  comment: string,
  options: ColumnOptions<N> = {},
): Column<'boolean', NoInfer<N>> {
  return column('boolean', 'true or false', comment, options);
}

interface TableOptions<C extends Columns> {
  readonly name: string;
  readonly grain: string;
  readonly key: readonly string[];
  readonly promise: TableContract['promise'];
  readonly columns: C;
  readonly identities?: readonly Identity[];
  readonly totals?: Readonly<Record<string, string>>;
}

/** A table that a night writes anew into its own run. */
export function runTable<C extends Columns>(options: TableOptions<C>): TableContract<C> {
  const storage = { kind: 'run', folder: `tables/${options.name}` } as const;
  return { identities: [], totals: {}, ...options, storage };
}

/** A table that only grows, a file a load. */
export function logTable<C extends Columns>(
  options: TableOptions<C> & { readonly folder: string },
): TableContract<C> {
  const { folder, ...rest } = options;
  return { identities: [], totals: {}, ...rest, storage: { kind: 'log', folder } };
}
