import { roundedDecimal } from '../exact-decimal.ts';
import {
  type FieldKind,
  type Reading,
  type Refusal,
  type RefusedWhen,
  readBy,
  refuse,
} from '../field.ts';
import type { Signs } from '../signs.ts';
import { literal } from '../sql-text.ts';

const symbols = '$€£¥₹';
const grouped = "[+-]?[0-9][0-9., ']*";
const shortened = '[+-]?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+';
const bracketed = '[(][^()]*[)]';

/**
 * A decimal number, kept exactly to 4 decimals (half away from zero). The decimal sign and the
 * thousands separator are those of the reading; groups must have three digits each.
 */
export const decimalNumber: FieldKind = numberKind('decimal', []);

/** A decimal number that is never negative: a price, a cost. */
export const price: FieldKind = numberKind('price', [
  { when: (value) => `${value} < 0`, rule: 'negative_price' },
]);

interface Limit {
  readonly when: (value: string) => string;
  readonly rule: 'negative_price';
}

function numberKind(kindName: string, limits: readonly Limit[]): FieldKind {
  return {
    name: kindName,
    type: 'decimal(18,4)',
    unit: 'number',
    schema: (reading) =>
      readBy((text) => {
        const value = readNumber(text, reading);
        if (typeof value === 'string' && value.startsWith('-') && limits.length > 0) {
          return refuse('negative_price');
        }
        return value;
      }),
    sql: ({ text, value, signs }, reading) => {
      const pattern = numberPattern(reading);
      return {
        value: valueSql({ text, signs, pattern }, reading),
        unread: whyNoNumber(text, pattern),
        refused: limits.map((limit) => ({ when: limit.when(value), rule: limit.rule })),
      };
    },
  };
}

/** Digits with an optional sign and decimals, the groups of thousands right where there are any. */
function numberPattern({ decimal, thousands }: Reading): string {
  const point = decimal === '.' ? '[.]' : ',';
  const groups = thousands === '' ? '' : `|[0-9]{1,3}([${thousands}][0-9]{3})+`;
  return `[+-]?(([0-9]+${groups})(${point}[0-9]*)?|${point}[0-9]+)`;
}

function readNumber(text: string, reading: Reading): string | Refusal {
  if (!new RegExp(`^(?:${numberPattern(reading)})$`).test(text)) return refuse(ruleOf(text));
  const plain = text.replaceAll(reading.thousands, '').replace(',', '.');
  return roundedDecimal(plain) ?? refuse('out_of_range');
}

/** The most helpful rule for a text that is no number. */
function ruleOf(text: string): Refusal['rule'] {
  const isForm = (form: string) => new RegExp(`^(?:${form})$`).test(text);
  if (text.startsWith('=')) return 'formula_cell';
  if (isForm(shortened)) return 'scientific_notation';
  if (isForm(bracketed)) return 'accounting_negative';
  if ([...symbols].some((symbol) => text.includes(symbol))) return 'currency_symbol';
  if (isForm(grouped)) return 'thousands_separator';
  return 'not_a_number';
}

function whyNoNumber(text: string, pattern: string): RefusedWhen[] {
  const isForm = (form: string) => `regexp_full_match(${text}, ${literal(form)})`;
  return [
    { when: isForm(pattern), rule: 'out_of_range' },
    { when: `starts_with(${text}, '=')`, rule: 'formula_cell' },
    { when: isForm(shortened), rule: 'scientific_notation' },
    { when: isForm(bracketed), rule: 'accounting_negative' },
    { when: `regexp_matches(${text}, '[${symbols}]')`, rule: 'currency_symbol' },
    { when: isForm(grouped), rule: 'thousands_separator' },
    { when: 'true', rule: 'not_a_number' },
  ];
}

/**
 * The engine's own cast reads a plain number far faster than a regular expression does. It takes
 * exponents, underscores and blanks too, so these go first.
 */
function valueSql(
  { text, signs, pattern }: { text: string; signs: Signs; pattern: string },
  { decimal, thousands }: Reading,
): string {
  const cast = (expression: string) => `try_cast(${expression} as decimal(18,4))`;
  if (decimal === '.' && thousands === '') {
    const odd = [...(signs.exponent ? ['e', 'E', '_'] : []), ...(signs.blank ? [' '] : [])];
    const isOdd = odd.map((sign) => `contains(${text}, '${sign}')`).join(' or ');
    return odd.length === 0 ? cast(text) : `case when ${isOdd} then null else ${cast(text)} end`;
  }
  const bare = thousands === '' ? text : `replace(${text}, ${literal(thousands)}, '')`;
  const plain = decimal === ',' ? `replace(${bare}, ',', '.')` : bare;
  return `case when regexp_full_match(${text}, ${literal(pattern)}) then ${cast(plain)} end`;
}
