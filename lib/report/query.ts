import type { Row, Value } from '../ports/query-engine.ts';
import type { Column, Columns, TableContract } from '../tables/contract.ts';

/** A column of a SELECT: its SQL, and what its value is read as. */
export interface Selected<V> {
  readonly sql: string;
  readonly read: (value: Value) => V;
}

/** A SELECT whose columns are named once: in the text and in the type of its rows. */
export interface Query<R> {
  readonly select: string;
  readonly rowOf: (row: Row) => R;
}

export type RowOf<Q> = Q extends Query<infer R> ? R : never;

/** Decimals come as text with all their digits; a report needs no more than a double holds. */
interface ReadAs {
  readonly varchar: string;
  readonly date: string;
  readonly 'timestamp(3)': string;
  readonly boolean: boolean;
  readonly bigint: number;
  readonly double: number;
  readonly 'decimal(18,4)': number;
  readonly 'decimal(38,4)': number;
}

type ValueOf<C> =
  C extends Column<infer T, infer N> ? ReadAs[T] | ([N] extends [false] ? never : null) : never;

/** Columns of a table as its contract says, all where none are named; `of` is the table's alias. */
export function columnsOf<C extends Columns, K extends keyof C & string = keyof C & string>(
  table: TableContract<C>,
  names: readonly K[] = Object.keys(table.columns) as K[],
  of?: string,
): { readonly [N in NoInfer<K>]: Selected<ValueOf<C[N]>> } {
  const columns = names.map((name) => {
    const isDecimal = table.columns[name]?.type.startsWith('decimal');
    const read = (value: Value) => (isDecimal && value !== null ? Number(value) : value);
    return [name, { sql: of === undefined ? name : `${of}.${name}`, read }];
  });
  return Object.fromEntries(columns);
}

/** A number that is never NULL, such as a count. */
export function figure(sql: string): Selected<number> {
  return { sql, read: Number };
}

/** An exact sum, 0 of no rows. */
export function total(sql: string): Selected<number> {
  return figure(`cast(coalesce(sum(${sql}), 0) as decimal(38, 4))`);
}

/** An exact sum, NULL where no row has a value. */
export function totalOrNull(sql: string): Selected<number | null> {
  return {
    sql: `cast(sum(${sql}) as decimal(38, 4))`,
    read: (value) => (value === null ? null : Number(value)),
  };
}

export function flag(sql: string): Selected<boolean> {
  return { sql, read: (value) => value === true };
}

export function text(sql: string): Selected<string> {
  return { sql, read: String };
}

/** `select <columns> <rest>`, after the steps of a `with` where there are some. */
export function query<S extends Readonly<Record<string, Selected<unknown>>>>(
  columns: S,
  rest: string,
  { steps = '' }: { readonly steps?: string } = {},
): Query<{ readonly [N in keyof S]: S[N] extends Selected<infer V> ? V : never }> {
  const selected = Object.entries(columns);
  return {
    select: `${steps}select ${selected.map(([name, { sql }]) => `${sql} as ${name}`).join(', ')} ${rest}`,
    rowOf: (row) =>
      Object.fromEntries(selected.map(([name, { read }]) => [name, read(row[name] ?? null)])) as {
        readonly [N in keyof S]: S[N] extends Selected<infer V> ? V : never;
      },
  };
}
