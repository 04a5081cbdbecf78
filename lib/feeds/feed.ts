import type { Value } from '../ports/query-engine.ts';
import type { Column } from '../tables/contract.ts';
import type { Dropped } from './dropped.ts';
import { type Field, field, type Reading, type Refusal } from './field.ts';
import { text } from './kinds/text.ts';
import type { Rule } from './rules.ts';

/** A record whose fields were read: values by column, a missing one NULL. */
export type ReadValues = Readonly<Record<string, Value | Dropped>>;

export interface RecordRefusal extends Refusal {
  readonly column: string;
}

/** Columns that follow from others once every field is read: the specification and the same in SQL. */
export interface Completion {
  complete(values: ReadValues, reading: Reading): ReadValues | RecordRefusal;
  /** `of(column)` is the SQL of a read value, `done(column)` that of a completed one. */
  sql(
    columns: {
      readonly of: (column: string) => string;
      readonly done: (column: string) => string;
    },
    reading: Reading,
  ): {
    /** By column, over read values. */
    readonly values: Readonly<Record<string, string>>;
    /** Why a read value has no completed one, over both; the first that holds counts. */
    readonly dropped: readonly CompletionRule[];
    /** Over read and completed values. */
    readonly refused: readonly CompletionRule[];
  };
}

interface CompletionRule {
  readonly when: string;
  readonly column: string;
  readonly rule: Rule;
}

/** What a dropped file of this feed holds: everything else is derived from here. */
export interface Feed {
  readonly name: string;
  readonly grain: string;
  /** Raised whenever the same file would be read differently. */
  readonly version: number;
  readonly fields: Readonly<Record<string, Field>>;
  /** Columns of the accepted table that are never NULL after completion, beside the required ones. */
  readonly completed: readonly string[];
  readonly completion: Completion | null;
  /** Columns of the accepted table that the completion adds. */
  readonly added: Readonly<Record<string, Column>>;
  /** Any column named `attr_…` is read as text into the one column `attributes`. */
  readonly hasAttributes: boolean;
  /**
   * Columns that tell whose a record is. Where one was dropped and none is left, the record is
   * refused unless the anchor is there: nothing else would tell one such record from another.
   * Without an anchor each record must have one of them.
   */
  readonly reference?: {
    readonly columns: readonly [string, ...string[]];
    readonly anchor: string | null;
  };
}

/** An attribute is free text that nothing rests on. */
export const attributeField: Field = field(text, 'What else is known of it.', { pii: 'indirect' });

export function isAttribute(column: string): boolean {
  return /^attr_[a-z0-9_]{1,58}$/.test(column);
}

/** Whether a column may be given for the feed. */
export function isColumnOf(feed: Feed, column: string): boolean {
  return Object.hasOwn(feed.fields, column) || (feed.hasAttributes && isAttribute(column));
}

/** The columns of the feed's accepted rows. */
export function feedColumns(feed: Feed): Readonly<Record<string, Column>> {
  const fields = Object.entries(feed.fields).map(([name, { column }]) => [
    name,
    feed.completed.includes(name) ? { ...column, nullable: false } : column,
  ]);
  return { ...Object.fromEntries(fields), ...feed.added };
}
