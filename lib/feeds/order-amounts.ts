import { decimalText, decimalUnits, divideRounded } from './exact-decimal.ts';
import type { Completion, ReadValues, RecordRefusal } from './feed.ts';
import type { Reading } from './field.ts';
import { largestAmount } from './kinds/number.ts';
import { isNoShare, isNoShareSql, lineDiscount, lineDiscountSql } from './line-discount.ts';

const one = 10_000n;
const limit = BigInt(largestAmount) * one;
const moneyColumns = [
  'unit_price',
  'discount',
  'shipping_charged',
  'order_discount',
  'order_subtotal',
  'order_shipping',
  'order_refund',
] as const;

/**
 * The amounts of an order line: `amount` is given or quantity × unit price − discount; where
 * amounts include tax, the line's own tax is taken off its amount, or the rate that the mapping
 * names; prices, discounts, refunds and shipping are brought to before tax by that rate. All exact,
 * rounded half away from zero to four decimals. A cancelled line needs no amount. What is taken off
 * is negative on returns alone: where the quantity or the line before discount is.
 */
export const completeOrderLine: Completion = {
  complete(values, reading) {
    const units = (column: string) => {
      const value = values[column] ?? null;
      return value === null ? null : decimalUnits(value as string);
    };
    const quantity = units('quantity');
    const price = units('unit_price');
    const written = units('discount') ?? 0n;
    if (isNoShare(written, reading)) return refusal('discount', 'not_a_share');
    const line = { quantity, price, amount: units('amount'), discount: written };
    const { discount, amount: given } = lineDiscount(line, reading);
    const isReturn = (quantity ?? one) < 0n || (given !== null && given + discount < 0n);
    if (discount < 0n && !isReturn) return refusal('discount', 'negative_discount');
    const discounted = byRate(discount, reading);
    if (isImplausible(discounted)) return refusal('discount', 'implausible_amount');
    const computed =
      quantity === null || price === null ? null : divideRounded(quantity * price, one) - discount;
    const gross = given ?? computed;
    if (gross === null && values.status !== 'cancelled') return refusal('amount', 'amount_missing');
    const amount = gross === null ? 0n : withoutTax(gross, units('tax'), reading);
    if (isImplausible(amount)) return refusal('amount', 'implausible_amount');
    return {
      ...values,
      ...netMoney(values, reading),
      quantity: decimalText(quantity ?? one),
      discount: decimalText(discounted),
      amount: decimalText(amount),
    };
  },

  sql({ of: written, done }, reading) {
    const { discount, amount } = lineDiscountSql(written, reading);
    const of = (column: string) => (column === 'amount' ? amount : written(column));
    const noShare = isNoShareSql(written('discount'), reading);
    const money = Object.fromEntries(
      moneyColumns.map((column) => [column, byRateSql(of(column), reading)]),
    );
    return {
      values: {
        ...money,
        quantity: `coalesce(${of('quantity')}, 1)`,
        discount: byRateSql(discount, reading),
        amount: `case when ${hasNoAmount(of)} and ${isCancelled(of)} then 0 else ${amountSql(of, discount, reading)} end`,
      },
      dropped: [],
      refused: [
        ...(noShare === null
          ? []
          : [{ when: noShare, column: 'discount', rule: 'not_a_share' } as const]),
        {
          when: `${discount} < 0 and coalesce(${of('quantity')}, 1) >= 0 and not coalesce(${of('amount')} + ${discount} < 0, false)`,
          column: 'discount',
          rule: 'negative_discount',
        },
        {
          when: `${done('discount')} is null or abs(${done('discount')}) > ${largestAmount}`,
          column: 'discount',
          rule: 'implausible_amount',
        },
        {
          when: `${hasNoAmount(of)} and not ${isCancelled(of)}`,
          column: 'amount',
          rule: 'amount_missing',
        },
        {
          when: `${done('amount')} is null or not ${done('amount')} between -${largestAmount} and ${largestAmount}`,
          column: 'amount',
          rule: 'implausible_amount',
        },
      ],
    };
  },
};

function isImplausible(amount: bigint): boolean {
  return amount > limit || amount < -limit;
}

