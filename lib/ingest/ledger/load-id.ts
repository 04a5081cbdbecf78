import { createHash } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { FeedMapping } from '../../feeds/mapping.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Of everything that decides how the same content is read: the contract, the mapping, the settings. */
export function mappingVersion(
  feed: Feed,
  mapping: FeedMapping,
  { time_zone }: Pick<Config, 'time_zone'>,
): string {
  return sha256(canonicalJson([feed.name, feed.version, mapping, time_zone])).slice(0, 16);
}

/** Id of a load, `[a-z0-9]`: the same for the same content read in the same way. */
export function loadId(
  contentSha256: string,
  how: { readonly feed: string; readonly source: string; readonly mappingVersion: string },
): string {
  return sha256(canonicalJson([contentSha256, how.feed, how.source, how.mappingVersion])).slice(
    0,
    20,
  );
}

/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
