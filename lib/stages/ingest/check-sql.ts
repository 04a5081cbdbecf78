import { cleanSql, cleanText } from '../../feeds/clean.ts';
import { type Feed, isAttribute } from '../../feeds/feed.ts';
import type { Reading } from '../../feeds/field.ts';
import { text as textKind } from '../../feeds/kinds/text.ts';
import type { ColumnMapping, FeedMapping, IgnoreRule } from '../../feeds/mapping.ts';
import type { Rule } from '../../feeds/rules.ts';
import { literal, name } from '../../feeds/sql-text.ts';
import { acceptedTable } from '../../tables/accepted.ts';
import { engineType } from './engine-type.ts';

/** A reason to refuse a record; its place in the list of checks is its number in SQL. */
export interface Check {
  readonly column: string;
  readonly rule: Rule;
}

interface CheckOptions {
  readonly feed: Feed;
  readonly mapping: FeedMapping;
  readonly reading: Reading;
  /** Names of the file's columns by position. */
  readonly headers: readonly string[];
  /** Whether the file holds printable ASCII alone. */
  readonly isPlain: boolean;
  /** SQL of the records: `record_number`, `byte_offset`, then `f0`, `f1`, … as text. */
  readonly records: string;
  readonly source: string;
  readonly loadId: string;
}

/** The generated check of a file. */
export interface CheckSql {
  /** A SELECT of the accepted rows, typed as the accepted table. */
  readonly accepted: string;
  /** A SELECT of the others: record_number, byte_offset, ignored, check_number, fields. */
  readonly others: string;
  /** By `check_number`. */
  readonly checks: readonly Check[];
}

/** The SQL that does what `readRecord` specifies, a column at a time over a whole file. */
export function checkSql(options: CheckOptions): CheckSql {
  const { feed, mapping, headers, isPlain } = options;
  const columns = mappedColumns(feed, mapping);
  const checks: Check[] = [];
  const numberOf = (check: Check) => checks.push(check) - 1;

  const texts = columns.map(
    ({ column, how }) => `${textSql(how, mapping, headers, isPlain)} as ${name(`t_${column}`)}`,
  );
  const ignored = ignoredSql(mapping.ignore, headers, isPlain);
  const values = columns.map(
    (field) => `${field.kindSql(options).value} as ${name(`v_${field.column}`)}`,
  );
  const kept = columns.map((field) => `${keptSql(field, options)} as ${name(`k_${field.column}`)}`);
  const of = (column: string) => {
    const field = feed.fields[column];
    return Object.hasOwn(mapping.columns, column)
      ? name(`k_${column}`)
      : `cast(null as ${engineType(field?.kind.type ?? 'varchar')})`;
  };
  const completion = feed.completion?.sql(of, options.reading);
  const refusals = columns.flatMap((field) => refusalSql(field, options, numberOf));
  for (const { when, column, rule } of completion?.refused ?? []) {
    refusals.push(`when ${when} then ${numberOf({ column, rule })}`);
  }
  const check =
    refusals.length === 0 ? 'cast(null as integer)' : `case ${refusals.join('\n  ')} end`;
  const fieldList = `[${headers.map((_, i) => `f${i}`).join(', ')}]`;
  const judged = `with records as (${options.records}),
texts as (select record_number, byte_offset, ${fieldList} as fields, ${[...texts, `${ignored} as ignored`].join(',\n  ')} from records),
read_values as (select *, ${values.join(',\n  ')} from texts),
kept as (select *, ${kept.join(',\n  ')} from read_values),
judged as (select *, ${check} as check_number from kept)`;

  const completed = completion?.values ?? {};
  const attributes = columns
    .map(({ column }) => column)
    .filter(isAttribute)
    .sort();
  const outputs: Record<string, string> = {
    attributes: attributesSql(attributes),
    source: literal(options.source),
    load_id: literal(options.loadId),
    part_id: literal(options.loadId),
    record_number: 'record_number',
  };
  const selected = Object.entries(acceptedTable(feed).columns).map(([column, { type }]) => {
    const expression = Object.hasOwn(feed.fields, column)
      ? (completed[column] ?? of(column))
      : outputs[column];
    return `cast(${expression} as ${engineType(type)}) as ${name(column)}`;
  });
  return {
    accepted: `${judged}\nselect ${selected.join(',\n  ')} from judged where check_number is null and ignored is null`,
    others: `${judged}\nselect record_number, byte_offset, ignored, check_number, fields from judged where check_number is not null or ignored is not null`,
    checks,
  };
}

interface MappedColumn {
  readonly column: string;
  readonly how: ColumnMapping;
  readonly required: boolean;
  readonly kindSql: (options: CheckOptions) => ReturnType<typeof textKind.sql>;
}

