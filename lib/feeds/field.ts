import { z } from 'zod';
import type { Value } from '../ports/query-engine.ts';
import type { Column, ColumnType, IdentifierKind, Pii } from '../tables/contract.ts';
import type { EmptyWords } from './empty-words.ts';
import type { Rule } from './rules.ts';
import type { Signs } from './signs.ts';
import type { StatusMeaning } from './status-words.ts';

/** How the values of a file are to be read: what its mapping says, with defaults filled in. */
export interface Reading {
  readonly decimal: '.' | ',';
  /** What may stand between groups of three digits; empty: nothing may. */
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  /** IANA zone of dates and times that name none. */
  readonly timeZone: string;
  /** `ISO`, or forms made of YYYY YY MM M DD D HH H hh h mm ss SSS A MMM MMMM. */
  readonly dateFormats: readonly string[];
  /** ISO 3166 country of phone numbers that name none; null: unknown. */
  readonly phoneCountry: string | null;
  /** Tax that is in the amounts, as a share of the amount before tax; null: none is in them. */
  readonly includedTaxRate: number | null;
  /** What the column `discount` holds: money, a share of the line (0.2), or one in percent (20). */
  readonly discountIs: 'money' | 'rate' | 'percent';
  /** What the column `amount` holds: the line after its discount, or before. */
  readonly amountIs: 'after_discount' | 'before_discount';
  /** Currency of every amount, where the mapping names one: its sign may stand beside numbers. */
  readonly currency: string | null;
  /** What words of a status mean, beside those that are known: by `statusKey`. */
  readonly statusWords: Readonly<Record<string, StatusMeaning>>;
  /** When the file was delivered: nothing in it can have happened much later. */
  readonly deliveredAt: Date;
}

/** One condition of the generated check: where it holds, the value is refused by the rule. */
export interface RefusedWhen {
  readonly when: string;
  readonly rule: Rule;
  /** SQL of the word that the advice may quote, where it can be no person's. */
  readonly told?: string;
}

/** A kind of field in SQL over the columns `text` (cleaned, never empty), `prepared` and `value`. */
export interface KindSql {
  /** A first step over `text`, computed once, that the value needs more than once. */
  readonly prepared?: string;
  /** The value, NULL where the text cannot be read. */
  readonly value: string;
  /** Why a text has no value: the first whose condition holds, the last one always does. */
  readonly unread: readonly RefusedWhen[];
  /** Why a text or value is refused though it was read. */
  readonly refused: readonly RefusedWhen[];
}

interface SqlNames {
  readonly text: string;
  readonly prepared: string;
  readonly value: string;
  /** What may occur in the texts. */
  readonly signs: Signs;
}

/**
 * What values of a column look like. `schema` is the specification; `sql` is the same, fast, and
 * differential tests hold the two together.
 */
export interface FieldKind {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string;
  schema(reading: Reading): z.ZodType<Value, string>;
  sql(names: SqlNames, reading: Reading): KindSql;
}

export interface Field {
  readonly kind: FieldKind;
  readonly column: Column;
  /** Whether each record must have a value. */
  readonly required: boolean;
  /** What a value that cannot be read costs: the whole record, or itself alone. */
  readonly effect: 'record' | 'value';
  readonly emptyWords: EmptyWords;
}

interface FieldOptions {
  readonly required?: boolean;
  /** Money, time or the choice of the winning row rest on it: a bad value refuses the record. */
  readonly isBearing?: boolean;
  readonly emptyWords?: EmptyWords;
  readonly pii?: Pii;
  readonly unit?: string;
  readonly identifies?: IdentifierKind;
}

export function field(kind: FieldKind, comment: string, options: FieldOptions = {}): Field {
  const required = options.required ?? false;
  return {
    kind,
    required,
    effect: required || options.isBearing === true ? 'record' : 'value',
    emptyWords: options.emptyWords ?? 'usual',
    column: {
      type: kind.type,
      unit: options.unit ?? kind.unit,
      comment,
      nullable: !required,
      pii: options.pii ?? 'none',
      ...(options.identifies === undefined ? {} : { identifies: options.identifies }),
    },
  };
}

/** What a value that cannot be read costs by the mapping, which may say so, else by the contract. */
export function effectOf(
  { effect }: Field,
  unreadable: 'refuse' | 'empty' | undefined,
): 'record' | 'value' | 'none' {
  if (unreadable === undefined) return effect;
  return unreadable === 'refuse' ? 'record' : 'none';
}

/** A text that cannot be read, and by which rule. */
export interface Refusal {
  readonly rule: Rule;
}

export function refuse(rule: Rule): Refusal {
  return { rule };
}

/** A schema from a function of the cleaned text; a refusal becomes an issue whose message is the rule. */
export function readBy(read: (text: string) => Value | Refusal): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    const result = read(text);
    if (result === null || typeof result !== 'object') return result;
    context.addIssue({ code: 'custom', message: result.rule });
    return z.NEVER;
  });
}

/** A condition that can only hold where certain signs occur. */
export function whenSigns(occur: boolean, when: string, rule: Rule): RefusedWhen[] {
  return occur ? [{ when, rule }] : [];
}
