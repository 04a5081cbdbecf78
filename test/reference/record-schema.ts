import { z } from 'zod';
import { cleanText } from '../../lib/feeds/clean.ts';
import {
  type Feed,
  isAttribute,
  type ReadValues,
  type RecordRefusal,
} from '../../lib/feeds/feed.ts';
import type { FieldKind, Reading } from '../../lib/feeds/field.ts';
import { text } from '../../lib/feeds/kinds/text.ts';
import type { ColumnMapping, Condition, FeedMapping } from '../../lib/feeds/mapping.ts';
import type { Rule } from '../../lib/feeds/rules.ts';
import type { Value } from '../../lib/ports/query-engine.ts';

/** What becomes of a record. */
export type RecordOutcome =
  | { readonly accepted: ReadValues }
  | { readonly refused: RecordRefusal }
  /** Place of the rule in the mapping's list. */
  | { readonly ignored: number };

/**
 * The contract of a feed for one record: texts by column, cleaned, null where there is none, become
 * values. It is the specification of what is accepted; whole files are read by SQL that does the
 * same. The first issue, in the contract's order, is the reason of a refusal: its path is the
 * column, its message the rule.
 */
export function recordSchema(feed: Feed, mapping: FeedMapping, reading: Reading) {
  const columns = Object.entries(feed.fields).map(([column, field]) => {
    const how = mapping.columns[column];
    const schema = columnSchema(field.kind, how, reading);
    return [column, field.required ? required(schema) : schema] as const;
  });
  const attributes = Object.keys(mapping.columns).filter(isAttribute).sort();
  const shape = Object.fromEntries([
    ...columns,
    ...attributes.map((column) => [column, columnSchema(text, mapping.columns[column], reading)]),
  ]) as Record<string, z.ZodType<Value>>;
  return z.object(shape).transform((values, context): ReadValues => {
    const completed = feed.completion?.complete(values, reading) ?? values;
    if (!isRefusal(completed)) return { ...completed, ...attributesOf(feed, values, attributes) };
    context.addIssue({ code: 'custom', path: [completed.column], message: completed.rule });
    return z.NEVER;
  });
}

/** Reads one record of a file by its mapping: what the generated SQL does to all of them. */
export function readRecord(
  fields: readonly string[],
  how: {
    readonly headers: readonly string[];
    readonly mapping: FeedMapping;
    readonly schema: ReturnType<typeof recordSchema>;
  },
): RecordOutcome {
  const { headers, mapping, schema } = how;
  const textOf = (header: string) => cleanText(fields[headers.indexOf(header)] ?? '');
  const ignored = mapping.ignore.findIndex((rule) =>
    [rule, ...rule.and].every((condition) => isMet(condition, textOf(condition.column))),
  );
  if (ignored !== -1) return { ignored };
  const texts = Object.fromEntries(
    Object.keys(schema.in.shape).map((column) => {
      const columnHow = mapping.columns[column];
      return [column, columnHow === undefined ? null : mappedText(columnHow, mapping, textOf)];
    }),
  );
  const result = schema.safeParse(texts);
  if (result.success) return { accepted: result.data };
  const [issue] = result.error.issues;
  return { refused: { column: String(issue?.path[0]), rule: issue?.message as Rule } };
}

function columnSchema(
  kind: FieldKind,
  how: ColumnMapping | undefined,
  reading: Reading,
): z.ZodType<Value> {
  const formats = how?.date_format;
  const schema = kind
    .schema(formats === undefined ? reading : { ...reading, dateFormats: formats })
    .nullable();
  return how?.unreadable === 'empty' ? schema.catch(null) : schema;
}

function required(schema: z.ZodType<Value>): z.ZodType<Value> {
  return schema.superRefine((value, context) => {
    if (value === null) context.addIssue({ code: 'custom', message: 'required' satisfies Rule });
  });
}

function isRefusal(result: ReadValues | RecordRefusal): result is RecordRefusal {
  return typeof result.rule === 'string' && typeof result.column === 'string';
}

function attributesOf(feed: Feed, values: ReadValues, attributes: readonly string[]): ReadValues {
  if (!feed.hasAttributes) return {};
  const given = attributes.filter((column) => (values[column] ?? null) !== null);
  const object = Object.fromEntries(given.map((column) => [column, values[column]]));
  // The engine writes control characters with capital digits.
  const json = JSON.stringify(object).replace(
    /\\u00[0-9a-f]{2}/g,
    (code) => `\\u${code.slice(2).toUpperCase()}`,
  );
  return { attributes: given.length === 0 ? null : json };
}

function mappedText(
  how: ColumnMapping,
  mapping: FeedMapping,
  textOf: (header: string) => string | null,
): string | null {
  if (how.value !== undefined) return cleanText(how.value);
  const fieldText = (header: string) => {
    const found = textOf(header);
    return found !== null && mapping.empty.includes(found) ? null : found;
  };
  const found =
    how.join === undefined
      ? fieldText(how.from as string)
      : how.join
          .map(fieldText)
          .filter((part) => part !== null)
          .join(how.with) || null;
  if (found === null || !Object.hasOwn(how.values, found)) return found;
  return cleanText(how.values[found] as string);
}

function isMet({ equals, one_of, begins_with }: Condition, found: string | null): boolean {
  if (equals !== undefined) return (found ?? '') === equals;
  if (one_of !== undefined) return one_of.includes(found ?? '');
  return found?.startsWith(begins_with as string) ?? false;
}
