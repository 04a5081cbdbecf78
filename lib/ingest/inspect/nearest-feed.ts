import { type FeedName, feeds } from '../../feeds/all.ts';
import type { Header } from '../formats/header.ts';
import { dateRole, numberRole } from './header-words.ts';
import { isOrderNumber } from './name-columns.ts';
import { suggestMapping } from './suggest-mapping.ts';

export interface NearestFeed {
  readonly feed: FeedName;
  readonly header: Header;
}

/**
 * The feed, and the delimiter, with which most columns would be understood, then are told apart; a
 * file with numbers of orders, or with quantities or amounts beside dates, is one of orders.
 */
export function nearestFeed(wanted: readonly FeedName[], headers: readonly Header[]): NearestFeed {
  const tried = wanted.flatMap((feed) => headers.map((header) => ({ feed, header })));
  const understood = ({ feed, header }: NearestFeed) => {
    const known = Object.keys(suggestMapping(feeds[feed], header.names)).length;
    return feed === 'orders' && looksLikeOrders(header.names) ? known + header.names.length : known;
  };
  const [nearest] = tried.toSorted(
    (a, b) => understood(b) - understood(a) || b.header.names.length - a.header.names.length,
  );
  return nearest as NearestFeed;
}

function looksLikeOrders(names: readonly string[]): boolean {
  const roles = new Set(names.map(numberRole));
  const isPerson = names.some((name) => /first ?name|vorname|prenom/i.test(name));
  if (names.some(isOrderNumber)) return true;
  if (roles.has('quantity') && (roles.has('unit_price') || roles.has('amount'))) return true;
  const isDated = names.some((name) => dateRole(name) === 'ordered_at');
  return isDated && !isPerson && (roles.has('amount') || roles.has('total'));
}
