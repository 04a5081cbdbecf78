import {
  code,
  count,
  day,
  decimal,
  flag,
  instant,
  money,
  moneySum,
  real,
  runTable,
  text,
} from './contract.ts';

const noCost = { nullable: true };

export const categoryCost = runTable({
  name: 'category_cost',
  grain:
    'one row a category with goods sold in the last 12 months; empty text for goods without one',
  key: ['category'],
  promise: 'pure',
  columns: {
    category: text('Category of the product; empty text where it is not known'),
    sales_12m: moneySum('Sales of the last 12 months, before returns'),
    known_sales_12m: moneySum('Those of products with a unit cost'),
    known_cost_12m: moneySum('What those cost'),
    cost_rate: real('share', 'Known cost / known sales', noCost),
  },
});

/** A row has a cost where values are contributions, and none where they are not: this one differs. */
export const costIsOfAnotherBasis = `(cost_of_goods is null) <> (
        select value_basis = 'net_sales' from value_basis
        where snapshot_on = :as_of and run_id = :run_id)`;
const isLast12m = `ordered_on > cast(:as_of - interval '12' month as date)`;

export const valueBasis = runTable({
  name: 'value_basis',
  grain:
    "one row of what the night's values are: contribution where costs are known, else net sales",
  key: ['value_basis'],
  promise: 'pure',
  columns: {
    value_basis: code(
      'value_basis',
      'contribution: known or estimated cost covers 95 % of the sales; net_sales: margins and contributions are not known',
    ),
    sales_12m: moneySum('Sales of the last 12 months, before returns'),
    known_sales_12m: moneySum('Those of products with a unit cost'),
    cost_coverage: real('share 0-1', 'Sales with a known cost / sales, last 12 months', noCost),
    share_estimated: real(
      'share 0-1',
      'Sales costed by the setting margin_rate / sales, last 12 months',
      noCost,
    ),
    cost_rate: real('share', 'Known cost / known sales of the company', noCost),
    margin_rate: real('share 0-1', 'The setting of that name', noCost),
    beyond_since_on: day(
      'Since when the share has been 2 points beyond 95 %, on the other side; the basis changes after 30 days',
      noCost,
    ),
    is_changed: flag('Another basis than in the run published before'),
  },
  identities: [
    {
      states: 'there is one',
      violations: `
        select count(*) from value_basis where snapshot_on = :as_of and run_id = :run_id
        having count(*) <> 1`,
    },
    {
      states: 'it knows the sales of the lines, and how much of them has a known cost',
      agree: {
        sales_12m: 'order_line.sales_12m',
        known_sales_12m: 'order_line.known_sales_12m',
      },
    },
  ],
  totals: { sales_12m: 'sales_12m', known_sales_12m: 'known_sales_12m' },
});

