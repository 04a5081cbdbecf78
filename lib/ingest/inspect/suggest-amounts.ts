import { type AmountColumns, hasValues, isSameAs } from './amount-columns.ts';
import { isAfterDiscount, isBeforeTax, isUnitPrice, isWithTax } from './header-words.ts';
import { type GivenColumns, type NetBasis, netBases } from './net-bases.ts';
import { costsTheSame, type Evidence, evidenceFor, saysSame } from './net-evidence.ts';
import type { NumberColumn } from './number-columns.ts';
import { sumsByOrder, valuesByOrder } from './order-groups.ts';

export interface SuggestedAmounts {
  readonly columns: GivenColumns;
  /** What a person must say, each with what it would sum to. */
  readonly open: readonly string[];
  /** Whether the file's own arithmetic says so. */
  readonly isVerified: boolean;
  /** Net sales by line, in ten-thousandths; empty where they are asked. */
  readonly lines: readonly (number | null)[];
}

interface Lines {
  /** Whether each order counts, by its status. */
  readonly counts: readonly boolean[];
  readonly products: readonly (string | null)[];
}

/** A way to read the amounts that nothing speaks against. */
interface Chosen {
  readonly basis: NetBasis;
  readonly evidence: Evidence;
}

/**
 * What the amounts of an order export are read from: the only way that its own arithmetic allows,
 * or that its names leave; where several are left, none, and a question with what each sums to.
 */
export function suggestAmounts(given: AmountColumns, lines: Lines): SuggestedAmounts {
  const { columns, ways } = completed(given, lines);
  const [first, ...rivals] = ways;
  if (first === undefined) {
    return unsaid([`Say which header is amount${sumsOf(columns, lines)}.`]);
  }
  const extras = [
    taxOf(first, columns, lines),
    shippingOf(columns),
    refundOf(first.basis, columns, lines),
  ];
  const [tax, ...rest] = extras;
  const others = [...rest.flatMap(({ open }) => open), ...rivalQuestions(columns)];
  if (rivals.length > 0 || first.basis.columns === null || isUnsure(first, columns)) {
    const isTaxAsked = tax !== undefined && tax.open.length > 0;
    const asksTax = isTaxAsked ? ` Say, too, whether they hold "${columns.tax?.header}".` : '';
    return unsaid([`${netQuestion(ways, columns, lines)}${asksTax}`, ...others]);
  }
  const chosen = enriched(
    first.basis,
    ways.flatMap(({ same }) => same),
  );
  return {
    columns: Object.assign({}, chosen, ...extras.map((extra) => extra.columns), feeOf(columns)),
    open: [...(tax?.open ?? []), ...others],
    isVerified: first.evidence.isVerified,
    lines: first.basis.lines,
  };
}

function netQuestion(ways: readonly Way[], columns: AmountColumns, lines: Lines): string {
  const say = ways.map(({ basis }) => saySum(basis.say, basis.orders, lines)).join(' or ');
  const said = ways.map(({ basis }) => basis.amount?.header);
  const beside = ways[0]?.evidence.isVerified ? '' : unexplained(columns, lines, said);
  const unknown = unknownBeside(ways, columns).map(({ header }) => `"${header}"`);
  const asks = unknown.length === 0 ? '' : ` Say, too, what ${unknown.join(' and ')} is.`;
  if (ways.length === 1) return `Say whether the net sales are ${say}${beside}.${asks}`;
  return `Say which the net sales are: ${say}${beside}.${asks}`;
}

function unsaid(open: readonly string[]): SuggestedAmounts {
  return { columns: {}, open, isVerified: false, lines: [] };
}

interface Way extends Chosen {
  /** Other ways that say the same of nearly all orders. */
  readonly same: readonly NetBasis[];
}

/**
 * The ways that are left. Columns of no known name take the parts that the named ones leave, where
 * that makes the file's arithmetic close in one way alone.
 */
function completed(
  given: AmountColumns,
  lines: Lines,
): { readonly columns: AmountColumns; readonly ways: readonly Way[] } {
  const named = waysLeft(given, lines);
  if (!given.unknown.some(hasValues)) return { columns: given, ways: named };
  const found = assignments(given).flatMap((columns) => {
    const ways = waysLeft(columns, lines);
    return ways.length === 1 && ways[0]?.evidence.isVerified ? [{ columns, ways }] : [];
  });
  const [any] = found;
  if (any === undefined) return { columns: given, ways: named };
  const isOne = found.every(({ ways }) => saysSame(ordersOf(ways), ordersOf(any.ways)));
  if (!isOne) return { columns: given, ways: distinct(found.flatMap(({ ways }) => ways)) };
  const left = ({ columns, ways }: (typeof found)[number]) => unknownBeside(ways, columns).length;
  return found.toSorted((a, b) => left(a) - left(b))[0] ?? any;
}

