import { roundedDecimal } from './exact-decimal.ts';
import type { Reading } from './field.ts';

/** How a number is written. */
export type NumberReading = Pick<Reading, 'decimal' | 'thousands' | 'currency'>;

/** Digits with an optional sign and decimals, the groups of thousands right where there are any. */
export function numberPattern({ decimal, thousands }: NumberReading): string {
  const point = decimal === '.' ? '[.]' : ',';
  const groups = thousands === '' ? '' : `|[0-9]{1,3}([${thousands}][0-9]{3})+`;
  return `[+-]?(([0-9]+${groups})(${point}[0-9]*)?|${point}[0-9]+)`;
}

/**
 * A number as text with four decimals: plain digits; in parentheses, which make it negative; beside
 * the sign or code of the currency that the mapping names; with the blanks, apostrophes and minus
 * signs of typography; or a double that a program wrote with all its digits and an exponent. Null
 * when it is none of these, or has more than 14 digits before its point.
 */
export function readNumberText(text: string, reading: NumberReading): string | null {
  const plain = text
    .replace(/[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replaceAll('\u2019', "'")
    .replaceAll('\u2212', '-');
  const bare = withoutCurrency(plain, reading.currency);
  const bracketed = /^[(](.*)[)]$/.exec(bare)?.[1];
  if (bracketed === undefined) return readPlain(bare, reading);
  const positive = readPlain(withoutCurrency(bracketed, reading.currency), reading);
  return positive === null || /^[+-]/.test(bracketed.trim()) ? null : negative(positive);
}

function readPlain(text: string, reading: NumberReading): string | null {
  const digits = expanded(text, reading) ?? text;
  if (!new RegExp(`^(?:${numberPattern(reading)})$`).test(digits)) return null;
  return roundedDecimal(digits.replaceAll(reading.thousands, '').replace(',', '.'));
}

function negative(text: string): string {
  return Number(text) === 0 ? text : `-${text}`;
}

/** The text without a currency's sign or code before or after its number; a minus may stand before it. */
function withoutCurrency(text: string, currency: string | null): string {
  if (currency === null) return text;
  for (const sign of currencySigns(currency)) {
    if (text.startsWith(sign)) return text.slice(sign.length).trimStart();
    if (text.startsWith(`-${sign}`)) return `-${text.slice(sign.length + 1).trimStart()}`;
    if (text.endsWith(sign)) return text.slice(0, -sign.length).trimEnd();
  }
  return text;
}

const remembered = new Map<string, readonly string[]>();

/** How a currency is written beside numbers, the longest first: `CA$`, `CAD`, `$`. */
function currencySigns(currency: string): readonly string[] {
  const known = remembered.get(currency);
  if (known !== undefined) return known;
  const signs = (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) =>
    new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay })
      .formatToParts(1)
      .filter(({ type }) => type === 'currency')
      .map(({ value }) => value)
      .join(''),
  );
  const found = [...new Set([...signs, currency])].sort((a, b) => b.length - a.length);
  remembered.set(currency, found);
  return found;
}

/** Digits of a double from which none is missing. */
const fullDigits = 15;
/** Below this power of ten nothing is lost of four decimals. */
const smallest = -4;

/**
 * The digits of a number with an exponent, or null where it has none or digits may be missing: a
 * spreadsheet writes 1.2E+15 for what was longer.
 */
function expanded(text: string, { decimal }: NumberReading): string | null {
  const match = /^([+-]?)([0-9])(?:([.,])([0-9]+))?[eE]([+-]?[0-9]{1,3})$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', point, fraction = '', power = ''] = match;
  if (point !== undefined && point !== decimal) return null;
  const exponent = Number(power);
  if (fraction.length + 1 < fullDigits && exponent > smallest) return null;
  const digits = whole + fraction;
  const at = 1 + exponent;
  if (at <= 0) return `${sign}0${decimal}${'0'.repeat(-at)}${digits}`;
  return `${sign}${digits.slice(0, at).padEnd(at, '0')}${decimal}${digits.slice(at) || '0'}`;
}
