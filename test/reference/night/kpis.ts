import { divided } from './features.ts';
import { total } from './grouped.ts';
import { historyOf } from './history.ts';
import { moneyOf, type Order, type SoldLine } from './orders.ts';
import { type Period, periodsOf } from './periods.ts';
import { one } from './shop.ts';

/** A row of KPIs by their names in `kpi_snapshot`. */
export type Kpis = Readonly<Record<string, string | number | boolean | null>>;

/** What happened in a period, to a member of a dimension or to the whole company. */
interface Part {
  readonly lines: readonly SoldLine[];
  readonly orders: readonly Order[];
}

/** Every period from the history's beginning on, of the company and of each channel. */
export function kpisOf(documents: readonly Order[], asOf: string): readonly Kpis[] {
  const history = historyOf(documents);
  if (history === null) return [];
  // what is older than the month in which the history begins is in no month, so in no year
  const countsFromOn = `${history.fromOn.slice(0, 7)}-01`;
  const all: Part = {
    lines: documents.flatMap(({ lines }) => lines).filter((line) => !line.isCancelled),
    orders: documents.filter(({ isOrder }) => isOrder),
  };
  const counted = within(all, countsFromOn, asOf);
  const channels = new Set([...counted.lines, ...counted.orders].map(({ channel }) => channel));
  const members = [null, ...channels];
  return (['month', 'half_year', 'year'] as const).flatMap((kind) =>
    periodsOf(kind, history, asOf).flatMap((period, index, periods) =>
      members.map((channel) => ({
        period: kind,
        period_start_on: period.startsOn,
        dimension: channel === null ? 'total' : 'channel',
        member: channel ?? 'all',
        is_complete: period.isComplete,
        ...figures({ all, counted, channel, period, before: periods[index - 1] }),
      })),
    ),
  );
}

function figures(of: {
  readonly all: Part;
  readonly counted: Part;
  readonly channel: string | null;
  readonly period: Period;
  readonly before: Period | undefined;
}) {
  const { all, counted, channel, period, before } = of;
  const member: Part =
    channel === null
      ? counted
      : {
          lines: counted.lines.filter((line) => line.channel === channel),
          orders: counted.orders.filter((order) => order.channel === channel),
        };
  const now = within(member, period.startsOn, period.endsOn);
  const money = moneyOf(now.lines);
  const sales = money.gross_sales - money.discount;
  const orders = now.orders.length;
  const anonymous = now.orders.filter(({ customer }) => customer === null).length;
  const units = total(
    now.lines.filter(({ isSale }) => isSale),
    ({ quantity }) => quantity,
  );

  const customers = customersOf(now.orders);
  const companyNow = customersOf(within(all, period.startsOn, period.endsOn).orders);
  const earlier = customersOf(all.orders.filter(({ orderedOn }) => orderedOn < period.startsOn));
  const inPeriodBefore = (part: Part) =>
    customersOf(before === undefined ? [] : within(part, before.startsOn, before.endsOn).orders);
  const companyBefore = inPeriodBefore(counted);
  const memberBefore = inPeriodBefore(member);
  const lost = count(memberBefore, (customer) => !companyNow.has(customer));
  const acquired = customersOf(member.orders.filter(({ orderedOn }) => orderedOn <= period.endsOn));
  const isComparable = period.isComplete && before?.isComplete === true;
  return {
    orders,
    anonymous_orders: anonymous,
    gross_sales: money.gross_sales,
    discounts: money.discount,
    returns: money.return_amount,
    net_sales: money.net_sales,
    units,
    customers: customers.size,
    acquired_customers: acquired.size,
    new_customers: count(customers, (customer) => !earlier.has(customer)),
    returning_customers: count(customers, (customer) => companyBefore.has(customer)),
    reactivated_customers: count(
      customers,
      (customer) => earlier.has(customer) && !companyBefore.has(customer),
    ),
    lost_customers: period.isComplete ? lost : null,
    activity_rate: ratio(customers.size, acquired.size),
    average_basket: orders === 0 ? null : divided(money.net_sales, orders),
    average_order_value: orders === 0 ? null : divided(sales, orders),
    items_per_order: ratio(units / one, orders),
    purchase_frequency: ratio(orders - anonymous, customers.size),
    retention_rate: isComparable ? ratio(memberBefore.size - lost, memberBefore.size) : null,
    discount_rate: ratio(money.discount, money.gross_sales),
    return_rate: ratio(money.return_amount, sales),
  };
}

function within({ lines, orders }: Part, from: string, to: string): Part {
  const isIn = ({ orderedOn }: { readonly orderedOn: string }) =>
    orderedOn >= from && orderedOn <= to;
  return { lines: lines.filter(isIn), orders: orders.filter(isIn) };
}

function customersOf(orders: readonly Order[]): ReadonlySet<string> {
  return new Set(orders.map(({ customer }) => customer).filter((key) => key !== null));
}

function count(customers: ReadonlySet<string>, isCounted: (customer: string) => boolean): number {
  return [...customers].filter(isCounted).length;
}

/** A rate of nothing is null. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
