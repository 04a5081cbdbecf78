import { divideRounded } from './exact-decimal.ts';
import type { Reading } from './field.ts';

/** The whole of a line in the units of a discount's four decimals; null: the discount is money. */
const wholeOf: Readonly<Record<Reading['discountIs'], bigint | null>> = {
  money: null,
  rate: 10_000n,
  percent: 1_000_000n,
};

/** Whether the discount is no share of a line: below 0, or more than the whole. */
export function isNoShare(discount: bigint, { discountIs }: Reading): boolean {
  const whole = wholeOf[discountIs];
  return whole !== null && (discount < 0n || discount > whole);
}

export function isNoShareSql(discount: string, { discountIs }: Reading): string | null {
  const whole = wholeOf[discountIs];
  if (whole === null) return null;
  return `${discount} < 0 or ${discount} > ${whole / 10_000n}`;
}

interface LineUnits {
  readonly quantity: bigint | null;
  readonly price: bigint | null;
  readonly amount: bigint | null;
  readonly discount: bigint;
}

/**
 * A line's discount as money and its amount after discount, as the contract has them, in
 * ten-thousandths: a share is taken of quantity × price, else of the amount, which may be the line
 * before discount. Rounded half away from zero, a step at a time.
 */
export function lineDiscount(line: LineUnits, reading: Reading): Omit<LineUnits, 'price'> {
  const { quantity, price, amount, discount } = line;
  const whole = wholeOf[reading.discountIs];
  const isBefore = reading.amountIs === 'before_discount';
  const product =
    quantity === null || price === null ? null : divideRounded(quantity * price, 10_000n);
  const money = whole === null ? discount : shareOf({ product, amount, discount, whole, isBefore });
  return {
    quantity,
    discount: money,
    amount: amount !== null && isBefore ? amount - money : amount,
  };
}

function shareOf(line: {
  readonly product: bigint | null;
  readonly amount: bigint | null;
  readonly discount: bigint;
  readonly whole: bigint;
  readonly isBefore: boolean;
}): bigint {
  const { product, amount, discount, whole, isBefore } = line;
  const before = isBefore ? (amount ?? product) : product;
  if (before !== null) return divideRounded(before * discount, whole);
  if (amount === null || discount >= whole) return 0n;
  return divideRounded(amount * discount, whole - discount);
}

/** The same in SQL: over read columns, of the discount (0 where there is none) and the amount. */
export function lineDiscountSql(
  of: (column: string) => string,
  { discountIs, amountIs }: Reading,
): { readonly discount: string; readonly amount: string } {
  const whole = wholeOf[discountIs];
  const isBefore = amountIs === 'before_discount';
  const given = `coalesce(${of('discount')}, 0)`;
  const discount = whole === null ? given : shareSql({ of, given, whole, isBefore });
  if (!isBefore) return { discount, amount: of('amount') };
  const wide = `cast(${of('amount')} as decimal(38,4)) - cast(${discount} as decimal(38,4))`;
  return { discount, amount: `try_cast(${wide} as decimal(18,4))` };
}

function shareSql(line: {
  readonly of: (column: string) => string;
  readonly given: string;
  readonly whole: bigint;
  readonly isBefore: boolean;
}): string {
  const { of, given, whole, isBefore } = line;
  const wide = (value: string) => `cast(${value} as decimal(19,4))`;
  const product = `try_cast(round(${wide(of('quantity'))} * ${wide(of('unit_price'))}, 4) as decimal(20,4))`;
  const amount = `cast(${of('amount')} as decimal(20,4))`;
  const before = isBefore ? `coalesce(${amount}, ${product})` : product;
  const units = `least(cast(cast(${given} as decimal(20,4)) * 10000 as hugeint), ${whole})`;
  const ofAmount = sharedSql(amount, units, `nullif(greatest(${whole} - ${units}, 0), 0)`);
  const share = sharedSql(before, units, String(whole));
  return `case when ${before} is not null then ${share} else coalesce(${ofAmount}, 0) end`;
}

/** `amount × units / divisor`, rounded half away from zero; the units are not negative. */
function sharedSql(amount: string, units: string, divisor: string): string {
  const size = `cast(abs(cast(${amount} as decimal(38,4))) * 10000 as hugeint)`;
  const rounded = `(${size} * ${units} * 2 + ${divisor}) // (${divisor} * 2)`;
  return `try_cast(cast(sign(${amount}) * (${rounded}) as decimal(38,0)) * cast(0.0001 as decimal(4,4)) as decimal(18,4))`;
}