function ordersOf([way]: readonly Way[]): readonly number[] {
  return way?.basis.orders ?? [];
}

/** The columns with those of unknown names in the parts that are free, in every way. */
function assignments(given: AmountColumns): AmountColumns[] {
  const parts = ['quantity', 'price', 'discount', 'tax', 'shipping'] as const;
  const free = parts.filter((part) => given[part] === undefined);
  const tried = given.unknown.filter(hasValues).slice(0, 4);
  let found: AmountColumns[] = [given];
  for (const column of tried) {
    found = found.flatMap((columns) => [
      columns,
      { ...columns, totals: [...columns.totals, { ...column, role: 'total' as const }] },
      ...free
        .filter(
          (part) => columns[part] === undefined && (part !== 'quantity' || mayCountPieces(column)),
        )
        .map((part) => ({
          ...columns,
          [part]: column,
          lineAmounts: columns.lineAmounts.filter(({ header }) => header !== column.header),
        })),
    ]);
  }
  return found;
}

/** Whether a column could count pieces: each line has some, and none is written as money. */
function mayCountPieces({ isWhole, hasDecimals, values }: NumberColumn): boolean {
  return isWhole && !hasDecimals && values.every((value) => value !== null && value !== 0);
}

function waysLeft(columns: AmountColumns, lines: Lines): Way[] {
  const all = netBases(columns);
  const isUnit = isPriceOfUnit(columns, lines);
  const bases = all.filter(
    ({ amount, lines: net }) =>
      net.some((value) => value !== null) && !(isUnit && amount?.header === columns.price?.header),
  );
  const judged = bases.map((basis) => ({ basis, evidence: evidenceFor(basis, columns, bases) }));
  const verified = judged.filter(({ evidence }) => evidence.isVerified);
  const left = verified.length > 0 ? verified : judged.filter(isPlausible(judged, columns));
  return distinct(left.filter(isBesidesTax(left)));
}

/** Not amounts that are said to hold tax, where others are said to be before it. */
function isBesidesTax(ways: readonly Chosen[]): (way: Chosen) => boolean {
  const isBefore = ({ basis }: Chosen) => isBeforeTax(basis.amount?.header ?? '');
  const hasBefore = ways.some(isBefore);
  return ({ basis }) => !(hasBefore && isWithTax(basis.amount?.header ?? ''));
}

/** Of unverified ways: those over columns whose names say amounts, of unknown ones if alone. */
function isPlausible(
  judged: readonly Chosen[],
  { price }: AmountColumns,
): (way: Chosen) => boolean {
  const isNamed = ({ basis }: Chosen) =>
    basis.amount === null ? price !== undefined : basis.amount.role !== null;
  const isTotal = ({ basis }: Chosen) => basis.amount?.role === 'total';
  const named = judged.some((way) => isNamed(way) && !isTotal(way));
  return (way) => (named ? isNamed(way) && !isTotal(way) : true);
}

function distinct(ways: readonly Chosen[]): Way[] {
  const found: { basis: NetBasis; evidence: Evidence; same: NetBasis[] }[] = [];
  for (const { basis, evidence } of ways) {
    const equal = found.find((way) => saysSame(way.basis.orders, basis.orders));
    if (equal === undefined) found.push({ basis, evidence, same: [basis] });
    else {
      equal.same.push(basis);
      if (equal.basis.columns === null) equal.basis = basis;
      const { isVerified } = equal.evidence;
      const tax = equal.evidence.tax === 'unsaid' ? evidence.tax : equal.evidence.tax;
      equal.evidence = { isVerified, tax, used: [...equal.evidence.used, ...evidence.used] };
    }
  }
  return found;
}

function isPriceOfUnit(columns: AmountColumns, { products }: Lines): boolean {
  const { price, quantity, lineAmounts } = columns;
  if (price === undefined || quantity === undefined) return false;
  if (isUnitPrice(price.header) || costsTheSame(price, quantity, products)) return true;
  return lineAmounts.some((amount) => {
    let told = 0;
    const isEqual = amount.values.every((value, i) => {
      const [units, cost] = [quantity.values[i] ?? null, price.values[i] ?? null];
      if (value === null || units === null || cost === null) return true;
      if (units !== 10_000) told += 1;
      return Math.abs((units * cost) / 10_000 - value) <= 100;
    });
    return isEqual && told > 0;
  });
}

