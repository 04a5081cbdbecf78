import { cleanSql, cleanText } from '../../feeds/clean.ts';
import type { ColumnMapping, Condition, FeedMapping, IgnoreRule } from '../../feeds/mapping.ts';
import { anySigns, type Signs, unitedSigns } from '../../feeds/signs.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileColumns } from '../formats/format.ts';

/** A text in SQL, cleaned, NULL where there is none, and what may occur in it. */
export interface MappedText {
  readonly sql: string;
  readonly signs: Signs;
}

/** The text that a mapping makes of a record's fields for one column. */
export function mappedText(
  how: ColumnMapping,
  mapping: FeedMapping,
  columns: FileColumns,
): MappedText {
  if (how.value !== undefined) {
    const value = cleanText(how.value);
    const sql = value === null ? 'cast(null as varchar)' : literal(value);
    return { sql, signs: anySigns };
  }
  const read = (header: string) => withoutEmpty(fieldText(header, columns), mapping.empty);
  const text =
    how.join === undefined ? read(how.from as string) : joined(how.join.map(read), how.with);
  const meanings = Object.entries(how.values);
  if (meanings.length === 0) return text;
  const branches = meanings.map(([from, to]) => {
    const meaning = cleanText(to);
    return `when ${literal(from)} then ${meaning === null ? 'null' : literal(meaning)}`;
  });
  return { sql: `case ${text.sql} ${branches.join(' ')} else ${text.sql} end`, signs: anySigns };
}

/** Number of the first rule that leaves the record out, NULL where none does. */
export function ignoredSql(rules: readonly IgnoreRule[], columns: FileColumns): string {
  if (rules.length === 0) return 'cast(null as integer)';
  const branches = rules.map((rule, i) => {
    const conditions = [rule, ...rule.and].map((condition) =>
      conditionSql(condition, fieldText(condition.column, columns).sql),
    );
    return `when ${conditions.join(' and ')} then ${i}`;
  });
  return `case ${branches.join(' ')} end`;
}

function fieldText(header: string, { headers, signs }: FileColumns): MappedText {
  const position = headers.indexOf(header);
  const occurring = unitedSigns([signs[position] as Signs]);
  return { sql: cleanSql(`f${position}`, occurring), signs: occurring };
}

function withoutEmpty(text: MappedText, empty: readonly string[]): MappedText {
  if (empty.length === 0) return text;
  const list = empty.map(literal).join(', ');
  return { ...text, sql: `case when ${text.sql} in (${list}) then null else ${text.sql} end` };
}

function joined(texts: readonly MappedText[], between: string): MappedText {
  const parts = texts.map(({ sql }) => sql).join(', ');
  return { sql: `nullif(concat_ws(${literal(between)}, ${parts}), '')`, signs: anySigns };
}

function conditionSql({ equals, one_of, begins_with }: Condition, text: string): string {
  if (equals !== undefined) return `coalesce(${text}, '') = ${literal(equals)}`;
  if (one_of !== undefined) return `coalesce(${text}, '') in (${one_of.map(literal).join(', ')})`;
  return `starts_with(${text}, ${literal(begins_with as string)})`;
}
