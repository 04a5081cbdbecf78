import { type AmountColumns, type GrainedColumn, hasValues, mayBeShare } from './amount-columns.ts';
import { isAfterDiscount, shareSaid } from './header-words.ts';
import type { NumberColumn } from './number-columns.ts';
import { sumsByOrder, valuesByOrder } from './order-groups.ts';

/** What a mapping says of a column: its header, or more. */
type Given = string | Readonly<Record<string, string>>;
export type GivenColumns = Readonly<Record<string, Given>>;

/** One way to read what the lines of a file were sold for, before tax and shipping. */
export interface NetBasis {
  /** As a person would say it, with the file's headers. */
  readonly say: string;
  /** Null: a mapping cannot say it. */
  readonly columns: GivenColumns | null;
  /** The column whose amounts are taken; null: quantity × unit price. */
  readonly amount: NumberColumn | null;
  readonly isUnitPrice: boolean;
  /** How the discount is taken; `inside`: the amounts have it already. */
  readonly discount: 'none' | 'inside' | 'taken';
  /** Ten-thousandths by line, null where the line says nothing. */
  readonly lines: readonly (number | null)[];
  /** The same by order, after its discount. */
  readonly orders: readonly number[];
}

/** A discount as one thing that it may be. */
interface DiscountWay {
  readonly say: (gross: string) => string;
  /** Null: a mapping cannot say it. */
  readonly columns: GivenColumns | null;
  readonly isBeforeLine: boolean;
  take(gross: number, line: number): number;
  readonly ofOrders: readonly number[] | null;
}

/** Every way to read the amounts that the columns allow, the surest first. */
export function netBases(columns: AmountColumns): NetBasis[] {
  const { quantity, price, lineAmounts } = columns;
  const ways = discountWays(columns);
  const after = lineAmounts.map((amount) => afterBasis(columns, amount));
  const before = ways.flatMap((way) =>
    lineAmounts
      .filter(({ header }) => !isAfterDiscount(header))
      .map((amount) => beforeBasis(columns, { amount, way })),
  );
  const prices = price === undefined ? lineAmounts.filter(({ role }) => role === null) : [price];
  const products =
    quantity === undefined
      ? []
      : prices.flatMap((unit) => productBases(columns, { quantity, price: unit, ways }));
  const isTotal = ({ amount }: NetBasis) => amount?.role === 'total';
  const all = [...after, ...products, ...before];
  return [...all.filter((basis) => !isTotal(basis)), ...all.filter(isTotal)];
}

/** What each line's discount may mean: where there is none, nothing. */
function discountWays({
  discount,
  groups,
  lineAmounts,
  quantity,
  price,
}: AmountColumns): DiscountWay[] {
  if (discount === undefined || !hasValues(discount)) return [];
  const { header, values, grain } = discount;
  const at = (line: number) => values[line] ?? 0;
  const said = shareSaid(header);
  const goods = price === undefined ? null : productOf(quantity, price);
  const isNegative = values.every((value) => (value ?? 0) <= 0);
  if (isNegative) {
    const take = (gross: number, line: number) => gross + at(line);
    const say = (gross: string) => `${gross} + "${header}"`;
    return [{ say, columns: null, isBeforeLine: true, take, ofOrders: null }];
  }
  const ways: DiscountWay[] = [];
  if (grain !== 'line') {
    ways.push({
      say: (gross) => `${gross} − "${header}" once an order`,
      columns: { order_discount: header },
      isBeforeLine: false,
      take: (gross) => gross,
      ofOrders: valuesByOrder(discount, groups),
    });
  }
  const isShare = said !== null || looksLikeShare(discount, lineAmounts[0]?.values ?? goods ?? []);
  if (grain !== 'order' && !(isShare && mayBeShare(discount))) {
    ways.push({
      say: (gross) => `${gross} − "${header}"`,
      columns: { discount: header },
      isBeforeLine: true,
      take: (gross, line) => gross - at(line),
      ofOrders: null,
    });
  }
  if (grain !== 'order' && mayBeShare(discount) && isExact(discount)) {
    const as = said ?? 'rate';
    const whole = as === 'percent' ? 1_000_000 : 10_000;
    ways.push({
      say: (gross) => `${gross} less the share "${header}"`,
      columns: { discount: { from: header, as } },
      isBeforeLine: true,
      take: (gross, line) => gross - Math.round((gross * at(line)) / whole),
      ofOrders: null,
    });
  }
  return ways;
}

