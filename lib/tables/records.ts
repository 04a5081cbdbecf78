import { customers } from '../feeds/customers.ts';
import { orders } from '../feeds/orders.ts';
import { products } from '../feeds/products.ts';
import { count, day, flag, instant, runTable, text } from './contract.ts';
import {
  amount,
  carried,
  goods,
  orderReference,
  origin,
  reference,
  required,
} from './record-columns.ts';

export const ordersRecord = runTable({
  name: 'orders_record',
  grain: 'one row an order line that counts or was given back, up to the as-of date',
  key: ['load_id', 'record_number', 'is_refund'],
  promise: 'pure',
  columns: {
    ...origin,
    is_refund: flag('What was given back of the line, by its status or a refund of the order'),
    order_id: text(
      'Order in its system, with day and store where numbers begin anew; of a refund its own',
      {
        nullable: true,
      },
    ),
    ...carried(orders, ['line_id']),
    ordered_at: instant('When the order was placed; of a refund when it was given back'),
    ordered_on: day('The same as a date of the business time zone'),
    ...orderReference,
    ...carried(orders, ['email', 'phone']),
    channel: text('Channel; the name of the source where it is not told'),
    ...carried(orders, ['store', 'product_id', 'quantity', 'unit_price']),
    discount: amount('What was taken off the line, with its share of what was off the order'),
    amount: amount('The line after that, before tax; negative for a return'),
    shipping_charged: amount('Shipping that the customer paid, with the share of the order'),
    status: text('What the state of the order means; empty text when it is not told'),
    ...required(carried(orders, ['kind'])),
    ...goods,
    is_undated_refund: flag('A refund that no day is told of: it stands on the day of its order'),
  },
});

export const ordersReference = runTable({
  name: 'orders_reference',
  grain: 'one row a set of identifiers that order lines of a source carry together',
  key: ['source', 'reference_kind', 'reference_source', 'reference_value', 'email', 'phone'],
  promise: 'pure',
  columns: {
    source: origin.source,
    ...reference,
    ...carried(orders, ['email', 'phone']),
    first_ordered_on: day('First business day of these lines'),
    first_ordered_at: instant('First instant of these lines'),
    last_ordered_at: instant('Last instant of these lines'),
    place: count('place', 'Which of the sets of its reference was seen last, from 1'),
    has_order: flag('Whether one of these lines is neither cancelled nor open'),
  },
});

export const customersRecord = runTable({
  name: 'customers_record',
  grain: 'one row a delivered customer record, up to the as-of date',
  key: ['load_id', 'record_number'],
  promise: 'pure',
  columns: {
    ...origin,
    ...reference,
    ...carried(customers, ['email']),
    is_earlier_email: flag('Whether the newest e-mail of this customer of the source is another'),
    ...carried(customers, ['phone', 'first_name', 'last_name']),
    ...carried(customers, ['first_name_folded', 'last_name_folded', 'birth_date', 'address']),
    ...carried(customers, ['postcode', 'city', 'country', 'loyalty_id']),
    ...carried(customers, ['acquisition_channel', 'acquisition_campaign']),
    ...carried(customers, ['consent_email', 'consent_sms', 'consent_ads']),
    created_on: day('When the customer was first recorded, as a date of the business time zone', {
      nullable: true,
    }),
    ...carried(customers, ['updated_at']),
    changed_at: instant('When the record was last changed, else first recorded', {
      nullable: true,
    }),
  },
});

export const productsRecord = runTable({
  name: 'products_record',
  grain: 'one row a product',
  key: ['product_id'],
  promise: 'pure',
  columns: {
    ...origin,
    ...carried(products, ['product_id', 'name', 'category', 'range_rank']),
    ...carried(products, ['unit_cost', 'list_price']),
  },
});
