import { orders } from '../feeds/orders.ts';
import { code, count, day, flag, runTable, text } from './contract.ts';
import { amount, amountSum, carried, origin } from './record-columns.ts';

export const ordersAmount = runTable({
  name: 'orders_amount',
  grain: 'one row an order that tells amounts of the whole of it',
  key: ['source', 'document'],
  promise: 'pure',
  columns: {
    source: origin.source,
    document: text('What the order is told by, the same in all its lines', { pii: 'direct' }),
    order_discount: amount('What was taken off it and is not in its lines'),
    order_shipping: amount('Shipping of the whole of it'),
    order_refund: amount(
      'What was given back of it, at most its sale lines; 0 where return lines tell it',
    ),
    is_refunded_wholly: flag('All that was sold was given back'),
    ...carried(orders, ['refunded_at', 'order_subtotal']),
    lines_amount: amount(
      'Sum of its lines, gift cards with them, before the discount of the order',
    ),
    minor_unit: amount('The smallest amount that can be paid, such as a cent'),
    waits_for: code('waiting', 'Why it counts nowhere; NULL: it counts', { nullable: true }),
  },
});

export const ordersShare = runTable({
  name: 'orders_share',
  grain: 'one row an order line and an amount of its whole order that it has a share of',
  key: ['load_id', 'record_number', 'kind'],
  promise: 'pure',
  columns: {
    load_id: origin.load_id,
    record_number: origin.record_number,
    kind: text('discount, shipping or refund'),
    amount: amount('Its share'),
  },
  identities: [
    {
      states: 'the shares of an order are the amount of the whole order',
      violations: `
        select a.document
        from (
          select source, document, order_discount, order_shipping, order_refund from orders_amount
          where snapshot_on = :as_of and run_id = :run_id and waits_for is null) a
        left join (
          select w.source, w.document, sum(s.amount) as shared
          from orders_share s
          join orders_winner w on w.load_id = s.load_id and w.record_number = s.record_number
            and w.snapshot_on = s.snapshot_on and w.run_id = s.run_id
          where s.snapshot_on = :as_of and s.run_id = :run_id
          group by w.source, w.document) l
          on l.source = a.source and l.document = a.document
        where coalesce(l.shared, 0) <> a.order_discount + a.order_shipping + a.order_refund`,
    },
  ],
});

export const waiting = runTable({
  name: 'waiting',
  grain: 'one row a kind of what counts nowhere until something comes, what that is, and a source',
  key: ['kind', 'missing', 'source'],
  promise: 'pure',
  columns: {
    kind: code('waiting', 'What is wrong with it'),
    missing: text('The currency whose rate is missing; empty text for other kinds'),
    source: origin.source,
    first_on: day('First business day of these lines'),
    last_on: day('Last business day of these lines'),
    count_orders: count('orders', 'Orders that wait'),
    count_lines: count('lines', 'Their lines'),
    amount: amountSum('Sum of these lines, in their own currency'),
    lines_amount: amountSum('Of orders that do not add up: lines less the discount of the order', {
      nullable: true,
    }),
    order_subtotal: amountSum('Of orders that do not add up: the subtotals that they tell', {
      nullable: true,
    }),
  },
});
