import { orders } from '../feeds/orders.ts';
import { count, day, flag, instant, runTable, text } from './contract.ts';
import { carried, goods, orderReference, origin, required } from './record-columns.ts';

export const ordersNumbering = runTable({
  name: 'orders_numbering',
  grain: 'one row a source that numbers its orders',
  key: ['source'],
  promise: 'pure',
  columns: {
    source: origin.source,
    is_restarting: flag(
      'Order numbers begin anew: an order is one of a day and store. Else a number is one order',
    ),
    is_set: flag('Whether the configuration says so; else the orders do'),
    count_numbers: count('numbers', 'Different order numbers'),
    count_restarting: count(
      'numbers',
      'Those on different days, or in different stores, for different customers or for none',
    ),
  },
});

export const ordersDelivery = runTable({
  name: 'orders_delivery',
  grain: 'one row an order with a number and a load that holds lines of it',
  key: ['source', 'order_id', 'load_id'],
  promise: 'bookkeeping',
  columns: {
    source: origin.source,
    order_id: text('Order in its system; with day and store where numbers begin anew'),
    load_id: origin.load_id,
    place: count(
      'deliveries',
      'Which delivery of the order this is, the last first; parts of one export are one',
    ),
    is_counted: flag(
      'Whether its lines count: it is the last, or no whole order was delivered since',
    ),
    is_numbered: flag('Whether each of its lines has a number'),
    is_changed_lines: flag('Whether it holds no whole order, but lines of it that changed'),
    is_continued: flag(
      'Whether it goes on with an order that the numbered file before it ends with',
    ),
    counts_from: instant(
      'Since when the last state lasts of an order that the load holds in several: lines without a number that changed before count nowhere; NULL: all count',
      { nullable: true },
    ),
  },
});

export const ordersWinner = runTable({
  name: 'orders_winner',
  grain: 'one row a delivered order line that no other delivery replaces',
  key: ['load_id', 'record_number'],
  promise: 'bookkeeping',
  columns: {
    ...origin,
    load_rank: count('rank', 'Order of the load within the feed'),
    document: text('What its order is told by, the same in all its lines', { pii: 'direct' }),
    order_id: text('Order in its system; with day and store where numbers begin anew', {
      nullable: true,
    }),
    ...carried(orders, ['line_id', 'ordered_at']),
    ordered_on: day('The same as a date of the business time zone'),
    ...carried(orders, ['updated_at']),
    ...orderReference,
    ...carried(orders, ['email', 'phone', 'channel', 'store', 'currency', 'product_id']),
    ...carried(orders, ['quantity', 'unit_price', 'discount', 'amount']),
    ...required(carried(orders, ['shipping_charged'])),
    ...carried(orders, ['order_discount', 'order_shipping', 'order_refund', 'order_subtotal']),
    ...carried(orders, ['refunded_at']),
    status: text('What the state of the order means; empty text when it is not told'),
    ...required(carried(orders, ['kind'])),
    ...goods,
  },
});

export const ordersReplaced = runTable({
  name: 'orders_replaced',
  grain: 'one row a load that took lines out of orders as they were delivered before',
  key: ['load_id', 'source'],
  promise: 'bookkeeping',
  columns: {
    load_id: text('The load'),
    source: origin.source,
    count_orders: count('orders', 'Orders that lost a line'),
    count_lines: count(
      'lines',
      'Lines that the delivery before held and this one does not, and those of earlier states in it',
    ),
  },
});