function productOf(quantity: NumberColumn | undefined, price: NumberColumn): (number | null)[] {
  return price.values.map((value, i) => {
    const units = quantity === undefined ? 10_000 : (quantity.values[i] ?? null);
    return value === null || units === null ? null : (value * units) / 10_000;
  });
}

/** Discounts that must look like shares before they are taken for some. */
const enoughShares = 5;

/**
 * Whether a discount is a share by its values: steps of a twentieth that, taken as money, would be
 * less than one in a hundred of most lines.
 */
function looksLikeShare(discount: NumberColumn, amounts: readonly (number | null)[]): boolean {
  const given = discount.values.filter((value) => value !== null && value !== 0);
  const lines = discount.values.flatMap((value, i) => {
    const of = amounts[i] ?? null;
    return value === null || value === 0 || of === null || of === 0 ? [] : [value / Math.abs(of)];
  });
  return (
    given.length >= enoughShares &&
    given.every((value) => (value as number) % 500 === 0) &&
    lines.filter((share) => share < 0.01).length > lines.length / 2
  );
}

/** Whether four decimals hold the shares as they are written. */
function isExact({ texts, values }: GrainedColumn): boolean {
  return texts.every((text, i) => {
    const written = Number(text?.replace(',', '.'));
    return (
      text === null ||
      Number.isNaN(written) ||
      Math.abs(written * 10_000 - (values[i] as number)) < 1e-3
    );
  });
}

function afterBasis(columns: AmountColumns, amount: NumberColumn): NetBasis {
  const { discount, quantity } = columns;
  const hasDiscount = discount !== undefined && hasValues(discount);
  return ofLines(columns, {
    say: hasDiscount ? `"${amount.header}" as it is` : `"${amount.header}"`,
    columns: {
      ...(quantity === undefined ? {} : { quantity: quantity.header }),
      amount: amount.header,
    },
    amount,
    isUnitPrice: false,
    discount: hasDiscount ? 'inside' : 'none',
    lines: amount.values,
  });
}

function beforeBasis(
  columns: AmountColumns,
  { amount, way }: { readonly amount: NumberColumn; readonly way: DiscountWay },
): NetBasis {
  const { quantity } = columns;
  const given = way.isBeforeLine
    ? { amount: { from: amount.header, as: 'before_discount' } }
    : { amount: amount.header };
  return ofLines(
    columns,
    {
      say: way.say(`"${amount.header}"`),
      columns:
        way.columns === null
          ? null
          : {
              ...(quantity === undefined ? {} : { quantity: quantity.header }),
              ...given,
              ...way.columns,
            },
      amount,
      isUnitPrice: false,
      discount: 'taken',
      lines: amount.values.map((value, i) => (value === null ? null : way.take(value, i))),
    },
    way,
  );
}

function productBases(
  columns: AmountColumns,
  {
    quantity,
    price,
    ways,
  }: {
    readonly quantity: NumberColumn;
    readonly price: NumberColumn;
    readonly ways: readonly DiscountWay[];
  },
): NetBasis[] {
  const product = `"${quantity.header}" × "${price.header}"`;
  const goods = productOf(quantity, price);
  const unit = (way: DiscountWay | null) => {
    const basis = {
      say: way === null ? product : way.say(product),
      columns:
        way?.columns === null
          ? null
          : { quantity: quantity.header, unit_price: price.header, ...way?.columns },
      amount: null,
      isUnitPrice: true,
      discount: way === null ? 'none' : 'taken',
      lines: goods.map((value, i) => (value === null || way === null ? value : way.take(value, i))),
    } as const;
    return ofLines(columns, basis, way ?? undefined);
  };
  const line = ways.length === 0 ? [afterBasis(columns, price)] : [];
  return [
    ...(ways.length === 0 ? [unit(null)] : ways.map(unit)),
    ...line,
    ...ways.map((way) => beforeBasis(columns, { amount: price, way })),
  ];
}

function ofLines(
  { groups }: AmountColumns,
  basis: Omit<NetBasis, 'orders'>,
  way?: DiscountWay,
): NetBasis {
  const sums = sumsByOrder(basis.lines, groups);
  const off = way?.ofOrders ?? null;
  return { ...basis, orders: sums.map((sum, i) => sum - (off?.[i] ?? 0)) };
}
