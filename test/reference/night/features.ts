import { addMonths, daysBetween } from './business-day.ts';
import { grouped, total } from './grouped.ts';
import { moneyOf, type Order, type SoldLine } from './orders.ts';
import { one, type Units } from './shop.ts';

/** What the night knows of how a customer buys, by the names in `customer_features`. */
export type Features = Readonly<Record<string, number | string | null>>;

/** The features of each customer whom a line that was not left out refers to, at the as-of date. */
export function featuresOf(orders: readonly Order[], asOf: string): ReadonlyMap<string, Features> {
  const own = grouped(orders, ({ customer }) => String(customer));
  const referred = orders.flatMap(({ lines }) => lines.map((line) => line.referred));
  const customers = new Set(referred.filter((customer) => customer !== null));
  return new Map(
    [...customers].map((customer) => [customer, features(own.get(customer) ?? [], asOf)]),
  );
}

function features(documents: readonly Order[], asOf: string): Features {
  const lines = documents.flatMap((order) => order.lines);
  const occasions = occasionsOf(lines);
  const first = occasions[0]?.day ?? null;
  const last = occasions.at(-1)?.day ?? null;
  const repeats = occasions.slice(1);
  const orders = documents.filter(({ isOrder }) => isOrder);
  const net = (months: number) =>
    total(
      lines.filter(({ orderedOn }) => orderedOn > addMonths(asOf, -months)),
      ({ netSales }) => netSales,
    );
  const money = moneyOf(lines);
  return {
    ...money,
    first_occasion_on: first,
    last_occasion_on: last,
    count_occasions: occasions.length,
    frequency: occasions.length === 0 ? null : repeats.length,
    recency_days: first === null || last === null ? null : daysBetween(first, last),
    age_days: first === null ? null : daysBetween(first, asOf),
    days_since_last: last === null ? null : daysBetween(last, asOf),
    count_orders: orders.length,
    count_orders_12m: orders.filter(({ orderedOn }) => orderedOn > addMonths(asOf, -12)).length,
    average_basket: orders.length === 0 ? null : divided(money.net_sales, orders.length),
    occasion_value: total(occasions, ({ value }) => value),
    repeat_occasion_value:
      repeats.length === 0
        ? null
        : divided(
            total(repeats, ({ value }) => value),
            repeats.length,
          ),
    net_sales_12m: net(12),
    net_sales_24m: net(24),
    net_sales_36m: net(36),
  };
}

/** The days with at least one sale line, and the sales of each after discount, before returns. */
function occasionsOf(lines: readonly SoldLine[]): readonly { day: string; value: Units }[] {
  const days = grouped(
    lines.filter(({ isSale }) => isSale),
    ({ orderedOn }) => orderedOn,
  );
  return [...days]
    .map(([day, sold]) => ({
      day,
      value: total(sold, ({ grossSales, discount }) => grossSales - discount),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** To the nearest ten-thousandth, half away from zero. */
export function divided(units: Units, by: number): Units {
  return Math.sign(units) * Math.round(Math.abs((units / one / by) * one));
}
