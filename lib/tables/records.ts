import { customers } from '../feeds/customers.ts';
import { type Feed, feedColumns } from '../feeds/feed.ts';
import { orders } from '../feeds/orders.ts';
import { products } from '../feeds/products.ts';
import { type Column, count, day, flag, instant, runTable, text } from './contract.ts';

type Columns = Readonly<Record<string, Column>>;

/** Columns that a record has as its feed describes them. */
function carried(feed: Feed, names: readonly string[]): Columns {
  const columns = feedColumns(feed);
  return Object.fromEntries(
    names.map((name) => {
      const column = columns[name];
      if (column === undefined) throw new Error(`the feed ${feed.name} has no column ${name}`);
      return [name, column];
    }),
  );
}

/** Where a record comes from. */
const origin: Columns = {
  load_id: text('The load that accepted the row'),
  record_number: count('records', "The record's place in its file, from 1"),
  source: text('System that exported the row; empty text when it has no name'),
};

/** Whom a record refers to: the customer's id, else the e-mail, else the phone number. */
const reference = {
  reference_kind: text('source_id, email or phone'),
  reference_source: text('System whose id it is; empty text for what is the same everywhere'),
  reference_value: text('The identifier itself, normalised', { pii: 'direct' }),
} as const satisfies Columns;

export const ordersRecord = runTable({
  name: 'orders_record',
  grain: 'one row a delivered order line that counts, up to the as-of date',
  key: ['load_id', 'record_number'],
  promise: 'pure',
  columns: {
    ...origin,
    ...carried(orders, ['order_id', 'line_id', 'ordered_at']),
    ordered_on: day('The same as a date of the business time zone'),
    ...reference,
    reference_kind: { ...reference.reference_kind, nullable: true },
    reference_value: { ...reference.reference_value, nullable: true },
    ...carried(orders, ['email', 'phone']),
    channel: text('Channel; the name of the source where it is not told'),
    ...carried(orders, ['store', 'product_id', 'quantity', 'unit_price', 'discount', 'amount']),
    ...required(carried(orders, ['shipping_charged'])),
    status: text('What the state of the order means; empty text when it is not told'),
    ...required(carried(orders, ['kind'])),
  },
});

export const ordersReference = runTable({
  name: 'orders_reference',
  grain: 'one row a set of identifiers that order lines carry together',
  key: ['reference_kind', 'reference_source', 'reference_value', 'email', 'phone'],
  promise: 'pure',
  columns: {
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
    ...carried(customers, ['phone', 'first_name', 'last_name', 'birth_date', 'address']),
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

function required(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, { ...column, nullable: false }]),
  );
}