/** Whether the only way left is a guess: of a total, or beside numbers that nothing explains. */
function isUnsure({ basis, evidence }: Chosen, columns: AmountColumns): boolean {
  if (isRepeatedSum(basis, columns)) return true;
  const unknown = unknownBeside([{ basis, evidence }], columns);
  if (isNetByName(basis) && unknown.every(isUsual)) return false;
  if (unknown.length > 0) return true;
  if (evidence.isVerified) return false;
  if (basis.amount?.role === 'total') return true;
  const isAlone = [columns.discount, columns.tax, columns.shipping, columns.refund].every(
    (column) => column === undefined || !hasValues(column),
  );
  if (basis.amount !== null && basis.amount.role === null) {
    return !isAlone || columns.unknown.some(mayBeQuantity) || isBelowOne(basis.amount);
  }
  return columns.totals.some(
    ({ role, header }) => role === 'total' && header !== basis.amount?.header,
  );
}

/** Whether the amount is a sum that every line of an order repeats: it may be the whole order's. */
function isRepeatedSum({ amount }: NetBasis, { lineAmounts }: AmountColumns): boolean {
  const isSum = amount?.role === 'subtotal' || amount?.role === 'total';
  return (
    isSum && lineAmounts.some(({ header, grain }) => header === amount.header && grain === 'unsure')
  );
}

/** Whether a column of no known name holds shares, or discounts, rather than amounts. */
function isBelowOne({ values }: NumberColumn): boolean {
  return values.every((value) => Math.abs(value ?? 0) <= 10_000);
}

/** Whether an amount is said to be the net sales: of what stands beside it only refunds change them. */
function isNetByName({ amount, discount }: NetBasis): boolean {
  return amount !== null && discount !== 'taken' && isAfterDiscount(amount.header);
}

/** Whether a column is filled on most lines, as tax and totals are and refunds are not. */
function isUsual({ values }: NumberColumn): boolean {
  return values.filter((value) => value !== null && value !== 0).length >= 0.75 * values.length;
}

/** Whether whole numbers could say how many were sold: the amount beside them would be a price. */
function mayBeQuantity({ isWhole, hasDecimals, values }: NumberColumn): boolean {
  const units = values.filter((value) => value !== null);
  const isSmall = units.every((value) => Math.abs(value) <= 10_000_000);
  const isCounted = units.every(
    (value, i) => i === 0 || value === (units[i - 1] as number) + 10_000,
  );
  if (isCounted && units.length > 2) return false;
  return isWhole && !hasDecimals && isSmall && units.some((value) => value !== 10_000);
}

/** Numbers of no known name that no way uses and no column repeats: any of them may be a discount. */
function unknownBeside(ways: readonly Chosen[], columns: AmountColumns): readonly NumberColumn[] {
  const { discount, tax, shipping, unknown } = columns;
  const named = [discount, tax, shipping].filter((column) => (column?.role ?? null) !== null);
  return unknown.filter(
    ({ header, isWhole, hasDecimals, values }) =>
      hasValues({ values }) &&
      !named.some((column) => column !== undefined && isSameAs(column, { values })) &&
      (!isWhole || hasDecimals || values.includes(0)) &&
      !ways.some(({ basis, evidence }) => usedBy(basis, header) || evidence.used.includes(header)),
  );
}

function usedBy({ columns }: NetBasis, header: string): boolean {
  return Object.values(columns ?? {}).some(
    (given) => (typeof given === 'string' ? given : given.from) === header,
  );
}

/** The columns of a way, with those of the ways that say the same where they add to them. */
function enriched(basis: NetBasis, same: readonly NetBasis[]): GivenColumns {
  const product = same.find(({ isUnitPrice: isProduct, columns }) => isProduct && columns !== null);
  const isAfter =
    basis.amount !== null && basis.discount !== 'taken' && basis.amount.role !== 'total';
  if (product === undefined) return basis.columns ?? {};
  return isAfter && !('order_discount' in (product.columns ?? {}))
    ? { ...product.columns, ...basis.columns }
    : (product.columns ?? {});
}

interface Extra {
  readonly columns: GivenColumns;
  readonly open: readonly string[];
}

const nothing: Extra = { columns: {}, open: [] };

