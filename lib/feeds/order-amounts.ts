import { decimalText, decimalUnits, divideRounded, fitsDecimal } from './exact-decimal.ts';
import type { Completion, ReadValues, RecordRefusal } from './feed.ts';
import type { Reading } from './field.ts';

const one = 10_000n;
const moneyColumns = ['unit_price', 'discount', 'shipping_charged'] as const;

/**
 * The amounts of an order line: `amount` is given or quantity × unit price − discount; where
 * amounts include tax, the line's own tax is taken off its amount, or the rate that the mapping
 * names; prices, discounts and shipping are brought to before tax by that rate. All exact, rounded
 * half away from zero to four decimals.
 */
export const completeOrderLine: Completion = {
  complete(values, reading) {
    const units = (column: string) => {
      const value = values[column] ?? null;
      return value === null ? null : decimalUnits(value as string);
    };
    const quantity = units('quantity');
    const discount = units('discount') ?? 0n;
    const price = units('unit_price');
    if (discount < 0n && (quantity ?? one) >= 0n) return refusal('discount', 'negative_discount');
    const given = units('amount');
    const computed =
      quantity === null || price === null ? null : divideRounded(quantity * price, one) - discount;
    const gross = given ?? computed;
    if (gross === null) return refusal('amount', 'amount_missing');
    const amount = withoutTax(gross, units('tax'), reading);
    if (!fitsDecimal(amount)) return refusal('amount', 'out_of_range');
    return {
      ...values,
      ...netMoney(values, reading),
      quantity: decimalText(quantity ?? one),
      discount: decimalText(byRate(discount, reading)),
      amount: decimalText(amount),
    };
  },

  sql(of, reading) {
    const wide = (column: string) => `cast(${of(column)} as decimal(38,4))`;
    const discount = `coalesce(${of('discount')}, 0)`;
    const product = `round(cast(${of('quantity')} as decimal(19,4)) * cast(${of('unit_price')} as decimal(19,4)), 4)`;
    const computed = `cast(${product} as decimal(38,4)) - cast(${discount} as decimal(38,4))`;
    const gross = `coalesce(${wide('amount')}, ${computed})`;
    const amount = taxOffSql(gross, wide('tax'), reading);
    const money = Object.fromEntries(
      moneyColumns.map((column) => [column, byRateSql(of(column), reading)]),
    );
    return {
      values: {
        ...money,
        quantity: `coalesce(${of('quantity')}, 1)`,
        discount: byRateSql(discount, reading),
        amount: `try_cast(${amount} as decimal(18,4))`,
      },
      refused: [
        {
          when: `${of('discount')} < 0 and coalesce(${of('quantity')}, 1) >= 0`,
          column: 'discount',
          rule: 'negative_discount',
        },
        { when: `${gross} is null`, column: 'amount', rule: 'amount_missing' },
        {
          when: `try_cast(${amount} as decimal(18,4)) is null`,
          column: 'amount',
          rule: 'out_of_range',
        },
      ],
    };
  },
};

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

function byRateSql(amount: string, { includedTaxRate }: Reading): string {
  if (includedTaxRate === null) return amount;
  const by = divisor(includedTaxRate);
  const units = `cast(abs(cast(${amount} as decimal(38,4))) * 10000 as hugeint)`;
  const rounded = `(${units} * ${one * 2n} + ${by}) // ${by * 2n}`;
  const net = `cast(sign(${amount}) * (${rounded}) as decimal(38,0)) * cast(0.0001 as decimal(4,4))`;
  return `cast(${net} as decimal(38,4))`;
}

function taxOffSql(gross: string, tax: string, reading: Reading): string {
  if (reading.includedTaxRate === null) return gross;
  return `coalesce((${gross}) - ${tax}, ${byRateSql(`(${gross})`, reading)})`;
}
