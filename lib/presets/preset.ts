import type { FeedName } from '../feeds/all.ts';
import type { FeedMapping } from '../feeds/mapping.ts';

/** An exporting system whose files are known by their headers, without any setting. */
export interface Preset {
  /** Its word in messages and in the table `load`. */
  readonly name: string;
  /** How its files are read: a file fits that has all headers which the mapping of its feed reads. */
  readonly mappings: Readonly<Partial<Record<FeedName, FeedMapping>>>;
}
