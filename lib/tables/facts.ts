import { count, day, decimal, flag, instant, money, runTable, text } from './contract.ts';

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
    cost_of_goods: money(
      'Unit cost x quantity, or what the margin rate leaves; negative on returns',
    ),
    shipping_charged: money('Shipping the customer paid'),
  },
  identities: [
    {
      states: 'net sales are gross sales - discount - return amount',
      violations: `
        select order_id from order_line
        where snapshot_on = :as_of and run_id = :run_id
          and net_sales <> gross_sales - discount - return_amount`,
    },
    {
      states: 'a cancelled line has no money',
      violations: `
        select order_id from order_line
        where snapshot_on = :as_of and run_id = :run_id and is_cancelled
          and (gross_sales <> 0 or return_amount <> 0 or cost_of_goods <> 0)`,
    },
    {
      states: 'no line is later than the as-of date',
      violations: `
        select order_id from order_line
        where snapshot_on = :as_of and run_id = :run_id and ordered_on > :as_of`,
    },
  ],
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
    gross_sales: money('Sum over its lines'),
    discount: money('Sum over its lines'),
    return_amount: money('Sum over its lines, positive'),
    net_sales: money('Gross sales - discount - return amount'),
    cost_of_goods: money('Sum over its lines'),
    gross_margin: money('Net sales - cost of goods'),
    shipping_charged: money('Sum over its lines'),
  },
  identities: [
    {
      states: 'orders and lines have the same net sales and cost',
      violations: `
        select o.total from (
          select sum(net_sales) as total, sum(cost_of_goods) as cost from sales_order
          where snapshot_on = :as_of and run_id = :run_id) o
        cross join (
          select sum(net_sales) as total, sum(cost_of_goods) as cost from order_line
          where snapshot_on = :as_of and run_id = :run_id) l
        where o.total is distinct from l.total or o.cost is distinct from l.cost`,
    },
    {
      states: 'gross margin is net sales - cost of goods',
      violations: `
        select order_id from sales_order
        where snapshot_on = :as_of and run_id = :run_id
          and gross_margin <> net_sales - cost_of_goods`,
    },
  ],
});
