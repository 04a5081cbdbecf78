import { customers } from './customers.ts';
import type { Feed } from './feed.ts';
import { orders } from './orders.ts';
import { products } from './products.ts';

export const feedNames = ['orders', 'customers', 'products'] as const;
export type FeedName = (typeof feedNames)[number];

/** Every feed by its name. */
export const feeds: Readonly<Record<FeedName, Feed>> = { orders, customers, products };

export function isFeedName(name: string): name is FeedName {
  return feedNames.some((known) => known === name);
}
