import { customers } from '../feeds/customers.ts';
import { type Feed, feedColumns } from '../feeds/feed.ts';
import { orders } from '../feeds/orders.ts';
import { products } from '../feeds/products.ts';
import { count, logTable, type TableContract, text } from './contract.ts';

/** The checked rows of a feed as they were delivered, every load of them. */
export function acceptedTable(feed: Feed): TableContract {
  return logTable({
    name: `accepted_${feed.name}`,
    folder: `accepted/${feed.name}`,
    grain: `${feed.grain}, as delivered in one load`,
    key: ['part_id', 'load_id', 'record_number'],
    promise: 'bookkeeping',
    columns: {
      ...feedColumns(feed),
      ...(feed.hasAttributes
        ? {
            attributes: text('The attr_ columns as JSON, keys in order; NULL when all are empty.', {
              nullable: true,
              pii: 'indirect',
            }),
          }
        : {}),
      source: text('The exporting system; empty when the file follows the contract itself.'),
      load_id: text('The load that accepted the row.'),
      part_id: text('The part, as listed in run_input, that holds the row.'),
      record_number: count('records', "The record's place in its file, from 1."),
    },
  });
}

export const acceptedOrders: TableContract = acceptedTable(orders);
export const acceptedCustomers: TableContract = acceptedTable(customers);
export const acceptedProducts: TableContract = acceptedTable(products);
