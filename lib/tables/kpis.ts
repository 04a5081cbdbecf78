import {
  code,
  count,
  day,
  decimalSum,
  flag,
  moneySum,
  real,
  runTable,
  type TableContract,
  text,
} from './contract.ts';

const rate = { nullable: true };
const adds = 'Adds up over the members of a dimension';
const customers = 'A customer of two channels counts in each, so members do not add up';

const complete =
  'The history begins before it or within its first 7 days, it ended by the as-of date, and the data reach its end';
const noCost = 'NULL where too few costs are known (value_basis)';
const returning = 'Ordered in it and, anywhere, in the one before';
const reactivated = 'Ordered in it and earlier, but nowhere in the one before';

const place = {
  period: code('period', 'month, half_year or year'),
  period_start_on: day('First day of the period'),
  dimension: code('dimension', 'total or channel'),
  member: text('The channel, or all'),
};

const calendar = runTable({
  name: 'calendar',
  grain: 'one row a period and its start, from the begin of the history to the as-of date',
  key: ['period', 'period_start_on'],
  promise: 'pure',
  columns: {
    period: code('period', 'month, half_year or year'),
    period_start_on: day('First day of the period'),
    period_end_on: day('Last day of the period, inclusive'),
    period_number: count('periods', 'Grows by one from each to the next of its kind'),
    counts_from_on: day(
      'First day of it that counts: of the first half-year and year the month in which the history begins',
    ),
    is_complete: flag(complete),
  },
  identities: [
    {
      states: 'every day of the history is in one period of each kind',
      violations: `
        select l.ordered_on from (
          select distinct o.ordered_on from order_line o join history h
            on h.snapshot_on = o.snapshot_on and h.run_id = o.run_id
            and o.ordered_on >= h.history_from_on
          where o.snapshot_on = :as_of and o.run_id = :run_id and not o.is_cancelled) l
        left join calendar c
          on l.ordered_on between c.counts_from_on and c.period_end_on
          and c.snapshot_on = :as_of and c.run_id = :run_id
        group by l.ordered_on
        having count(c.period) <> 3 or count(distinct c.period) <> 3`,
    },
  ],
});

const kpiSales = runTable({
  name: 'kpi_sales',
  grain: 'one row a period, dimension and member with a line in it',
  key: ['period', 'period_start_on', 'dimension', 'member'],
  promise: 'pure',
  columns: {
    ...place,
    units: decimalSum('pieces', `Pieces sold. ${adds}`),
    gross_sales: moneySum(`Before discounts and returns. ${adds}`),
    discounts: moneySum(`Discounts given. ${adds}`),
    returns: moneySum(`Returned goods, positive, on the day of the return. ${adds}`),
    net_sales: moneySum(`Gross sales - discounts - returns. ${adds}`),
    cost_of_goods: moneySum(`Cost of what was sold; ${noCost}. ${adds}`, rate),
  },
});

const kpiCustomer = runTable({
  name: 'kpi_customer',
  grain: 'one row a period, dimension and member with an order in it',
  key: ['period', 'period_start_on', 'dimension', 'member'],
  promise: 'pure',
  columns: {
    ...place,
    orders: count('orders', `Orders, anonymous ones included. ${adds}`),
    customer_orders: count('orders', `Orders of known customers. ${adds}`),
    customers: count('customers', `Customers with an order in the period. ${customers}`),
    first_time_customers: count('customers', `First order (of the channel) in it. ${customers}`),
    new_customers: count('customers', `First order of the company in it. ${customers}`),
    returning_customers: count('customers', `${returning}. ${customers}`),
    reactivated_customers: count('customers', `${reactivated}. ${customers}`),
    repurchasers: count(
      'customers',
      `Customers who had ordered before, in the period or earlier. ${customers}`,
    ),
    lost_afterwards: count('customers', `Ordered in it and not in the next. ${customers}`),
  },
});

