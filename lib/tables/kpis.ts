import {
  code,
  count,
  day,
  flag,
  money,
  real,
  runTable,
  type TableContract,
  text,
} from './contract.ts';

const rate = { nullable: true };
const adds = 'Adds up over the members of a dimension';
const customers = 'A customer of two channels counts in each, so members do not add up';

const place = {
  period: code('period', 'month, half_year or year'),
  period_start_on: day('First day of the period'),
  dimension: code('dimension', 'total or channel'),
  member: text('The channel, or all'),
};

const calendar = runTable({
  name: 'calendar',
  grain: 'one row a period and its start, from the first sale to the as-of date',
  key: ['period', 'period_start_on'],
  promise: 'pure',
  columns: {
    period: code('period', 'month, half_year or year'),
    period_start_on: day('First day of the period'),
    period_end_on: day('Last day of the period, inclusive'),
    period_number: count('periods', 'Grows by one from each to the next of its kind'),
    is_complete: flag('The period ended by the as-of date'),
  },
  identities: [
    {
      states: 'every day from the first sale on is in one period of each kind',
      violations: `
        select l.ordered_on from (
          select distinct ordered_on from order_line
          where snapshot_on = :as_of and run_id = :run_id and not is_cancelled) l
        left join calendar c
          on l.ordered_on between c.period_start_on and c.period_end_on
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
    gross_sales: money(`Before discounts and returns. ${adds}`),
    discounts: money(`Discounts given. ${adds}`),
    returns: money(`Returned goods, positive, on the day of the return. ${adds}`),
    net_sales: money(`Gross sales - discounts - returns. ${adds}`),
    cost_of_goods: money(`Cost of what was sold. ${adds}`),
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
    returning_customers: count('customers', `Ordered in it and in the one before. ${customers}`),
    reactivated_customers: count(
      'customers',
      `Ordered in it and earlier, but not in the one before. ${customers}`,
    ),
    repurchasers: count(
      'customers',
      `Customers who had ordered before, in the period or earlier. ${customers}`,
    ),
    lost_afterwards: count('customers', `Ordered in it and not in the next. ${customers}`),
  },
});

export const kpiSnapshot = runTable({
  name: 'kpi_snapshot',
  grain: 'one row a period and member of a dimension, from the first sale to the as-of date',
  key: ['period', 'period_start_on', 'dimension', 'member'],
  promise: 'pure',
  columns: {
    ...place,
    is_complete: flag('The period ended by the as-of date'),
    orders: count('orders', `Orders, anonymous ones included. ${adds}`),
    anonymous_orders: count('orders', `Orders without a known customer. ${adds}`),
    gross_sales: money(`Before discounts and returns. ${adds}`),
    discounts: money(`Discounts given. ${adds}`),
    returns: money(`Returned goods, positive, on the day of the return. ${adds}`),
    net_sales: money(`Gross sales - discounts - returns. ${adds}`),
    cost_of_goods: money(`Cost of what was sold. ${adds}`),
    gross_margin: money(`Net sales - cost of goods. ${adds}`),
    customers: count('customers', `Customers with an order in the period. ${customers}`),
    acquired_customers: count(
      'customers',
      `Customers with a first order (of the channel) up to the end of the period. ${customers}`,
    ),
    new_customers: count('customers', `First order of the company in the period. ${customers}`),
    returning_customers: count('customers', `Ordered in it and in the one before. ${customers}`),
    reactivated_customers: count(
      'customers',
      `Ordered in it and earlier, but not in the one before. ${customers}`,
    ),
    lost_customers: count('customers', `Ordered in the one before and not in it. ${customers}`),
    activity_rate: real('share 0-1', 'Customers / acquired customers', rate),
    repurchase_rate: real(
      'share 0-1',
      'Customers who had ordered before (in the period or earlier) / customers',
      rate,
    ),
    average_basket: money('Net sales / orders', rate),
    purchase_frequency: real('orders', 'Orders of known customers / customers', rate),
    retention_rate: real(
      'share 0-1',
      'Customers of the period before who ordered in this one / customers of the period before',
      rate,
    ),
    discount_rate: real('share 0-1', 'Discounts / gross sales', rate),
    return_rate: real('share', 'Returns / (gross sales - discounts)', rate),
  },
  identities: [
    {
      states: 'customers are new, returning or reactivated',
      violations: `
        select member from kpi_snapshot
        where snapshot_on = :as_of and run_id = :run_id
          and customers <> new_customers + returning_customers + reactivated_customers`,
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
      states: 'the months have the net sales of the lines',
      violations: `
        select l.total from (
          select coalesce(sum(net_sales), 0) as total from order_line
          where snapshot_on = :as_of and run_id = :run_id) l
        cross join (
          select coalesce(sum(net_sales), 0) as total from kpi_snapshot
          where snapshot_on = :as_of and run_id = :run_id
            and dimension = 'total' and period = 'month') k
        where l.total <> k.total`,
    },
  ],
});

/** The tables of the stage, in the order in which it writes them. */
export const kpiTables: readonly TableContract[] = [calendar, kpiSales, kpiCustomer, kpiSnapshot];
