import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '../../config.ts';
import { type FeedName, feedNames } from '../../feeds/all.ts';
import { type FeedMapping, headersOf } from '../../feeds/mapping.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { Row } from '../../ports/query-engine.ts';
import { acceptedTable } from '../../tables/accepted.ts';
import { type LoadedFile, loadFile } from '../check/load-file.ts';
import { parseFileName } from '../drop-key.ts';
import { fetchContent } from '../fetch-content.ts';
import { type FormatName, formats } from '../formats/all.ts';
import type { HeadersFor } from '../formats/header.ts';
import type { LoadOutcome } from '../ledger/load-row.ts';
import { limits } from '../limits.ts';
import { readingOf } from '../reading-of.ts';
import { refusal } from '../refusal.ts';
import { RefusedFile } from '../refused-file.ts';
import { type Resolved, resolveMapping } from '../resolve-mapping.ts';
import type { Problem } from '../services.ts';
import { type OrdersSummary, ordersSummary } from './accepted-summary.ts';
import { maskRow } from './mask-row.ts';
import { nearestFeed } from './nearest-feed.ts';
import type { StatusWord } from './status-column.ts';
import { suggestForFile } from './suggest-for-file.ts';
import type { Suggestion } from './suggest-reading.ts';

interface InspectFile {
  /** Its folder takes unfinished files. */
  readonly engine: FileEngine;
  /** The file, anywhere on the disk. */
  readonly path: string;
  readonly config: Config;
  /** The feed it is meant for; left out, the feed that its header fits. */
  readonly feed?: FeedName;
  readonly source?: string;
}

/** What would become of a file if it were dropped. */
export interface Inspection extends LoadOutcome {
  /** The feed that it fits, or is nearest to; null when nothing can be said. */
  readonly feed: FeedName | null;
  readonly source: string;
  /** The built-in preset that reads it, else null. */
  readonly preset: string | null;
  readonly isContract: boolean;
  /** Names of its columns, empty where they cannot be read. */
  readonly headers: readonly string[];
  /** The columns of the feed and what they are read from. */
  readonly mapping: FeedMapping['columns'];
  /** Headers that nothing reads. */
  readonly notRead: readonly string[];
  /** Five accepted rows, without empty columns, masked where they may name a person. */
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  /** For a header that nothing fits: a mapping to look over and paste under "sources"; else null. */
  readonly suggestion: Suggestion | null;
  /** What the suggestion leaves for a person to say. */
  readonly open: readonly string[];
  /** Words of the status column that is suggested, and what each is taken for. */
  readonly statusWords: readonly StatusWord[];
  /** What the accepted orders come to, by the mapping that reads them or the one suggested. */
  readonly summary: readonly OrdersSummary[];
}

/** What is known of a file before a mapping is. */
interface FileSeen {
  /** Of its inflated content. */
  readonly path: string;
  readonly bytes: number;
  readonly format: FormatName;
  readonly headersFor: HeadersFor;
  readonly deliveredAt: Date;
}

/**
 * Reads a file as ingesting would, and stores nothing.
 * Fails with an EngineError, or with a system error when there is no such file.
 */
export async function inspectFile(options: InspectFile): Promise<Inspection> {
  const { engine, path, config } = options;
  const { mtime: deliveredAt } = await stat(path);
  let seen: FileSeen | null = null;
  let resolved: Resolved | null = null;
  try {
    const { format, isGzip } = parseFileName(basename(path));
    const content = await fetchContent({
      stream: createReadStream(path),
      isGzip,
      path: join(engine.folder, 'content'),
      limits,
    });
    const headersFor = await formats[format].headers({ engine, ...content, limits });
    seen = { ...content, format, headersFor, deliveredAt };
    resolved = resolveAny(options, headersFor);
    const loaded = await loadFile({
      engine,
      format,
      path: content.path,
      resolved,
      reading: readingOf(resolved.mapping, config, deliveredAt),
      loadId: 'inspected',
      limits,
      refusedShare: config.refused_share,
    });
    const rows = await firstRows(engine, resolved, loaded);
    const { acceptedPaths, quarantinePath: _, ...outcome } = loaded;
    const isOrders = resolved.feed.name === 'orders';
    const summary = isOrders ? await ordersSummary(engine, acceptedPaths) : [];
    return {
      ...read(resolved),
      ...outcome,
      status: 'loaded',
      rule: null,
      hint: null,
      rows,
      summary,
    };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    const isUnread = resolved === null || error.rule === 'wrong_encoding';
    const found = isUnread || resolved === null ? await unread(options, seen) : read(resolved);
    return { ...found, ...refusal(error), rows: [] };
  }
}

function wantedFeeds({ feed }: InspectFile): readonly FeedName[] {
  return feed === undefined ? feedNames : [feed];
}

/** The first feed that the header fits; fails as the nearest one does. */
function resolveAny(options: InspectFile, headersFor: HeadersFor): Resolved {
  const wanted = wantedFeeds(options);
  const failures = new Map<FeedName, unknown>();
  for (const feed of wanted) {
    try {
      const key = { feed, source: options.source ?? null, format: 'csv', isGzip: false } as const;
      return resolveMapping(key, headersFor, options.config);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      failures.set(feed, error);
    }
  }
  throw failures.get(nearestFeed(wanted, headersFor(null)).feed);
}

function read({ feed, source, preset, isContract, mapping, header }: Resolved) {
  const used = headersOf(mapping);
  return {
    feed: feed.name as FeedName,
    source,
    preset,
    isContract,
    headers: header.names,
    mapping: mapping.columns,
    notRead: header.names.filter((name) => !used.includes(name)),
    ...nothingSuggested,
  };
}

/** What is suggested for a file that nothing reads, and what the suggestion would make of it. */
async function unread(options: InspectFile, seen: FileSeen | null) {
  const none = {
    feed: options.feed ?? null,
    source: options.source ?? '',
    preset: null,
    isContract: false,
    headers: [],
    mapping: {},
    notRead: [],
    ...nothingSuggested,
  };
  if (seen === null) return none;
  try {
    const wanted = wantedFeeds(options);
    const { engine, config } = options;
    const found = await suggestForFile({ engine, config, wanted, ...seen });
    return found === null ? none : { ...none, ...found };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return none;
  }
}

const nothingSuggested = { suggestion: null, open: [], statusWords: [], summary: [] };

async function firstRows(
  engine: FileEngine,
  { feed }: Resolved,
  { acceptedPaths: [path] }: LoadedFile,
): Promise<Row[]> {
  if (path === undefined) return [];
  const table = acceptedTable(feed);
  const columns = Object.keys(table.columns).filter(
    (column) => column !== 'load_id' && column !== 'part_id',
  );
  const rows = await engine.read(
    `select ${columns.join(', ')} from read_parquet(${literal(path)}) order by record_number limit 5`,
  );
  return rows.map((row) => maskRow(table, row));
}
