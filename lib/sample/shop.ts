import { drawHistory } from './history.ts';
import type { SampleOrder } from './order.ts';
import type { SampleFile } from './sample-file.ts';
import { storeFiles } from './store-files.ts';
import { webFiles } from './web-files.ts';

export interface SampleOptions {
  /** People known to the shop, prospects included: 3 to 100,000. */
  readonly customers: number;
  readonly seed: number;
}

/**
 * The files of a made-up shop with a web shop and stores: three years up to `sampleAsOf`. The same
 * options give the same bytes on any machine. Read them with `sampleConfiguration`.
 */
export function* makeSampleShop(options: SampleOptions): Iterable<SampleFile> {
  const { customers, anonymousSales } = drawHistory(options);
  const orders = customers.flatMap((customer) => customer.orders);
  const web = inTime(orders.filter((order) => order.channel === 'web'));
  const store = inTime([...orders.filter((order) => order.channel === 'store'), ...anonymousSales]);
  yield* webFiles(customers, web);
  yield* storeFiles(customers, store);
}

/** Sorting is stable: orders of the same second stay in the order of their customers. */
function inTime(orders: readonly SampleOrder[]): SampleOrder[] {
  return orders.toSorted((a, b) => a.day - b.day || a.secondOfDay - b.secondOfDay);
}
