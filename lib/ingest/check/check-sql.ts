import { type Completion, type Feed, isAttribute } from '../../feeds/feed.ts';
import type { Reading } from '../../feeds/field.ts';
import type { FeedMapping } from '../../feeds/mapping.ts';
import { literal, name } from '../../feeds/sql-text.ts';
import { acceptedTable } from '../../tables/accepted.ts';
import type { FileColumns } from '../formats/format.ts';
import { engineType } from './engine-type.ts';
import { type MappedColumn, mappedColumns } from './mapped-column.ts';
import { cleanedSql, ignoredSql } from './mapped-text.ts';
import { type Check, dropsOf, keptSql, type NumberOf, refusalsOf, toldOf } from './value-checks.ts';

interface CheckOptions {
  readonly feed: Feed;
  readonly mapping: FeedMapping;
  readonly reading: Reading;
  readonly columns: FileColumns;
  /** SQL of the records: `record_number`, `byte_offset`, then `f0`, `f1`, … as text, NULL where empty. */
  readonly records: string;
  readonly source: string;
  readonly loadId: string;
}

/** The generated check of a file. */
export interface CheckSql {
  /** A SELECT of the accepted rows, typed as the accepted table. */
  readonly accepted: string;
  /**
   * A SELECT of the others, and of accepted ones of which something is to be told: record_number,
   * byte_offset, ignored, check_number, told, dropped (a list of check numbers, NULL where nothing
   * was dropped), emptied (fields with a word that means nothing), fields.
   */
  readonly others: string;
  /** By `check_number`. */
  readonly checks: readonly Check[];
}

/** The SQL that does what `readRecord` specifies, a column at a time over a whole file. */
export function checkSql(options: CheckOptions): CheckSql {
  const columns = mappedColumns(options);
  const completion = completionSql(options, columns);
  const checks: Check[] = [];
  const numberOf: NumberOf = (check) => checks.push(check) - 1;
  const drops = dropsOf(columns, completion?.dropped ?? [], numberOf);
  const refusals = [
    ...columns.flatMap((column) => refusalsOf(column, numberOf)),
    ...(completion?.refused ?? []).map(
      ({ when, column, rule }) => `when ${when} then ${numberOf({ column, rule })}`,
    ),
    ...lostReferences(options, columns, { completion, drops, numberOf }),
  ];
  const told = columns.flatMap((column) => toldOf(column, checks));
  const steps: readonly (readonly string[])[] = [
    columns.map(({ text, names }) => `${text.sql} as ${names.text}`),
    columns.flatMap(({ kind, names }) =>
      kind.prepared === undefined ? [] : [`${kind.prepared} as ${names.prepared}`],
    ),
    columns.map(({ kind, names }) => `${kind.value} as ${names.value}`),
    columns.map((column) => `${keptSql(column)} as ${column.names.kept}`),
    Object.entries(completion?.values ?? {}).map(([column, sql]) => `${sql} as ${done(column)}`),
    [`case ${refusals.join('\n  ')} end as check_number`],
  ];
  const ignored = ignoredSql(options.mapping.ignore, options.columns);
  const fields = options.columns.headers.map((_, i) => `f${i}`).join(', ');
  const begin = `with records as (${options.records}),
cleaned as (select *${cleanedSql(options.mapping, options.columns)
    .map((sql) => `, ${sql}`)
    .join('')} from records),
step0 as (select *, [${fields}] as fields, ${ignored} as ignored from cleaned)`;
  const judged = steps.reduce(
    (sql, step, i) => `${sql},
step${i + 1} as (select ${['*', ...step].join(',\n  ')} from step${i})`,
    begin,
  );
  const from = `from step${steps.length}`;
  const isAccepted = 'check_number is null and ignored is null';
  const emptied = columns.flatMap(({ text }) => text.emptied ?? []);
  const notes = [
    `${told.length === 0 ? 'cast(null as varchar)' : `case ${told.join(' ')} end`} as told`,
    `list_filter(cast([${[...drops.values()].join(', ')}] as integer[]), lambda number: number is not null) as dropped`,
    `${emptied.length === 0 ? '0' : emptied.join(' + ')} as emptied`,
  ];
  return {
    accepted: `${judged}\nselect ${acceptedColumns(options, columns, completion)} ${from} where ${isAccepted}`,
    others: `${judged},
noted as (select *, ${notes.join(',\n  ')} ${from})
select record_number, byte_offset, ignored, check_number, told, dropped, emptied, fields from noted where not (${isAccepted}) or len(dropped) > 0 or emptied > 0`,
    checks,
  };
}

