import { type AmountColumns, type GrainedColumn, hasValues } from './amount-columns.ts';
import type { NetBasis } from './net-bases.ts';
import type { NumberColumn } from './number-columns.ts';
import { sumsByOrder, valuesByOrder } from './order-groups.ts';

/** What a file's own arithmetic says of a way to read it. */
export interface Evidence {
  readonly isVerified: boolean;
  /** Headers of the sums, shipping, tax and tips that every order's arithmetic explains. */
  readonly used: readonly string[];
  /** Whether the tax comes on top of the amounts, is in them, or nothing says so. */
  readonly tax: 'on_top' | 'inside' | 'unsaid';
}

/** Of rows or orders, those that must agree for an equation to hold. */
const enough = 0.95;
/** A cent, in ten-thousandths. */
const cent = 100;

/** Whether two ways say the same of nearly all orders. */
export function saysSame(a: readonly number[], b: readonly number[]): boolean {
  return agrees(a.length, (i) => Math.abs((a[i] as number) - (b[i] as number)) <= cent / 2);
}

function agrees(count: number, isSame: (i: number) => boolean | null): boolean {
  let same = 0;
  let asked = 0;
  for (let i = 0; i < count; i += 1) {
    const answer = isSame(i);
    if (answer === null) continue;
    asked += 1;
    if (answer) same += 1;
  }
  return asked > 0 && same >= enough * asked;
}

/**
 * Holds a way against the file's other sums. A way that takes a discount off is verified by any sum
 * that it equals; one that does not, though there is a discount, only by a total that adds shipping
 * or tax to it: what was paid has no discount left to take.
 */
export function evidenceFor(
  basis: NetBasis,
  columns: AmountColumns,
  bases: readonly NetBasis[],
): Evidence {
  const closings = columns.totals
    .filter(({ header }) => header !== basis.amount?.header)
    .flatMap((total) => closingsOf(basis, total, columns));
  const isSound = (closing: Closing) =>
    basis.discount !== 'inside' || (closing.isPaid && (closing.hasTax || closing.hasShipping));
  const sound = closings.filter(isSound);
  const isTaxed = columns.tax !== undefined && hasValues(columns.tax);
  const paid = sound.filter(({ isPaid }) => isPaid);
  const computed = computedBy(basis, bases);
  const isOnTop = sound.some((closing) => closing.hasTax);
  return {
    isVerified: sound.length > 0 || computed.length > 0,
    used: [...sound.flatMap(({ headers }) => headers), ...computed.flatMap(headersOf)],
    tax: isOnTop ? 'on_top' : isTaxed && paid.length > 0 ? 'inside' : 'unsaid',
  };
}

/** The ways that compute the same amounts from other columns, a line at a time. */
function computedBy(basis: NetBasis, bases: readonly NetBasis[]): readonly NetBasis[] {
  const { amount, lines, discount } = basis;
  if (discount === 'taken' && amount !== null) return [];
  const wanted = { none: 'none', inside: 'taken', taken: 'inside' } as const;
  return bases.filter((other) => {
    if (other === basis || other.discount !== wanted[discount]) return false;
    if (other.amount?.header === amount?.header) return false;
    if (discount === 'none' && !other.isUnitPrice && !basis.isUnitPrice) return false;
    return agrees(lines.length, (i) => {
      const [one, two] = [lines[i] ?? null, other.lines[i] ?? null];
      return one === null || two === null ? null : Math.abs(one - two) <= cent;
    });
  });
}

/** The headers of the columns that a way's arithmetic takes. */
function headersOf({ columns, isUnitPrice }: NetBasis): string[] {
  return Object.entries(columns ?? {}).flatMap(([column, given]) => {
    if (column === 'quantity' && !isUnitPrice) return [];
    return typeof given === 'string' ? given : (given.from ?? []);
  });
}

interface Closing {
  /** Of the columns that it adds up; empty where some order does not agree. */
  readonly headers: readonly string[];
  readonly isPaid: boolean;
  readonly hasTax: boolean;
  readonly hasShipping: boolean;
}

/** The sums of goods, shipping, tax and tip that a total is. */
function closingsOf(basis: NetBasis, total: GrainedColumn, columns: AmountColumns): Closing[] {
  const { groups } = columns;
  const isWhole = groups.map((lines) => lines.every((line) => basis.lines[line] !== null));
  const isTold = groups.map((lines) => lines.some((line) => total.values[line] !== null));
  const shippings = parts(columns.shipping, columns);
  const taxes = parts(columns.tax, columns);
  const tips = parts(columns.tip, columns);
  const isPaid = total.role === 'total';
  return byOrder(total, columns).flatMap((sums) =>
    shippings.flatMap((shipping) =>
      taxes.flatMap((tax) =>
        tips.flatMap((tip) => {
          let misses = 0;
          const isEqual = agrees(groups.length, (i) => {
            if (!isWhole[i] || !isTold[i]) return null;
            const goods = basis.orders[i] as number;
            const sum = goods + (shipping?.[i] ?? 0) + (tax?.[i] ?? 0) + (tip?.[i] ?? 0);
            const isSame = Math.abs(sum - (sums[i] as number)) <= cent;
            if (!isSame) misses += 1;
            return isSame;
          });
          const added = [
            total,
            shipping === null ? undefined : columns.shipping,
            tax === null ? undefined : columns.tax,
            tip === null ? undefined : columns.tip,
          ];
          const headers = misses > 0 ? [] : added.flatMap((column) => column?.header ?? []);
          return isEqual
            ? [{ headers, isPaid, hasTax: tax !== null, hasShipping: shipping !== null }]
            : [];
        }),
      ),
    ),
  );
}

/** A column's part of each order in each way that its grain allows, or nothing of it. */
function parts(
  column: GrainedColumn | undefined,
  columns: AmountColumns,
): (readonly number[] | null)[] {
  if (column === undefined || !hasValues(column)) return [null];
  return [null, ...byOrder(column, columns)];
}

function byOrder(column: GrainedColumn, { groups }: AmountColumns): (readonly number[])[] {
  const sums = sumsByOrder(column.values, groups);
  const once = valuesByOrder(column, groups);
  if (column.grain === 'line') return [sums];
  return column.grain === 'order' ? [once] : [once, sums];
}

/** Whether one product costs the same a unit whatever its quantity: then a price is a unit's. */
export function costsTheSame(
  price: NumberColumn,
  quantity: NumberColumn,
  products: readonly (string | null)[],
): boolean {
  const seen = new Map<string, { readonly price: number; readonly quantity: number }>();
  let same = 0;
  let told = 0;
  products.forEach((product, i) => {
    const [cost, units] = [price.values[i] ?? null, quantity.values[i] ?? null];
    if (product === null || cost === null || units === null) return;
    const before = seen.get(product);
    seen.set(product, { price: cost, quantity: units });
    if (before === undefined || Math.abs(before.quantity) === Math.abs(units)) return;
    told += 1;
    if (before.price === cost) same += 1;
  });
  return told > 1 && same >= 0.8 * told;
}
