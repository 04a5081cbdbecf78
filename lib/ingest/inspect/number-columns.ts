import { decimalUnits } from '../../feeds/exact-decimal.ts';
import type { Reading } from '../../feeds/field.ts';
import { readNumberText } from '../../feeds/number-text.ts';
import { type NumberRole, numberRole } from './header-words.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { usualNumbers } from './ways-to-read.ts';

export type NumberStyle = Pick<Reading, 'decimal' | 'thousands' | 'currency'>;

/** A column of numbers, in ten-thousandths. */
export interface NumberColumn extends SheetColumn {
  readonly role: NumberRole | null;
  readonly values: readonly (number | null)[];
  readonly isWhole: boolean;
  /** Whether some text is written with decimals, be they zeros. */
  readonly hasDecimals: boolean;
}

const currencyOfSign: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  '₹': 'INR',
  '₺': 'TRY',
  '₩': 'KRW',
  '₪': 'ILS',
  '₽': 'RUB',
  '₴': 'UAH',
  '₫': 'VND',
  zł: 'PLN',
};
const beside = String.raw`[A-Z]{3}|\p{Sc}|zł`;
const looksNumeric = new RegExp(
  `^[(+\\-−]*\\s*(?:${beside})?\\s*[+\\-−]?\\s*\\d[\\d.,'’\\s]*(?:[eE][+-]?\\d+)?\\s*(?:${beside})?\\)?$|^[+-]?[.,]\\d+$`,
  'u',
);

const currencyCodes = new Set(Intl.supportedValuesOf('currency'));

/** Columns whose every text looks like a number; their style is not known yet. */
export function numericColumns({ columns }: Sheet): readonly SheetColumn[] {
  return columns.filter(({ texts }) => {
    const filled = texts.filter((text) => text !== null);
    return filled.length > 0 && filled.every(isNumeric);
  });
}

/** Whether a text is a number, alone or beside a currency: `EUR 12` is one, `SKU-12` is none. */
function isNumeric(text: string): boolean {
  if (!looksNumeric.test(text)) return false;
  const [code] = /[A-Z]{3}/.exec(text) ?? [];
  return code === undefined || currencyCodes.has(code);
}

/** Currencies that stand beside the numbers, by their signs and codes. */
export function currenciesBeside(columns: readonly SheetColumn[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { texts } of columns) {
    for (const text of new Set(texts)) {
      const sign = /[A-Z]{3}|\p{Sc}|zł/u.exec(text ?? '')?.[0];
      if (sign !== undefined) found.add(currencyOfSign[sign] ?? sign);
    }
  }
  return found;
}

/** The styles in which every text of every column is a number. */
export function stylesOf(columns: readonly SheetColumn[], currency: string | null): NumberStyle[] {
  const texts = [...new Set(columns.flatMap((column) => column.texts))].filter(
    (text) => text !== null,
  );
  return usualNumbers
    .map(({ decimal = '.', thousands = '' }) => ({ decimal, thousands, currency }))
    .filter((style) => texts.every((text) => readNumberText(text, style) !== null));
}

/** The column in a style; null where some text is no number in it. */
export function numbersOf(column: SheetColumn, style: NumberStyle): NumberColumn | null {
  const read = new Map<string, number>();
  for (const text of new Set(column.texts)) {
    if (text === null) continue;
    const value = readNumberText(text, style);
    if (value === null) return null;
    read.set(text, Number(decimalUnits(value)));
  }
  const values = column.texts.map((text) => (text === null ? null : (read.get(text) ?? null)));
  const isWhole = [...read.values()].every((value) => value % 10_000 === 0);
  const hasDecimals = [...read.keys()].some((text) => /[.,]\d{1,2}\D*$/.test(text));
  return { ...column, role: numberRole(column.header), values, isWhole, hasDecimals };
}
