import { withBadRecords } from './bad-rows.ts';
import { dateOf } from './calendar.ts';
import type { CustomerHistory } from './history.ts';
import type { SampleOrder } from './order.ts';
import type { SampleFile } from './sample-file.ts';
import {
  storeCustomerHeader,
  storeCustomerRecord,
  storeSaleHeader,
  storeSaleRecords,
} from './store-export.ts';
import { storedGzip } from './stored-gzip.ts';

/** The tills export the holders of loyalty cards, and a compressed file of sales a year. */
export function* storeFiles(
  customers: readonly CustomerHistory[],
  sales: readonly SampleOrder[],
): Iterable<SampleFile> {
  yield { key: 'drop/customers/store/kunden.csv', body: cardFile(customers) };
  const numbered = sales.map((sale, place) => ({ sale, receiptNumber: place + 1 }));
  for (const year of ['2023', '2024', '2025']) {
    const key = `drop/orders/store/kasse-${year}.csv.gz`;
    const records = numbered
      .filter(({ sale }) => dateOf(sale.day).startsWith(year))
      .map(({ sale, receiptNumber }) => storeSaleRecords(sale, receiptNumber));
    const text = storeSaleHeader + withBadRecords(key, records);
    yield { key, body: storedGzip(Buffer.from(text)) };
  }
}

/** Whoever bought in a store has a card, with or without an account of the web shop. */
function cardFile(customers: readonly CustomerHistory[]): string {
  const records = customers.flatMap(({ person, orders }) => {
    const first = orders.find((order) => order.channel === 'store');
    return first === undefined ? [] : [storeCustomerRecord(person, first.day)];
  });
  return storeCustomerHeader + records.join('');
}