function done(column: string): string {
  return name(`c_${column}`);
}

/** SQL of a kept value; a typed NULL where the file does not give the column. */
function keptValue(feed: Feed, columns: readonly MappedColumn[], column: string): string {
  const mapped = columns.find((given) => given.column === column);
  if (mapped !== undefined) return mapped.names.kept;
  return `cast(null as ${engineType(feed.fields[column]?.kind.type ?? 'varchar')})`;
}

function completionSql(
  { feed, reading }: CheckOptions,
  columns: readonly MappedColumn[],
): ReturnType<Completion['sql']> | undefined {
  const of = (column: string) => keptValue(feed, columns, column);
  return feed.completion?.sql({ of, done }, reading);
}

/** Records that have lost their reference, or never had one, and nothing else tells them from others. */
function lostReferences(
  { feed }: CheckOptions,
  columns: readonly MappedColumn[],
  {
    completion,
    drops,
    numberOf,
  }: {
    readonly completion: ReturnType<Completion['sql']> | undefined;
    readonly drops: ReadonlyMap<string, string>;
    readonly numberOf: NumberOf;
  },
): string[] {
  if (feed.reference === undefined) return [];
  const final = (column: string) =>
    Object.hasOwn(completion?.values ?? {}, column)
      ? done(column)
      : keptValue(feed, columns, column);
  const { columns: references, anchor } = feed.reference;
  const given = columns.filter(({ column }) => references.includes(column) && drops.has(column));
  const isAlone = [...references, ...(anchor === null ? [] : [anchor])]
    .map((column) => `${final(column)} is null`)
    .join(' and ');
  const rule = 'no_reference';
  const missing =
    anchor === null ? [`when ${isAlone} then ${numberOf({ column: references[0], rule })}`] : [];
  if (given.length === 0) return missing;
  const isGiven = given.map(({ names }) => `${names.text} is not null`).join(' or ');
  const numbers = given.map(({ column }) => drops.get(column)).join(', ');
  return [`when ${isAlone} and (${isGiven}) then coalesce(${numbers})`, ...missing];
}

function acceptedColumns(
  { feed, source, loadId }: CheckOptions,
  columns: readonly MappedColumn[],
  completion: ReturnType<Completion['sql']> | undefined,
): string {
  const outputs: Readonly<Record<string, string>> = {
    attributes: attributesSql(columns),
    source: literal(source),
    load_id: literal(loadId),
    part_id: literal(loadId),
    record_number: 'record_number',
  };
  const outputOf = (column: string) => {
    if (Object.hasOwn(completion?.values ?? {}, column)) return done(column);
    return Object.hasOwn(feed.fields, column) ? keptValue(feed, columns, column) : outputs[column];
  };
  const selected = Object.entries(acceptedTable(feed).columns).map(
    ([column, { type }]) => `cast(${outputOf(column)} as ${engineType(type)}) as ${name(column)}`,
  );
  return selected.join(',\n  ');
}

/** The attr_ columns that have a value as JSON, in the order of their names. */
function attributesSql(columns: readonly MappedColumn[]): string {
  const members = columns
    .filter(({ column }) => isAttribute(column))
    .map(({ column, names }) => {
      const key = literal(`${JSON.stringify(column)}:`);
      return `case when ${names.kept} is not null then ${key} || cast(to_json(${names.kept}) as varchar) end`;
    });
  if (members.length === 0) return 'cast(null as varchar)';
  return `'{' || nullif(concat_ws(',', ${members.join(', ')}), '') || '}'`;
}
