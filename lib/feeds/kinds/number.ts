import { roundedDecimal } from '../exact-decimal.ts';
import {
  type FieldKind,
  type Reading,
  type Refusal,
  type RefusedWhen,
  readBy,
  refuse,
} from '../field.ts';
import { literal } from '../sql-text.ts';

const symbols = '$€£¥₹';
const grouped = "[+-]?[0-9][0-9., ']*";

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
    sql: ({ text, value }, reading) => {
      const pattern = numberPattern(reading);
      return {
        value: valueSql(text, pattern, reading),
        refused: [
          ...whyNoNumber(text, value, pattern),
          ...limits.map((limit) => ({ when: limit.when(value), rule: limit.rule })),
        ],
      };
    },
  };
}

/** Digits with an optional sign and decimals, the groups of thousands right where there are any. */
function numberPattern({ decimal, thousands }: Reading): string {
  const point = decimal === '.' ? '[.]' : ',';
  const grouped = thousands === '' ? '' : `|[0-9]{1,3}([${thousands}][0-9]{3})+`;
  return `[+-]?(([0-9]+${grouped})(${point}[0-9]*)?|${point}[0-9]+)`;
}

function readNumber(text: string, reading: Reading): string | Refusal {
  if (!new RegExp(`^(?:${numberPattern(reading)})$`).test(text)) return refuse(ruleOf(text));
  const plain = text.replaceAll(reading.thousands, '').replace(',', '.');
  return roundedDecimal(plain) ?? refuse('out_of_range');
}

/** The most helpful rule for a text that is no number. */
function ruleOf(text: string): Refusal['rule'] {
  if (text.startsWith('=')) return 'formula_cell';
  if (/^[+-]?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+$/.test(text)) return 'scientific_notation';
  if (/^[(][^()]*[)]$/.test(text)) return 'accounting_negative';
  if ([...symbols].some((symbol) => text.includes(symbol))) return 'currency_symbol';
  if (new RegExp(`^(?:${grouped})$`).test(text)) return 'thousands_separator';
  return 'not_a_number';
}

function whyNoNumber(text: string, value: string, pattern: string): RefusedWhen[] {
  const isNot = (condition: string) => `${value} is null and ${condition}`;
  return [
    { when: isNot(`regexp_full_match(${text}, ${literal(pattern)})`), rule: 'out_of_range' },
    { when: isNot(`starts_with(${text}, '=')`), rule: 'formula_cell' },
    {
      when: isNot(`regexp_full_match(${text}, '[+-]?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+')`),
      rule: 'scientific_notation',
    },
    { when: isNot(`regexp_full_match(${text}, '[(][^()]*[)]')`), rule: 'accounting_negative' },
    { when: isNot(`regexp_matches(${text}, '[${symbols}]')`), rule: 'currency_symbol' },
    {
      when: isNot(`regexp_full_match(${text}, ${literal(grouped)})`),
      rule: 'thousands_separator',
    },
    { when: `${value} is null`, rule: 'not_a_number' },
  ];
}

/**
 * The engine's own cast reads a plain number far faster than a regular expression does. It takes
 * exponents, underscores and blanks too, so these go first.
 */
function valueSql(text: string, pattern: string, { decimal, thousands }: Reading): string {
  const cast = (expression: string) => `try_cast(${expression} as decimal(18,4))`;
  const isOdd = ['e', 'E', '_', ' '].map((sign) => `contains(${text}, '${sign}')`).join(' or ');
  const fast = `case when ${isOdd} then null else ${cast(text)} end`;
  if (decimal === '.' && thousands === '') return fast;
  const separator = literal(thousands === '' ? '\u0000' : thousands);
  const plain = `replace(replace(${text}, ${separator}, ''), ',', '.')`;
  return `case when regexp_full_match(${text}, ${literal(pattern)}) then ${cast(plain)} end`;
}