/** In the contract's order, attributes last and in order, so that the first trouble is always the same. */
export function mappedColumns(feed: Feed, mapping: FeedMapping): MappedColumn[] {
  const attributes = Object.keys(mapping.columns).filter(isAttribute).sort();
  const inOrder = [...Object.keys(feed.fields), ...attributes].filter((column) =>
    Object.hasOwn(mapping.columns, column),
  );
  return inOrder.map((column) => {
    const how = mapping.columns[column] as ColumnMapping;
    const field = feed.fields[column];
    const kind = field?.kind ?? textKind;
    const names = { text: name(`t_${column}`), value: name(`v_${column}`) };
    return {
      column,
      how,
      required: field?.required ?? false,
      kindSql: ({ reading, isPlain }) =>
        kind.sql(
          { ...names, plain: isPlain },
          how.date_format === undefined ? reading : { ...reading, dateFormats: how.date_format },
        ),
    };
  });
}

/** The cleaned text of a column, NULL where there is none. */
function textSql(
  how: ColumnMapping,
  mapping: FeedMapping,
  headers: readonly string[],
  isPlain: boolean,
): string {
  if (how.value !== undefined) {
    const value = cleanText(how.value);
    return value === null ? 'cast(null as varchar)' : literal(value);
  }
  const fieldText = (header: string) =>
    withoutEmpty(cleanSql(`f${headers.indexOf(header)}`, isPlain), mapping.empty);
  const text =
    how.join === undefined
      ? fieldText(how.from as string)
      : `nullif(concat_ws(${literal(how.with)}, ${how.join.map(fieldText).join(', ')}), '')`;
  const meanings = Object.entries(how.values);
  if (meanings.length === 0) return text;
  const branches = meanings.map(
    ([from, to]) =>
      `when ${literal(from)} then ${cleanText(to) === null ? 'null' : literal(cleanText(to) as string)}`,
  );
  return `case ${text} ${branches.join(' ')} else ${text} end`;
}

function withoutEmpty(text: string, empty: readonly string[]): string {
  if (empty.length === 0) return text;
  const list = empty.map(literal).join(', ');
  return `case when ${text} in (${list}) then null else ${text} end`;
}

/** Number of the first rule that leaves the record out. */
function ignoredSql(
  rules: readonly IgnoreRule[],
  headers: readonly string[],
  isPlain: boolean,
): string {
  if (rules.length === 0) return 'cast(null as integer)';
  const branches = rules.map((rule, i) => {
    const text = cleanSql(`f${headers.indexOf(rule.column)}`, isPlain);
    return `when ${ignoreCondition(rule, text)} then ${i}`;
  });
  return `case ${branches.join(' ')} end`;
}

function ignoreCondition(rule: IgnoreRule, text: string): string {
  if (rule.equals !== undefined) return `coalesce(${text}, '') = ${literal(rule.equals)}`;
  if (rule.one_of !== undefined) {
    return `coalesce(${text}, '') in (${rule.one_of.map(literal).join(', ')})`;
  }
  return `starts_with(${text}, ${literal(rule.begins_with as string)})`;
}

/** The value, or NULL where the mapping takes what is unreadable as empty. */
function keptSql(field: MappedColumn, options: CheckOptions): string {
  const value = name(`v_${field.column}`);
  if (field.how.unreadable === 'refuse') return value;
  const refused = field.kindSql(options).refused.map(({ when }) => `(${when})`);
  return `case when ${refused.join(' or ')} then null else ${value} end`;
}

function refusalSql(
  field: MappedColumn,
  options: CheckOptions,
  numberOf: (check: Check) => number,
): string[] {
  const { column } = field;
  const text = name(`t_${column}`);
  const required = field.required
    ? [
        `when ${name(`k_${column}`)} is null and (${text} is null or ${field.how.unreadable === 'empty'}) then ${numberOf({ column, rule: 'required' })}`,
      ]
    : [];
  if (field.how.unreadable === 'empty') return required;
  const refused = field
    .kindSql(options)
    .refused.map(
      ({ when, rule }) => `when ${text} is not null and ${when} then ${numberOf({ column, rule })}`,
    );
  return [...required, ...refused];
}

function attributesSql(attributes: readonly string[]): string {
  if (attributes.length === 0) return 'cast(null as varchar)';
  const members = attributes.map(
    (column) =>
      `case when ${name(`k_${column}`)} is not null then ${literal(`${JSON.stringify(column)}:`)} || cast(to_json(${name(`k_${column}`)}) as varchar) end`,
  );
  const joined = `nullif(concat_ws(',', ${members.join(', ')}), '')`;
  return `'{' || ${joined} || '}'`;
}
