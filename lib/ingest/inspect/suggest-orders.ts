import type { Reading } from '../../feeds/field.ts';
import { type AmountColumns, amountColumns } from './amount-columns.ts';
import { type DateColumn, dateColumns } from './date-columns.ts';
import { numberRole, wordsOf } from './header-words.ts';
import { namedColumns, orderColumn } from './name-columns.ts';
import {
  currenciesBeside,
  type NumberColumn,
  type NumberStyle,
  numbersOf,
  numericColumns,
  stylesOf,
} from './number-columns.ts';
import { groupOrders, isFirstLineOnly, type OrderGroups } from './order-groups.ts';
import { otherQuestions } from './other-questions.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { isSold, type StatusColumn, statusColumns } from './status-column.ts';
import { type SuggestedAmounts, suggestAmounts } from './suggest-amounts.ts';
import type { Suggested } from './suggest-reading.ts';

/**
 * A mapping of an order export: what its names, its values and its own arithmetic leave no doubt
 * of. Whatever could be read with other sums is left out and asked.
 */
export function suggestOrders(sheet: Sheet, reading: Reading): Suggested {
  const dates = dateColumns(sheet, reading);
  const isDate = (column: SheetColumn) => dates.some(({ header }) => header === column.header);
  const numeric = numericColumns(sheet).filter((column) => !isDate(column));
  const { styles, currency, open: styleOpen } = stylesFor(numeric, reading);
  const style = styles[0];
  const isMoney = ({ header, texts }: SheetColumn) =>
    numeric.some((column) => column.header === header) &&
    (isDecimal(texts) || numberRole(header) === 'quantity');
  const names = namedColumns(sheet.columns.filter((column) => !isDate(column) && !isMoney(column)));
  const date = orderDate(dates);
  const order = names.get('order_id') ?? onlyOrder(sheet, { dates, date, names, isMoney });
  if (order !== undefined) names.set('order_id', order);
  const groups = groupOrders(order, sheet.rows);
  const statuses = statusColumns(
    sheet.columns.filter((column) => !isDate(column) && ![...names.values()].includes(column)),
  );
  const status = statuses[0];
  const found = suggestInStyle(sheet, {
    styles,
    numeric: numeric.filter((column) => ![...names.values()].includes(column)),
    groups,
    status,
    product: names.get('product_id'),
  });
  const columns = {
    ...Object.fromEntries([...names].map(([column, { header }]) => [column, header])),
    ...(date === undefined ? {} : { ordered_at: date.header }),
    ...updatedAt(dates, date),
    ...(status === undefined ? {} : { status: status.header }),
    ...found.amounts.columns,
    ...(currency === null ? {} : { currency: { value: currency } }),
  };
  const ignore = sheet.footers
    .filter(({ header, text }) => isUnique(sheet, header, text))
    .map(({ header, text }) => ({ column: header, equals: text, reason: 'below the records' }));
  return {
    suggestion: {
      columns: inOrder(columns),
      ...dateFormat(date),
      ...styleSettings(found.style ?? style),
      ...(ignore.length === 0 ? {} : { ignore }),
    },
    open: [
      ...dateQuestions(date, dates),
      ...styleOpen,
      ...found.open,
      ...found.amounts.open,
      ...statusQuestions(statuses, groups),
      ...otherQuestions(sheet, {
        date,
        status,
        columns: found.columns,
        groups,
        amounts: found.amounts,
      }),
    ],
    status: status?.words ?? [],
  };
}

/** Whether texts have decimals, groups or signs of currencies. */
function isDecimal(texts: readonly (string | null)[]): boolean {
  return texts.some((text) => text !== null && /\d[.,'’]\d|[^\d\s.,'’+\-−]/.test(text));
}

function stylesFor(numeric: readonly SheetColumn[], { currency: set }: Reading) {
  const money = numeric.filter(({ header, texts }) => isDecimal(texts) || isNamed(header));
  const beside = [...currenciesBeside(money)];
  const currency = beside.length === 1 ? (beside[0] as string) : null;
  if (beside.length > 1 || (currency !== null && !/^[A-Z]{3}$/.test(currency))) {
    const open = [
      `Say in which currency the amounts are: ${beside.join(' and ')} stand beside them.`,
    ];
    return { styles: [], currency: null, open };
  }
  const all = stylesOf(money, currency ?? set);
  const styles =
    all.length > 0
      ? all
      : stylesOf(
          money.filter(({ header }) => isNamed(header)),
          currency ?? set,
        );
  return { styles: distinctStyles(money, styles), currency, open: [] };
}

function isNamed(header: string): boolean {
  const role = numberRole(header);
  return role !== null && role !== 'other';
}

/** Of styles that understand all numbers alike the first. */
function distinctStyles(
  columns: readonly SheetColumn[],
  styles: readonly NumberStyle[],
): NumberStyle[] {
  const byMeaning = new Map<string, NumberStyle>();
  for (const style of styles) {
    const meaning = JSON.stringify(columns.map((column) => numbersOf(column, style)?.values));
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, style);
  }
  return [...byMeaning.values()];
}

interface InStyle {
  readonly styles: readonly NumberStyle[];
  readonly numeric: readonly SheetColumn[];
  readonly groups: OrderGroups;
  readonly status: StatusColumn | undefined;
  readonly product: SheetColumn | undefined;
}

