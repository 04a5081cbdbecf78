import { decimalUnits } from '../exact-decimal.ts';
import { type FieldKind, type Reading, type RefusedWhen, readBy, refuse } from '../field.ts';
import { numberPattern, readNumberText } from '../number-text.ts';
import type { Rule } from '../rules.ts';
import type { Signs } from '../signs.ts';
import { literal } from '../sql-text.ts';

const groups = "[0-9][0-9., '\\x{A0}\\x{2009}\\x{202F}\\x{2019}]*";
const grouped = `[+-]?${groups}|[(]${groups}[)]`;
const groupsPattern =
  /^(?:[+-]?[0-9][0-9., '\u00a0\u2009\u202f\u2019]*|[(][0-9][0-9., '\u00a0\u2009\u202f\u2019]*[)])$/;
const shortened = '[+-]?[0-9]+([.,][0-9]*)?[eE][+-]?[0-9]+';
const symbol = '\\p{Sc}';
const coded = '[+-]?[A-Za-z]{1,3}[.]? ?[+-]?[0-9][0-9.,]*|[+-]?[0-9][0-9.,]* ?[A-Za-z]{1,3}[.]?';

/** What any amount, price or cost is at most: what is larger is a time stamp or another column. */
export const largestAmount = 1_000_000_000;
const largestQuantity = 1_000_000;

/**
 * An amount of money, kept exactly to 4 decimals (half away from zero). The decimal sign and the
 * thousands separator are those of the reading; groups must have three digits each.
 */
export const money: FieldKind = numberKind('money', {
  largest: largestAmount,
  rule: 'implausible_amount',
});

/** An amount that is never negative: a price, a cost. */
export const price: FieldKind = numberKind('price', {
  largest: largestAmount,
  rule: 'implausible_amount',
  isPositive: true,
});

/** How many there are of something; negative where they come back. */
export const quantity: FieldKind = numberKind('quantity', {
  largest: largestQuantity,
  rule: 'implausible_quantity',
});

interface Limits {
  /** The greatest distance from zero, and by which rule more is refused. */
  readonly largest: number;
  readonly rule: 'implausible_amount' | 'implausible_quantity';
  readonly isPositive?: boolean;
}

function numberKind(kindName: string, limits: Limits): FieldKind {
  const { largest, rule, isPositive = false } = limits;
  return {
    name: kindName,
    type: 'decimal(18,4)',
    unit: 'number',
    schema: (reading) =>
      readBy((text) => {
        const value = readNumberText(text, reading);
        if (value === null) return refuse(ruleOf(text, reading, rule));
        if (isPositive && value.startsWith('-')) return refuse('negative_price');
        return isWithin(value, largest) ? value : refuse(rule);
      }),
    sql: ({ text, prepared, value, signs }, reading) => {
      const negative = { when: `${value} < 0`, rule: 'negative_price' } as const;
      return {
        prepared: plainSql({ text, signs }, reading),
        value: `case when ${prepared} is not null or ${text} is null then ${prepared} else ${oddSql(text, reading)} end`,
        unread: whyNoNumber(text, numberPattern(reading), rule),
        refused: [
          ...(isPositive ? [negative] : []),
          {
            when: isPositive
              ? `${value} > ${largest}`
              : `not ${value} between -${largest} and ${largest}`,
            rule,
          },
        ],
      };
    },
  };
}

function isWithin(value: string, largest: number): boolean {
  const units = decimalUnits(value);
  const most = BigInt(largest) * 10_000n;
  return units <= most && units >= -most;
}

/** The most helpful rule for a text that is no number. */
function ruleOf(text: string, reading: Reading, tooLarge: Rule): Rule {
  const isForm = (form: string) => new RegExp(`^(?:${form})$`).test(text);
  if (isForm(numberPattern(reading))) return tooLarge;
  if (text.startsWith('=')) return 'formula_cell';
  if (isForm(shortened)) return 'scientific_notation';
  if (new RegExp(symbol, 'u').test(text) || isForm(coded)) return 'currency_symbol';
  if (groupsPattern.test(text)) return 'thousands_separator';
  return 'not_a_number';
}

function whyNoNumber(text: string, pattern: string, tooLarge: Rule): RefusedWhen[] {
  const isForm = (form: string) => `regexp_full_match(${text}, ${literal(form)})`;
  return [
    { when: isForm(pattern), rule: tooLarge },
    { when: `starts_with(${text}, '=')`, rule: 'formula_cell' },
    { when: isForm(shortened), rule: 'scientific_notation' },
    { when: `regexp_matches(${text}, '${symbol}') or ${isForm(coded)}`, rule: 'currency_symbol' },
    { when: isForm(grouped), rule: 'thousands_separator' },
    { when: 'true', rule: 'not_a_number' },
  ];
}

function cast(text: string): string {
  return `try_cast(${text} as decimal(18,4))`;
}

/**
 * The engine's own cast reads a plain number far faster than a regular expression does. It takes
 * exponents, underscores and blanks too, so these go first.
 */
function plainSql(
  { text, signs }: { readonly text: string; readonly signs: Signs },
  reading: Reading,
): string {
  const { decimal, thousands } = reading;
  if (decimal === '.' && thousands === '') {
    const odd = [...(signs.exponent ? ['e', 'E', '_'] : []), ...(signs.blank ? [' '] : [])];
    const isOdd = odd.map((sign) => `contains(${text}, '${sign}')`).join(' or ');
    return odd.length === 0 ? cast(text) : `case when ${isOdd} then null else ${cast(text)} end`;
  }
  const bare = thousands === '' ? text : `replace(${text}, ${literal(thousands)}, '')`;
  const plain = decimal === ',' ? `replace(${bare}, ',', '.')` : bare;
  return `case when regexp_full_match(${text}, ${literal(numberPattern(reading))}) then ${cast(plain)} end`;
}

/** What the engine cannot read, a function reads. */
function oddSql(text: string, { decimal, thousands, currency }: Reading): string {
  const how = [decimal, thousands, currency ?? ''].map(literal).join(', ');
  return cast(`number_text(${text}, ${how})`);
}
