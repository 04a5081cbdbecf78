import { count, day, flag, moneySum, real, runTable, text } from './contract.ts';

const noOccasion = { nullable: true };
const noCost = { nullable: true };

import { costIsOfAnotherBasis } from './facts.ts';

export const history = runTable({
  name: 'history',
  grain: 'one row of where the history begins and how far it reaches; none without an order',
  key: ['history_from_on'],
  promise: 'pure',
  columns: {
    first_order_on: day('First order of anybody'),
    history_from_on: day(
      'The same without a few stray orders long before the others; as the setting history_from says',
    ),
    last_order_on: day('Last order of anybody'),
    usual_silence_days: count(
      'days',
      'Longest time between two days with an order in the year up to the last one, at least 3',
    ),
  },
});

export const customerDay = runTable({
  name: 'customer_day',
  grain: 'one row a customer and business day with a line of theirs',
  key: ['customer_key', 'ordered_on'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    ordered_on: day('The business day'),
    is_occasion: flag('Has a sale line: a purchase occasion. A day of returns alone is none'),
    occasion_number: count(
      'occasions',
      "Which occasion of the customer's life, from 1",
      noOccasion,
    ),
    interval_days: count(
      'days',
      'From the occasion before; NULL on the first and where there is no occasion',
      noOccasion,
    ),
    first_channel: text("Channel of the customer's first sale line, on its day alone", noOccasion),
    first_category: text(
      "Category of the customer's first sale line, on its day alone",
      noOccasion,
    ),
    occasion_value: moneySum('Sales after discount, before returns'),
    gross_sales: moneySum('Sum over the lines of the day'),
    discount: moneySum('Sum over the lines of the day'),
    return_amount: moneySum('Sum over the lines of the day, positive'),
    net_sales: moneySum('Gross sales - discount - return amount'),
    cost_of_goods: moneySum('Sum over the lines of the day; NULL where too few are known', noCost),
    shipping_charged: moneySum('Sum over the lines of the day'),
  },
  identities: [
    {
      states: 'days and lines of the customers have the same money',
      agree: {
        net_sales: 'order_line.customer_net_sales',
        cost_of_goods: 'order_line.customer_cost_of_goods',
      },
    },
    {
      states: 'a day has a cost where values are contributions, and none where they are not',
      brokenWhere: costIsOfAnotherBasis,
    },
    {
      states: 'an occasion has a number, and all but the first an interval',
      brokenWhere: `is_occasion <> (occasion_number is not null)
        or coalesce(occasion_number > 1, false) <> (interval_days is not null)`,
    },
  ],
  totals: { net_sales: 'net_sales', cost_of_goods: 'cost_of_goods' },
});

export const customerFeatures = runTable({
  name: 'customer_features',
  grain: 'one row a customer at the as-of date',
  key: ['customer_key'],
  promise: 'pure',
  columns: {
    customer_key: text('The customer'),
    base_group: text(
      'Acquisition channel and first category, merged upwards where small: what rates are shrunk towards',
    ),
    acquisition_channel: text('As a source says, else the channel of the first occasion', {
      nullable: true,
    }),
    first_category: text('Category of the first occasion', noOccasion),
    first_occasion_on: day('First business day with a sale line', noOccasion),
    last_occasion_on: day('Last business day with a sale line', noOccasion),
    count_occasions: count('occasions', 'Distinct business days with a sale line'),
    frequency: count('occasions', 'x: repeat occasions, NULL without an occasion', noOccasion),
    recency_days: count('days', 't_x: first to last occasion', noOccasion),
    age_days: count('days', 'T: first occasion to the as-of date', noOccasion),
    days_since_last: count('days', 'T - t_x: what RFM calls recency', noOccasion),
    regularity: real(
      'ratio',
      'Squared mean / variance of the days between occasions (shape of a gamma): 1 as chance has it, larger more regular; NULL below 3 intervals',
      noOccasion,
    ),
    count_orders: count('orders', 'Orders: documents with a sale line, not cancelled'),
    count_orders_12m: count('orders', 'Orders of the last 12 months'),
    average_basket: moneySum('Net sales / orders', noOccasion),
    occasion_value: moneySum('Sales after discount, before returns, over all occasions'),
    repeat_occasion_value: moneySum('Mean value of the repeat occasions', noOccasion),
    gross_sales: moneySum('To date'),
    discount: moneySum('To date'),
    return_amount: moneySum('To date, positive'),
    net_sales: moneySum('To date'),
    net_sales_12m: moneySum('Of the 12 months up to the as-of date'),
    net_sales_24m: moneySum('Of the 24 months up to the as-of date'),
    net_sales_36m: moneySum('Of the 36 months up to the as-of date'),
    cost_of_goods: moneySum('To date; NULL where too few costs are known (value_basis)', noCost),
    shipping_charged: moneySum('To date; no part of the contribution while its cost is not known'),
    contribution: moneySum(
      'Net sales - cost of goods, to date; NULL where too few costs are known',
      noCost,
    ),
    contribution_12m: moneySum('Of the 12 months up to the as-of date', noCost),
    contribution_24m: moneySum('Of the 24 months up to the as-of date', noCost),
    contribution_36m: moneySum('Of the 36 months up to the as-of date', noCost),
  },
  identities: [
    {
      states: 'T = t_x + days since the last occasion',
      brokenWhere: `age_days <> recency_days + days_since_last or days_since_last < 0
        or frequency <> count_occasions - 1`,
    },
    {
      states: 'net sales of the customers and the anonymous sales are all net sales',
      agree: { net_sales: 'order_line.customer_net_sales' },
    },
  ],
  totals: { net_sales: 'net_sales' },
});
