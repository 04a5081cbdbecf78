import { cleanSql, cleanText } from '../../feeds/clean.ts';
import { type EmptyWords, emptyWordSql } from '../../feeds/empty-words.ts';
import {
  type ColumnMapping,
  type Condition,
  type FeedMapping,
  headersOf,
  type IgnoreRule,
} from '../../feeds/mapping.ts';
import { anySigns, type Signs, unitedSigns } from '../../feeds/signs.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileColumns } from '../formats/format.ts';

/** A text in SQL, cleaned, NULL where there is none, and what may occur in it. */
export interface MappedText {
  readonly sql: string;
  readonly signs: Signs;
  /** SQL of how many of its fields hold a word that means nothing; null where none can. */
  readonly emptied: string | null;
}

/** The text that a mapping makes of a record's fields for one column. */
export function mappedText(
  how: ColumnMapping,
  {
    mapping,
    words,
    columns,
  }: {
    readonly mapping: FeedMapping;
    readonly words: EmptyWords;
    readonly columns: FileColumns;
  },
): MappedText {
  if (how.value !== undefined) {
    const value = cleanText(how.value);
    const sql = value === null ? 'cast(null as varchar)' : literal(value);
    return { sql, signs: anySigns, emptied: null };
  }
  const meant = Object.keys(how.values);
  const read = (header: string) =>
    withoutWords(withoutEmpty(fieldText(header, columns), mapping.empty), { words, meant });
  const text =
    how.join === undefined ? read(how.from as string) : joined(how.join.map(read), how.with);
  const meanings = Object.entries(how.values);
  if (meanings.length === 0) return text;
  const branches = meanings.map(([from, to]) => {
    const meaning = cleanText(to);
    return `when ${literal(from)} then ${meaning === null ? 'null' : literal(meaning)}`;
  });
  const sql = `case ${text.sql} ${branches.join(' ')} else ${text.sql} end`;
  return { ...text, sql, signs: anySigns };
}

/** The fields that a mapping reads, cleaned, as `g0`, `g1`, …: each once, however often it is read. */
export function cleanedSql(mapping: FeedMapping, columns: FileColumns): string[] {
  return headersOf(mapping).map((header) => {
    const position = columns.headers.indexOf(header);
    return `${cleanSql(`f${position}`, signsAt(position, columns))} as g${position}`;
  });
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

function fieldText(header: string, columns: FileColumns): MappedText {
  const position = columns.headers.indexOf(header);
  return { sql: `g${position}`, signs: signsAt(position, columns), emptied: null };
}

function signsAt(position: number, { signs }: FileColumns): Signs {
  return unitedSigns([signs[position] as Signs]);
}

function withoutEmpty(text: MappedText, empty: readonly string[]): MappedText {
  if (empty.length === 0) return text;
  const list = empty.map(literal).join(', ');
  return { ...text, sql: `case when ${text.sql} in (${list}) then null else ${text.sql} end` };
}

/** Words that mean nothing become NULL, and that some did is noted; those the mapping names stay. */
function withoutWords(
  text: MappedText,
  { words, meant }: { readonly words: EmptyWords; readonly meant: readonly string[] },
): MappedText {
  const { sql, signs } = text;
  const occurs = words === 'reference' || words === 'date' ? signs.anyEmptyWord : signs.emptyWord;
  if (!occurs) return text;
  const named = meant.length === 0 ? '' : ` and ${sql} not in (${meant.map(literal).join(', ')})`;
  const isWord = `${emptyWordSql(sql, words)}${named}`;
  return {
    ...text,
    sql: `case when ${isWord} then noted(${sql}) else ${sql} end`,
    emptied: `case when ${isWord} then 1 else 0 end`,
  };
}

function joined(texts: readonly MappedText[], between: string): MappedText {
  const parts = texts.map(({ sql }) => sql).join(', ');
  const counts = texts.flatMap(({ emptied }) => emptied ?? []);
  return {
    sql: `nullif(concat_ws(${literal(between)}, ${parts}), '')`,
    signs: anySigns,
    emptied: counts.length === 0 ? null : counts.join(' + '),
  };
}

function conditionSql({ equals, one_of, begins_with }: Condition, text: string): string {
  if (equals !== undefined) return `coalesce(${text}, '') = ${literal(equals)}`;
  if (one_of !== undefined) return `coalesce(${text}, '') in (${one_of.map(literal).join(', ')})`;
  return `starts_with(${text}, ${literal(begins_with as string)})`;
}
