import { z } from 'zod';
import { cleanText } from '../../lib/feeds/clean.ts';
import { Dropped } from '../../lib/feeds/dropped.ts';
import { type EmptyWords, isEmptyWord } from '../../lib/feeds/empty-words.ts';
import {
  attributeField,
  type Feed,
  isAttribute,
  type ReadValues,
  type RecordRefusal,
} from '../../lib/feeds/feed.ts';
import { effectOf, type Field, type Reading } from '../../lib/feeds/field.ts';
import type { ColumnMapping, Condition, FeedMapping } from '../../lib/feeds/mapping.ts';
import type { Rule } from '../../lib/feeds/rules.ts';
import type { Value } from '../../lib/ports/query-engine.ts';

/** What becomes of a record. */
export type RecordOutcome =
  | {
      readonly accepted: Readonly<Record<string, Value>>;
      readonly dropped: readonly RecordRefusal[];
    }
  | { readonly refused: RecordRefusal }
  /** Place of the rule in the mapping's list. */
  | { readonly ignored: number };

/**
 * The contract of a feed for one record: texts by column, cleaned, null where there is none, become
 * values; in the place of one that could not be read and is dropped stands why. It is the
 * specification of what is accepted; whole files are read by SQL that does the same. The first
 * issue, in the contract's order, is the reason of a refusal: its path is the column, its message
 * the rule.
 */
export function recordSchema(feed: Feed, mapping: FeedMapping, reading: Reading) {
  const columns = Object.entries(feed.fields).map(([column, field]) => {
    const schema = columnSchema(field, mapping.columns[column], reading);
    return [column, field.required ? required(schema) : schema] as const;
  });
  const attributes = Object.keys(mapping.columns).filter(isAttribute).sort();
  const shape = Object.fromEntries([
    ...columns,
    ...attributes.map((column) => [
      column,
      columnSchema(attributeField, mapping.columns[column], reading),
    ]),
  ]) as Record<string, z.ZodType<Value | Dropped>>;
  return z.object(shape).transform((read, context): ReadValues => {
    const values = keptValues(read);
    const completed = feed.completion?.complete(values, reading) ?? values;
    const refuse = ({ column, rule }: RecordRefusal) => {
      context.addIssue({ code: 'custom', path: [column], message: rule });
      return z.NEVER;
    };
    if (isRefusal(completed)) return refuse(completed);
    const attributesRead = attributesOf(feed, values, attributes);
    const result = {
      ...withoutSilent(completed, feed, mapping),
      ...attributesRead,
      ...droppedValues(read),
    };
    const lost = lostReference(feed, result);
    return lost === null ? result : refuse(lost);
  });
}

/** Reads one record of a file by its mapping: what the generated SQL does to all of them. */
export function readRecord(
  fields: readonly string[],
  how: {
    readonly feed: Feed;
    readonly headers: readonly string[];
    readonly mapping: FeedMapping;
    readonly schema: ReturnType<typeof recordSchema>;
  },
): RecordOutcome {
  const { feed, headers, mapping, schema } = how;
  const textOf = (header: string) => cleanText(fields[headers.indexOf(header)] ?? '');
  const ignored = mapping.ignore.findIndex((rule) =>
    [rule, ...rule.and].every((condition) => isMet(condition, textOf(condition.column))),
  );
  if (ignored !== -1) return { ignored };
  const texts = Object.fromEntries(
    Object.keys(schema.in.shape).map((column) => {
      const columnHow = mapping.columns[column];
      if (columnHow === undefined) return [column, null];
      const words = (feed.fields[column] ?? attributeField).emptyWords;
      return [column, mappedText(columnHow, { mapping, words, textOf })];
    }),
  );
  const result = schema.safeParse(texts);
  if (result.success) {
    const dropped = Object.entries(result.data).flatMap(([column, value]) =>
      value instanceof Dropped ? [{ column, rule: value.rule }] : [],
    );
    return { accepted: keptValues(result.data), dropped };
  }
  const [issue] = result.error.issues;
  return { refused: { column: String(issue?.path[0]), rule: issue?.message as Rule } };
}

function columnSchema(
  field: Field,
  how: ColumnMapping | undefined,
  reading: Reading,
): z.ZodType<Value | Dropped> {
  const formats = how?.date_format;
  const schema = field.kind
    .schema(formats === undefined ? reading : { ...reading, dateFormats: formats })
    .nullable();
  const effect = effectOf(field, how?.unreadable);
  if (effect === 'record') return schema;
  if (effect === 'none') return schema.catch(null);
  const orDropped: z.ZodType<Value | Dropped> = schema;
  return orDropped.catch(({ issues }) => new Dropped(issues[0]?.message as Rule));
}

function keptValues(values: ReadValues): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column,
      value instanceof Dropped ? null : value,
    ]),
  );
}

/** What completing drops in a column that the mapping leaves empty is not told, as what reading drops there. */
function withoutSilent(completed: ReadValues, feed: Feed, mapping: FeedMapping): ReadValues {
  const isSilent = (column: string) =>
    feed.fields[column] !== undefined &&
    effectOf(feed.fields[column], mapping.columns[column]?.unreadable) === 'none';
  return Object.fromEntries(
    Object.entries(completed).map(([column, value]) => [
      column,
      value instanceof Dropped && isSilent(column) ? null : value,
    ]),
  );
}

function droppedValues(values: ReadValues): ReadValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value instanceof Dropped));
}

/** The dropped or missing reference of a record that has no other one and no anchor. */
function lostReference({ reference }: Feed, values: ReadValues): RecordRefusal | null {
  if (reference === undefined) return null;
  const kept = keptValues(values);
  const { columns, anchor } = reference;
  const tells = anchor === null ? columns : [...columns, anchor];
  if (tells.some((column) => (kept[column] ?? null) !== null)) return null;
  const column = columns.find((name) => values[name] instanceof Dropped);
  if (column !== undefined) return { column, rule: (values[column] as Dropped).rule };
  return anchor === null ? { column: columns[0], rule: 'no_reference' } : null;
}

function required(schema: z.ZodType<Value | Dropped>): z.ZodType<Value | Dropped> {
  return schema.superRefine((value, context) => {
    if (value === null) context.addIssue({ code: 'custom', message: 'required' satisfies Rule });
  });
}

function isRefusal(result: ReadValues | RecordRefusal): result is RecordRefusal {
  return typeof result.rule === 'string' && typeof result.column === 'string';
}

function attributesOf(
  feed: Feed,
  values: Readonly<Record<string, Value>>,
  attributes: readonly string[],
): ReadValues {
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
  {
    mapping,
    words,
    textOf,
  }: {
    readonly mapping: FeedMapping;
    readonly words: EmptyWords;
    readonly textOf: (header: string) => string | null;
  },
): string | null {
  if (how.value !== undefined) return cleanText(how.value);
  const fieldText = (header: string) => {
    const found = textOf(header);
    if (found === null || mapping.empty.includes(found)) return null;
    return isEmptyWord(found, words) && !Object.hasOwn(how.values, found) ? null : found;
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