export const kpiSnapshot = runTable({
  name: 'kpi_snapshot',
  grain:
    'one row a period and member of a dimension, from the begin of the history to the as-of date',
  key: ['period', 'period_start_on', 'dimension', 'member'],
  promise: 'pure',
  columns: {
    ...place,
    is_complete: flag(complete),
    orders: count('orders', `Orders, anonymous ones included. ${adds}`),
    anonymous_orders: count('orders', `Orders without a known customer. ${adds}`),
    gross_sales: moneySum(`Before discounts and returns. ${adds}`),
    discounts: moneySum(`Discounts given. ${adds}`),
    returns: moneySum(`Returned goods, positive, on the day of the return. ${adds}`),
    net_sales: moneySum(`Gross sales - discounts - returns. ${adds}`),
    cost_of_goods: moneySum(`Cost of what was sold; ${noCost}. ${adds}`, rate),
    gross_margin: moneySum(`Net sales - cost of goods; ${noCost}. ${adds}`, rate),
    units: decimalSum('pieces', `Pieces sold. ${adds}`),
    customers: count('customers', `Customers with an order in the period. ${customers}`),
    acquired_customers: count(
      'customers',
      `Customers with a first order (of the channel) up to the end of the period. ${customers}`,
    ),
    new_customers: count('customers', `First order of the company in the period. ${customers}`),
    returning_customers: count('customers', `${returning}. ${customers}`),
    reactivated_customers: count('customers', `${reactivated}. ${customers}`),
    lost_customers: count(
      'customers',
      `Ordered in the one before (in the member) and nowhere in it; NULL where it is not complete. ${customers}`,
      rate,
    ),
    activity_rate: real('share 0-1', 'Customers / acquired customers', rate),
    repurchase_rate: real(
      'share 0-1',
      'Customers who had ordered before (in the period or earlier) / customers',
      rate,
    ),
    average_basket: moneySum('Net sales / orders', rate),
    average_order_value: moneySum('(Gross sales - discounts) / orders: before returns', rate),
    items_per_order: real('pieces', 'Pieces sold / orders', rate),
    purchase_frequency: real('orders', 'Orders of known customers / customers', rate),
    retention_rate: real(
      'share 0-1',
      'Customers of the period before (of the member) who ordered in this one (anywhere) / customers of the period before; NULL where one of the two is not complete',
      rate,
    ),
    discount_rate: real('share 0-1', 'Discounts / gross sales', rate),
    return_rate: real('share', 'Returns / (gross sales - discounts)', rate),
  },
  identities: [
    {
      states: 'customers are new, returning or reactivated',
      brokenWhere: 'customers <> new_customers + returning_customers + reactivated_customers',
    },
    {
      states: 'channels add up to the total',
      violations: `
        select period, period_start_on from kpi_snapshot
        where snapshot_on = :as_of and run_id = :run_id
        group by period, period_start_on
        having sum(case when dimension = 'total' then net_sales else -net_sales end) <> 0
          or sum(case when dimension = 'total' then orders else -orders end) <> 0
          or sum(case when dimension = 'total' then gross_margin else -gross_margin end) <> 0`,
    },
    {
      states: 'customers of the period before return or are lost',
      violations: `
        select period_start_on from (
          select k.period_start_on, k.is_complete, k.returning_customers, k.lost_customers,
            lag(k.customers) over (partition by k.period order by c.period_number)
              as earlier_customers
          from kpi_snapshot k
          join calendar c on c.period = k.period and c.period_start_on = k.period_start_on
            and c.snapshot_on = k.snapshot_on and c.run_id = k.run_id
          where k.snapshot_on = :as_of and k.run_id = :run_id and k.dimension = 'total') p
        where is_complete and earlier_customers <> returning_customers + lost_customers`,
    },
    {
      states: 'net sales are gross sales - discounts - returns',
      brokenWhere: 'net_sales <> gross_sales - discounts - returns',
    },
    {
      states: 'the months, the half-years and the years have the same sums',
      violations: `
        select dimension, member from kpi_snapshot
        where snapshot_on = :as_of and run_id = :run_id
        group by dimension, member
        having 2 * sum(case when period = 'month' then net_sales else 0 end)
            <> sum(case when period <> 'month' then net_sales else 0 end)
          or 2 * sum(case when period = 'year' then orders else 0 end)
            <> sum(case when period <> 'year' then orders else 0 end)`,
    },
    {
      states: 'the months have the net sales of the lines of the history',
      agree: { month_net_sales: 'order_line.history_net_sales' },
    },
  ],
  totals: {
    month_net_sales: "case when dimension = 'total' and period = 'month' then net_sales end",
  },
});

/** The tables of the stage, in the order in which it writes them. */
export const kpiTables: readonly TableContract[] = [calendar, kpiSales, kpiCustomer, kpiSnapshot];