function taxOf(
  { basis, evidence }: Chosen,
  { tax, price, groups }: AmountColumns,
  lines: Lines,
): Extra {
  if (tax === undefined) return nothing;
  const name =
    tax.grain === 'line'
      ? { tax: tax.header }
      : tax.grain === 'order'
        ? { order_tax: tax.header }
        : {};
  if (!hasValues(tax)) return nothing;
  const source = basis.amount?.header ?? price?.header ?? '';
  if (evidence.tax === 'on_top' || (evidence.tax === 'unsaid' && isBeforeTax(source))) {
    return { columns: name, open: [] };
  }
  const taxes =
    tax.grain === 'order' ? valuesByOrder(tax, groups) : sumsByOrder(tax.values, groups);
  const less = basis.orders.map((value, i) => value - (taxes[i] as number));
  const either = [
    saySum(basis.say, basis.orders, lines),
    saySum(`that less "${tax.header}"`, less, lines),
  ];
  return {
    columns: {},
    open: [`Say whether the amounts hold the tax: net sales are ${either.join(' or ')}.`],
  };
}

function shippingOf({ shipping }: AmountColumns): Extra {
  if (
    shipping === undefined ||
    shipping.grain === 'unsure' ||
    shipping.values.some((value) => (value ?? 0) < 0)
  )
    return nothing;
  const column = shipping.grain === 'line' ? 'shipping_charged' : 'order_shipping';
  return { columns: { [column]: shipping.header }, open: [] };
}

/** A refund is of goods, before tax: where an order has shipping or tax, what it holds is asked. */
function refundOf(basis: NetBasis, columns: AmountColumns, lines: Lines): Extra {
  const { refund, tax, shipping, groups } = columns;
  if (refund === undefined) return nothing;
  const refunds = valuesByOrder(refund, groups);
  const added = [tax, shipping].flatMap((column) =>
    column === undefined ? [] : [sumsByOrder(column.values, groups)],
  );
  const isGoods = refunds.every(
    (value, i) =>
      value === 0 ||
      (value > 0 &&
        value <= (basis.orders[i] as number) + 50 &&
        added.every((sums) => sums[i] === 0) &&
        basis.lines.every((line) => line === null || line >= 0)),
  );
  const isOnce = refund.grain === 'order' || groups.every((of) => of.length === 1);
  if (isGoods && (isOnce || !hasValues(refund))) {
    return { columns: { order_refund: refund.header }, open: [] };
  }
  const all = { ...lines, counts: groups.map(() => true) };
  const sums = isOnce ? refunds : sumsByOrder(refund.values, groups);
  const sum = saySum(`"${refund.header}"`, sums, all);
  return {
    columns: {},
    open: [
      `Say what was given back of the goods before tax, as order_refund: ${sum} may hold tax or shipping.`,
    ],
  };
}

function feeOf({ fee, groups }: AmountColumns): GivenColumns {
  const isOnce = fee !== undefined && groups.every((of) => of.length === 1);
  return isOnce ? { payment_fee: fee.header } : {};
}

function rivalQuestions({ rivals, gift }: AmountColumns): string[] {
  const names = (columns: readonly NumberColumn[]) =>
    columns.map(({ header }) => `"${header}"`).join(' or ');
  return [
    ...rivals.map((columns) => `Say which ${columns[0]?.role} counts: ${names(columns)}.`),
    ...(gift === undefined ? [] : [`Say which lines are gift cards: "${gift.header}" is no sale.`]),
  ];
}

function sumsOf(columns: AmountColumns, lines: Lines): string {
  const said = unexplained(columns, lines);
  return said === '' ? '' : `:${said.replace(/^, beside/, '')}`;
}

/** Totals that no way explains, with their sums. */
function unexplained(
  { totals, groups }: AmountColumns,
  lines: Lines,
  said: readonly (string | undefined)[] = [],
): string {
  const sums = totals
    .filter(({ role, grain }) => role === 'total' || grain !== 'line')
    .filter(({ header }) => !said.includes(header))
    .map((total) =>
      saySum(
        `"${total.header}"`,
        total.grain === 'line' ? sumsByOrder(total.values, groups) : valuesByOrder(total, groups),
        lines,
      ),
    );
  return sums.length === 0 ? '' : `, beside ${sums.join(', ')}`;
}

function saySum(say: string, orders: readonly number[], { counts }: Lines): string {
  const sum = orders.reduce((total, value, i) => total + (counts[i] ? value : 0), 0);
  return `${say} (${(sum / 10_000).toFixed(2)})`;
}