export const orderLine = runTable({
  name: 'order_line',
  grain: 'one row a line of an order, of a return or of a cancelled order, up to the as-of date',
  key: ['source', 'order_id', 'line_number'],
  promise: 'pure',
  columns: {
    source: text('System that exported the line; empty text when it has no name'),
    order_id: text('Order in its system; made from customer and instant where it has none'),
    line_number: count('line', 'Place of the line within its order, from 1'),
    customer_key: text('The customer; NULL is an anonymous sale', { nullable: true }),
    ordered_at: instant('Instant of the sale or return'),
    ordered_on: day('The same as a date of the business time zone'),
    channel: text('Channel; the name of the source where it is not told'),
    store: text('Store', { nullable: true }),
    product_id: text('Product', { nullable: true }),
    category: text('Category of the product', { nullable: true }),
    quantity: decimal('pieces', 'Pieces, negative for a return'),
    status: text('What the state of the order means; empty text when it is not told, as sold'),
    kind: text('sale; or gift_card, fee, shipping, tip, which count in no sales figure'),
    is_sale: flag('Counts towards an order: goods were sold and not cancelled'),
    is_return: flag('Goods came back: the quantity, or the amount before discount, is negative'),
    is_cancelled: flag('Cancelled, or still open: counts nowhere; its money columns are 0'),
    gross_sales: money('Amount plus discount of a sale line, before tax'),
    discount: money('Discount of a sale line'),
    return_amount: money(
      'Amount given back, positive: of a return line, or of a sale line whose status says so',
    ),
    net_sales: money('Gross sales - discount - return amount'),
    cost_basis: code(
      'cost_basis',
      'What the cost comes from; NULL for a line that is neither sale nor return',
      noCost,
    ),
    cost_of_goods: moneySum(
      'Unit cost x quantity, or what a rate says, negative on returns; NULL for all where too few costs are known (value_basis)',
      noCost,
    ),
    shipping_charged: money('Shipping the customer paid'),
  },
  identities: [
    {
      states: 'net sales are gross sales - discount - return amount',
      brokenWhere: 'net_sales <> gross_sales - discount - return_amount',
    },
    {
      states:
        'each line has a cost where values are contributions, and none has one where they are not',
      brokenWhere: costIsOfAnotherBasis,
    },
    {
      states: 'a cancelled line has no money',
      brokenWhere:
        'is_cancelled and (gross_sales <> 0 or return_amount <> 0 or cost_of_goods <> 0)',
    },
    {
      states: 'no line is later than the as-of date',
      brokenWhere: 'ordered_on > :as_of',
    },
  ],
  totals: {
    net_sales: 'net_sales',
    cost_of_goods: 'cost_of_goods',
    customer_net_sales: 'case when customer_key is not null then net_sales end',
    customer_cost_of_goods: 'case when customer_key is not null then cost_of_goods end',
    sales_12m: `case when ${isLast12m} then gross_sales - discount end`,
    known_sales_12m: `case when ${isLast12m} and cost_basis = 'product' then gross_sales - discount end`,
    history_net_sales: `case when ordered_on >= (
      select cast(date_trunc('month', history_from_on) as date) from history
      where snapshot_on = :as_of and run_id = :run_id) then net_sales end`,
  },
});

export const salesOrder = runTable({
  name: 'sales_order',
  grain: 'one row an order, a return-only document or a cancelled order, up to the as-of date',
  key: ['source', 'order_id'],
  promise: 'pure',
  columns: {
    source: text('System that exported the order; empty text when it has no name'),
    order_id: text('Order in its system; made from customer and instant where it has none'),
    customer_key: text('The customer; NULL is an anonymous sale', { nullable: true }),
    ordered_at: instant('Instant of its first line'),
    ordered_on: day('The same as a date of the business time zone'),
    channel: text('Channel of its first line'),
    is_order: flag('Has a sale line: false for return-only documents and cancelled orders'),
    is_cancelled: flag('Every line was cancelled'),
    order_number: count('orders', "Which order of the customer's life this is, from 1", {
      nullable: true,
    }),
    count_lines: count('lines', 'Lines, cancelled ones included'),
    gross_sales: moneySum('Sum over its lines'),
    discount: moneySum('Sum over its lines'),
    return_amount: moneySum('Sum over its lines, positive'),
    net_sales: moneySum('Gross sales - discount - return amount'),
    cost_of_goods: moneySum('Sum over its lines; NULL where too few costs are known', noCost),
    gross_margin: moneySum('Net sales - cost of goods; NULL where too few costs are known', noCost),
    shipping_charged: moneySum('Sum over its lines'),
  },
  identities: [
    {
      states: 'orders and lines have the same net sales and cost',
      agree: { net_sales: 'order_line.net_sales', cost_of_goods: 'order_line.cost_of_goods' },
    },
    {
      states: 'an order has a cost where values are contributions, and none where they are not',
      brokenWhere: costIsOfAnotherBasis,
    },
    {
      states: 'gross margin is net sales - cost of goods',
      brokenWhere: 'gross_margin is distinct from net_sales - cost_of_goods',
    },
  ],
  totals: { net_sales: 'net_sales', cost_of_goods: 'cost_of_goods' },
});
