import { withBadRecords } from './bad-rows.ts';
import { dateOf } from './calendar.ts';
import type { CustomerHistory } from './history.ts';
import { isReturn, type SampleOrder } from './order.ts';
import type { SampleFile } from './sample-file.ts';
import {
  webCustomerHeader,
  webCustomerRecord,
  webOrderHeader,
  webOrderRecords,
  webProducts,
} from './web-export.ts';

/** The web shop exports a file a year, each once more with the last days of the year before. */
export function* webFiles(
  customers: readonly CustomerHistory[],
  orders: readonly SampleOrder[],
): Iterable<SampleFile> {
  yield { key: 'drop/products/web/products.csv', body: webProducts() };
  yield customerFile(customers);
  const numbered = orders.map((order, place) => ({ order, orderNumber: place + 1 }));
  for (const year of ['2023', '2024', '2025']) {
    const key = `drop/orders/web/orders-${year}.csv`;
    const records = numbered.flatMap(({ order, orderNumber }) => {
      const date = dateOf(order.day);
      const isLastYear = Number(date.slice(0, 4)) === Number(year) - 1;
      if (isLastYear && date.slice(5) >= '12-29') return [secondWriting(order, orderNumber)];
      return date.startsWith(year) ? [firstWriting(order, orderNumber)] : [];
    });
    yield { key, body: webOrderHeader + withBadRecords(key, records) };
  }
}

/** Whoever orders online has an account, and so have those who never ordered. */
function customerFile(customers: readonly CustomerHistory[]): SampleFile {
  const key = 'drop/customers/web/customers.csv';
  const records = customers
    .filter(({ orders }) => orders.length === 0 || orders.some((o) => o.channel === 'web'))
    .map(({ person, joinedOn }) => webCustomerRecord(person, joinedOn));
  return { key, body: webCustomerHeader + withBadRecords(key, records) };
}

function isYearEnd(order: SampleOrder): boolean {
  return dateOf(order.day).slice(5) >= '12-29';
}

function firstWriting(order: SampleOrder, orderNumber: number): string {
  const isCancelled = order.isCancelled && !isYearEnd(order);
  const status = isCancelled ? 'cancelled' : 'completed';
  return webOrderRecords(order, { orderNumber, status, updatedAfterDays: 1 });
}

/** Orders of the year's last days come again with the next file; some are cancelled by then. */
function secondWriting(order: SampleOrder, orderNumber: number): string {
  const isCancelled = order.isCancelled || (!isReturn(order) && orderNumber % 8 === 0);
  return webOrderRecords(order, {
    orderNumber,
    status: isCancelled ? 'cancelled' : 'completed',
    updatedAfterDays: isCancelled ? 4 : 1,
  });
}