/** The amounts in the only style; of several in the only one in which they add up. */
function suggestInStyle(
  sheet: Sheet,
  { styles, numeric, groups, status, product }: InStyle,
): {
  readonly style: NumberStyle | undefined;
  readonly columns: AmountColumns;
  readonly amounts: SuggestedAmounts;
  readonly open: readonly string[];
} {
  const isSale = (line: number) => isSold(status?.texts[line] ?? null);
  const counts = groups.map((lines) => lines.every(isSale));
  const products = product?.texts ?? sheet.columns[0]?.texts.map(() => null) ?? [];
  const tried = (styles.length === 0 ? [undefined] : styles).map((style) => {
    const numbers = numeric.flatMap((column): NumberColumn[] => {
      const read = style === undefined ? null : numbersOf(column, style);
      return read === null ? [] : [read];
    });
    const columns = amountColumns(numbers, groups);
    return { style, columns, amounts: suggestAmounts(columns, { counts, products }) };
  });
  const sure = tried.filter(({ amounts }) => amounts.isVerified);
  const [first] = tried;
  const only = sure.length === 1 ? sure[0] : first;
  if (only === undefined) throw new RangeError('Cannot suggest: must try a style: found none.');
  const isAsked = styles.length > 1 && sure.length !== 1;
  const open = isAsked ? ['Say which sign is "decimal" and which is "thousands".'] : [];
  return { ...only, style: isAsked ? undefined : only.style, open };
}

/** The column of dates whose name says the order; where none does the only one. */
function orderDate(dates: readonly DateColumn[]): DateColumn | undefined {
  const named = dates.filter(({ role }) => role === 'ordered_at');
  const of = (pattern: RegExp) => named.find(({ header }) => pattern.test(wordsOf(header)));
  return (
    of(/\b(order\w*|purchase\w*|sale|sold|bestell\w*|commande|kauf\w*|gekauft|achat)\b/) ??
    of(/\b(created|create)\b/) ??
    named[0] ??
    (dates.length === 1 && dates[0]?.role === null ? dates[0] : undefined)
  );
}

function onlyOrder(
  sheet: Sheet,
  known: {
    readonly dates: readonly DateColumn[];
    readonly date: DateColumn | undefined;
    readonly names: ReadonlyMap<string, SheetColumn>;
    readonly isMoney: (column: SheetColumn) => boolean;
  },
): SheetColumn | undefined {
  const { dates, date, names, isMoney } = known;
  const taken = new Set([...names.values(), ...dates].map(({ header }) => header));
  const free = sheet.columns.filter((column) => !taken.has(column.header) && !isMoney(column));
  const found = orderColumn(
    free.filter(({ header }) => !isNamed(header)),
    date?.texts ?? [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function updatedAt(dates: readonly DateColumn[], date: DateColumn | undefined) {
  const updated = dates.find(({ role, ways }) => role === 'updated_at' && ways.length === 1);
  if (updated === undefined || date === undefined) return {};
  const form = updated.ways[0] as string;
  if (form === date.ways[0]) return { updated_at: updated.header };
  return { updated_at: { from: updated.header, date_format: form } };
}

function dateFormat(date: DateColumn | undefined) {
  const [form, ...others] = date?.ways ?? [];
  return form === undefined || form === 'ISO' || others.length > 0 ? {} : { date_format: form };
}

function styleSettings(style: NumberStyle | undefined) {
  if (style === undefined) return {};
  return {
    ...(style.decimal === '.' ? {} : { decimal: style.decimal }),
    ...(style.thousands === '' ? {} : { thousands: style.thousands }),
  };
}

function dateQuestions(date: DateColumn | undefined, dates: readonly DateColumn[]): string[] {
  if (date === undefined) {
    const which = dates.map(({ header }) => `"${header}"`).join(' or ');
    return [`Say which header is ordered_at${which === '' ? '' : `: ${which}`}.`];
  }
  const forms = date.ways.map((way) => `"${way}"`).join(' or ');
  return [
    ...(date.ways.length > 1 ? [`Say which "date_format" is meant: ${forms}.`] : []),
    ...(date.texts.includes(null)
      ? [`Fill "${date.header}" on every line: some have none and would be refused.`]
      : []),
  ];
}

/** Words that are not known, lines without the word of their order, and columns that disagree. */
function statusQuestions(statuses: readonly StatusColumn[], groups: OrderGroups): string[] {
  const [status, ...others] = statuses;
  if (status === undefined) return [];
  const unknown = status.words.filter(({ meaning }) => meaning === null);
  const isCarried =
    isFirstLineOnly(status.texts, groups) &&
    groups.some((lines) => lines.length > 1 && !isSold(status.texts[lines[0] as number] ?? null));
  const apart = others.filter(({ texts }) =>
    texts.some((text, i) => !isSold(text) && isSold(status.texts[i] ?? null)),
  );
  return [
    ...(unknown.length === 0
      ? []
      : [
          `Say under "status_words" what these mean: ${unknown.map(({ word }) => `"${word}"`).join(', ')}.`,
        ]),
    ...(isCarried
      ? [`Fill "${status.header}" on every line of an order: lines after the first have none.`]
      : []),
    ...apart.map(({ header }) => `Say which is the status: "${status.header}" or "${header}".`),
  ];
}

/** Whether a text of a footer stands in no record. */
function isUnique({ columns }: Sheet, header: string, text: string): boolean {
  return columns.some((column) => column.header === header && !column.texts.includes(text));
}

const order = [
  'order_id',
  'line_id',
  'ordered_at',
  'customer_id',
  'email',
  'phone',
  'product_id',
  'quantity',
  'unit_price',
  'discount',
  'amount',
];

/** The columns a person looks for first, first. */
function inOrder<T>(columns: Readonly<Record<string, T>>): Record<string, T> {
  const place = (column: string) => (order.includes(column) ? order.indexOf(column) : order.length);
  return Object.fromEntries(Object.entries(columns).sort(([a], [b]) => place(a) - place(b)));
}
