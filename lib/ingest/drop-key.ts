import { type FeedName, feedNames, isFeedName } from '../feeds/all.ts';
import { isDateFolder, isPartOfDate } from '../feeds/date-folder.ts';
import { nearest } from '../feeds/nearest.ts';
import type { FormatName } from './formats/all.ts';
import { RefusedFile } from './refused-file.ts';

export const dropFolder = 'drop/';

/** What a dropped object's key says. */
export interface DropKey {
  readonly feed: FeedName;
  /** Null when there is no folder for it: the header decides. */
  readonly source: string | null;
  readonly format: FormatName;
  readonly isGzip: boolean;
}

/** Folder markers and hidden files are no deliveries. */
export function isDelivery(key: string): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name !== '' && !name.startsWith('.');
}

/** Fails with a RefusedFile when the key names no feed, or no form of file that is read. */
export function parseDropKey(key: string): DropKey {
  const parts = key.slice(dropFolder.length).split('/');
  const [feed = '', ...rest] = parts.slice(0, -1);
  const fileName = parts.at(-1) as string;
  if (!isFeedName(feed)) {
    const near = feed === '' ? '' : ` The nearest to this folder is ${nearest(feed, feedNames)}.`;
    throw new RefusedFile('not_a_feed', { advice: `Feeds are ${feedNames.join(', ')}.${near}` });
  }
  const sources = withoutDates(rest);
  if (sources.length > 1) {
    throw new RefusedFile('not_a_feed', {
      advice: 'Below drop/<feed>/ there is one folder at most, the source, and folders of dates.',
    });
  }
  return { feed, source: sources[0] ?? null, ...parseFileName(fileName) };
}

/** Folders named for years, months and days lay files in order and name no source. */
function withoutDates(folders: readonly string[]): readonly string[] {
  const first = folders.findIndex(isDateFolder);
  return folders.filter(
    (name, i) => !(isDateFolder(name) || (first >= 0 && i > first && isPartOfDate(name))),
  );
}

/** Whether a folder is named as if it were a file that is read. */
export function isNamedAsFile(key: string): boolean {
  return readable.test(key);
}

const readable = /[.](?:(csv|tsv|txt|jsonl)([.]gz)?|parquet)$/i;
const workbook = /[.](xlsx|xlsm|xlsb|xls|ods|numbers)$/i;

/** What a file's name says of its form. Fails with a RefusedFile when it is none that is read. */
export function parseFileName(fileName: string): Pick<DropKey, 'format' | 'isGzip'> {
  const extension = readable.exec(fileName);
  if (extension === null) {
    throw new RefusedFile(workbook.test(fileName) ? 'workbook' : 'unknown_extension');
  }
  const ending = extension[1]?.toLowerCase() ?? 'parquet';
  const format = ending === 'tsv' || ending === 'txt' ? 'csv' : (ending as FormatName);
  return { format, isGzip: extension[2] !== undefined };
}
