import { isUnitPrice, saysMoney, shareSaid } from './header-words.ts';
import type { NumberColumn } from './number-columns.ts';
import { type Grain, grainOf, type OrderGroups } from './order-groups.ts';

/** What an order export's numbers are, as far as names and grain say. */
export interface AmountColumns {
  readonly groups: OrderGroups;
  /** Headers of all columns of numbers. */
  readonly read: readonly string[];
  readonly quantity: NumberColumn | undefined;
  readonly price: NumberColumn | undefined;
  /** Of the line, in the file's order: amounts, subtotals, totals, and those of no known name. */
  readonly lineAmounts: readonly GrainedColumn[];
  /** Sums against which lines can be held: subtotals and totals, of the line or the order. */
  readonly totals: readonly GrainedColumn[];
  readonly discount: GrainedColumn | undefined;
  readonly tax: GrainedColumn | undefined;
  readonly shipping: GrainedColumn | undefined;
  readonly tip: GrainedColumn | undefined;
  readonly refund: GrainedColumn | undefined;
  readonly fee: GrainedColumn | undefined;
  /** What gift cards were sold for. */
  readonly gift: GrainedColumn | undefined;
  /** Those whose names say nothing. */
  readonly unknown: readonly GrainedColumn[];
  /** Columns of one role that say different things, so that none of them is taken. */
  readonly rivals: readonly (readonly NumberColumn[])[];
}

export interface GrainedColumn extends NumberColumn {
  readonly grain: Grain;
}

/** Of some columns of one role the one to use: the first that holds something. */
function only(columns: readonly GrainedColumn[]): GrainedColumn | undefined {
  return columns.find(hasValues) ?? columns[0];
}

/** Whether a column holds anything but zeros. */
export function hasValues({ values }: Pick<NumberColumn, 'values'>): boolean {
  return values.some((value) => value !== null && value !== 0);
}

/** Whether two columns say the same on every line. */
export function isSameAs(
  a: Pick<NumberColumn, 'values'>,
  b: Pick<NumberColumn, 'values'>,
): boolean {
  return a.values.every((value, i) => (value ?? 0) === (b.values[i] ?? 0));
}

export function amountColumns(
  columns: readonly NumberColumn[],
  groups: OrderGroups,
): AmountColumns {
  const grained = columns.map((column) => ({ ...column, grain: grainOf(column, groups) }));
  const of = (...roles: readonly NumberColumn['role'][]) =>
    grained.filter(({ role }) => roles.includes(role));
  const lines = (found: readonly GrainedColumn[]) =>
    found.filter(
      ({ grain, values }) => grain !== 'order' && values.some((value) => value !== null),
    );
  const named = of('amount', 'subtotal', 'total');
  const unknown = of(null).filter(({ isWhole, hasDecimals }) => !isWhole || hasDecimals);
  const quantity = lines(of('quantity'))[0];
  const prices = lines(of('unit_price'));
  const price = prices.find(({ header }) => isUnitPrice(header)) ?? prices[0];
  const rivals = (['discount', 'tax', 'refund'] as const)
    .map((role) => of(role).filter(hasValues))
    .filter(([first, ...rest]) => rest.some((other) => !isSameAs(first as NumberColumn, other)));
  return {
    groups,
    read: columns.map(({ header }) => header),
    quantity,
    price,
    lineAmounts: lines([...named, ...unknown]),
    totals: of('subtotal', 'total', 'amount').filter(hasValues),
    discount: only(of('discount')),
    tax: only(of('tax')),
    shipping: only(of('shipping')),
    tip: only(of('tip')),
    refund: only(of('refund')),
    fee: only(of('fee')),
    gift: of('gift').find(hasValues),
    unknown: of(null),
    rivals,
  };
}

/** Whether every value of a discount could be a share, and some is one. */
export function mayBeShare({ header, values }: NumberColumn): boolean {
  if (saysMoney(header)) return false;
  const whole = shareSaid(header) === 'percent' ? 1_000_000 : 10_000;
  return (
    values.every((value) => value === null || (value >= 0 && value <= whole)) &&
    values.some((value) => value !== null && value > 0 && value < whole)
  );
}
