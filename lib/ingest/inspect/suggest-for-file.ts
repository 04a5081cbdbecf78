import { rm } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { type FeedName, feeds } from '../../feeds/all.ts';
import { feedMapping } from '../../feeds/mapping.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { loadFile } from '../check/load-file.ts';
import { type FormatName, formats } from '../formats/all.ts';
import type { Header } from '../formats/header.ts';
import { limits } from '../limits.ts';
import { readingOf } from '../reading-of.ts';
import { RefusedFile } from '../refused-file.ts';
import { contractMapping, looksLikeData } from '../resolve-mapping.ts';
import { type OrdersSummary, ordersSummary } from './accepted-summary.ts';
import { evidentText, linesAbove } from './evident-form.ts';
import { firstRecords } from './first-records.ts';
import { nearestFeed } from './nearest-feed.ts';
import { sheetOf } from './sheet.ts';
import type { StatusWord } from './status-column.ts';
import { suggestOrders } from './suggest-orders.ts';
import { type Suggested, type Suggestion, suggestReading } from './suggest-reading.ts';

interface SuggestForFile {
  readonly engine: FileEngine;
  readonly config: Config;
  readonly wanted: readonly FeedName[];
  /** Of its inflated content. */
  readonly path: string;
  readonly bytes: number;
  readonly format: FormatName;
  readonly deliveredAt: Date;
}

export interface FileSuggestion {
  readonly feed: FeedName;
  readonly headers: readonly string[];
  readonly notRead: readonly string[];
  readonly suggestion: Suggestion;
  readonly open: readonly string[];
  readonly statusWords: readonly StatusWord[];
  readonly summary: readonly OrdersSummary[];
}

/**
 * A mapping for a file that nothing reads, tried on all of it: what it would come to, or what a
 * person must say first. Null where the file has no header.
 * Fails with a RefusedFile where it cannot even be split into records.
 */
export async function suggestForFile(options: SuggestForFile): Promise<FileSuggestion | null> {
  const { engine, config, format, bytes, deliveredAt } = options;
  const { path, encoding } = await evidentText(options.path, format);
  const headersFor = await formats[format].headers({ engine, path, bytes, limits });
  const plain = contractMapping(feeds.orders);
  const skipped = format === 'csv' ? linesAbove(headersFor, plain) : 0;
  const headers = headersFor({ ...plain, skip_lines: skipped });
  const { feed, header } = nearestFeed(options.wanted, headers);
  if (looksLikeData(header)) return null;
  const first = await firstRecords({ engine, format, path, header });
  const reading = readingOf(contractMapping(feeds[feed]), config, deliveredAt);
  const found = suggested(feed, first, reading);
  const suggestion: Suggestion = {
    ...(encoding === null ? {} : { encoding }),
    ...(skipped === 0 ? {} : { skip_lines: skipped }),
    ...found.suggestion,
  };
  const told = { feed, headers: header.names, notRead: notRead(header, suggestion) };
  const said = { ...told, suggestion, statusWords: found.status };
  if (found.open.length > 0) return { ...said, open: found.open, summary: [] };
  const tried = await trial(options, { feed, suggestion });
  return { ...said, ...tried };
}

function suggested(
  feed: FeedName,
  { headers, records }: Awaited<ReturnType<typeof firstRecords>>,
  reading: ReturnType<typeof readingOf>,
): Suggested {
  const sheet = sheetOf(headers, records);
  if (feed === 'orders') return suggestOrders(sheet, reading);
  const samples = new Map(
    sheet.columns.map(({ header, texts }) => [header, texts.filter((text) => text !== null)]),
  );
  const names = headers.filter((name) => name !== '');
  return suggestReading(feeds[feed], { headers: names, samples, reading });
}

/** A greater share of refused records puts the suggestion in doubt. */
const mostRefused = 0.05;

/** Loads the file as the suggestion says, for what it comes to; what stands against it is told. */
async function trial(
  { engine, config, path, bytes, format, deliveredAt }: SuggestForFile,
  { feed, suggestion }: { readonly feed: FeedName; readonly suggestion: Suggestion },
): Promise<Pick<FileSuggestion, 'open' | 'summary'>> {
  const mapping = feedMapping(feeds[feed]).parse(suggestion);
  try {
    const headersFor = await formats[format].headers({ engine, path, bytes, limits });
    const [header] = headersFor(mapping).filter(({ names }) =>
      Object.values(mapping.columns).every(
        ({ from }) => from === undefined || names.includes(from),
      ),
    );
    if (header === undefined) return { open: [], summary: [] };
    const resolved = {
      feed: feeds[feed],
      source: '',
      preset: null,
      isContract: false,
      mapping,
      header,
    };
    const loaded = await loadFile({
      engine,
      format,
      path,
      resolved,
      reading: readingOf(mapping, config, deliveredAt),
      loadId: 'suggested',
      limits,
      refusedShare: config.refused_share,
    });
    const summary = feed === 'orders' ? await ordersSummary(engine, loaded.acceptedPaths) : [];
    for (const written of loaded.acceptedPaths) await rm(written);
    const { quarantined, recordsIn, quarantinedByRule } = loaded;
    const rules = Object.entries(quarantinedByRule).map(([rule, count]) => `${count} ${rule}`);
    const open =
      quarantined > mostRefused * recordsIn
        ? [`Look at the records that would be refused: ${rules.join(', ')}.`]
        : [];
    return { open, summary };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return { open: [`It would be refused: ${error.rule}.`], summary: [] };
  }
}

function notRead({ names }: Header, { columns }: Suggestion): string[] {
  const read = Object.values(columns).map((given) =>
    typeof given === 'string' ? given : given.from,
  );
  return names.filter((name) => !read.includes(name));
}