function hasNoAmount(of: (column: string) => string): string {
  return `(${of('amount')} is null and (${of('quantity')} is null or ${of('unit_price')} is null))`;
}

function isCancelled(of: (column: string) => string): string {
  return `coalesce(${of('status')} = 'cancelled', false)`;
}

function refusal(column: string, rule: RecordRefusal['rule']): RecordRefusal {
  return { column, rule };
}

/** The divisor that takes tax off, in ten-thousandths: 12000 for a rate of 0.2. */
function divisor(rate: number): bigint {
  return one + BigInt(Math.round(rate * 10_000));
}

function byRate(units: bigint, { includedTaxRate }: Reading): bigint {
  if (includedTaxRate === null) return units;
  return divideRounded(units * one, divisor(includedTaxRate));
}

function withoutTax(gross: bigint, tax: bigint | null, reading: Reading): bigint {
  if (reading.includedTaxRate === null) return gross;
  return tax === null ? byRate(gross, reading) : gross - tax;
}

function netMoney(values: ReadValues, reading: Reading): ReadValues {
  return Object.fromEntries(
    moneyColumns.map((column) => {
      const value = values[column] ?? null;
      if (value === null) return [column, null];
      return [column, decimalText(byRate(decimalUnits(value as string), reading))];
    }),
  );
}

/** Decimals of 18 digits are fast and fail when a product is too long; longer ones are slow. */
const fast = {
  quantity: '100000',
  price: '90000',
  discount: '10000000000',
  money: '1000000000',
};

function amountSql(of: (column: string) => string, discount: string, reading: Reading): string {
  const [given, quantity, price] = [of('amount'), of('quantity'), of('unit_price')];
  const isFast = `abs(${quantity}) < ${fast.quantity} and abs(${price}) < ${fast.price} and abs(${discount}) < ${fast.discount}`;
  const product = `cast(${quantity} * ${price} as decimal(18,4)) - ${discount}`;
  const wide = (value: string) => `cast(${value} as decimal(19,4))`;
  const slowProduct = `cast(round(${wide(quantity)} * ${wide(price)}, 4) as decimal(38,4)) - cast(${discount} as decimal(38,4))`;
  if (reading.includedTaxRate === null) {
    return `case when ${given} is not null then ${given} when ${isFast} then ${product} else try_cast(${slowProduct} as decimal(18,4)) end`;
  }
  const gross = `coalesce(cast(${given} as decimal(38,4)), ${slowProduct})`;
  const fastGross = `coalesce(${given}, ${product})`;
  const isFastGross = `abs(${given}) < ${fast.money} or (${given} is null and ${isFast} and abs(${product}) < ${fast.money})`;
  const byTax = `try_cast(${gross} - cast(${of('tax')} as decimal(38,4)) as decimal(18,4))`;
  return `case when ${of('tax')} is not null then ${byTax} when ${isFastGross} then ${fastByRate(fastGross, reading.includedTaxRate)} else try_cast(${slowByRate(gross, reading.includedTaxRate)} as decimal(18,4)) end`;
}

function byRateSql(amount: string, { includedTaxRate }: Reading): string {
  if (includedTaxRate === null) return amount;
  return `case when abs(${amount}) < ${fast.money} then ${fastByRate(amount, includedTaxRate)} else cast(${slowByRate(amount, includedTaxRate)} as decimal(18,4)) end`;
}

/** Whole numbers of ten-thousandths, so that the division rounds half away from zero exactly. */
function fastByRate(amount: string, rate: number): string {
  const by = divisor(rate);
  const rounded = `(cast(abs(${amount}) * 10000 as bigint) * ${one * 2n} + ${by}) // ${by * 2n}`;
  return `cast(sign(${amount}) * (${rounded}) as decimal(18,0)) * cast(0.0001 as decimal(4,4))`;
}

function slowByRate(amount: string, rate: number): string {
  const by = divisor(rate);
  const units = `cast(abs(cast(${amount} as decimal(38,4))) * 10000 as hugeint)`;
  const rounded = `(${units} * ${one * 2n} + ${by}) // ${by * 2n}`;
  return `cast(sign(${amount}) * (${rounded}) as decimal(38,0)) * cast(0.0001 as decimal(4,4))`;
}
