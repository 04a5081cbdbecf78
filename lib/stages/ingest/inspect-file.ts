import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '../../config.ts';
import { type FeedName, feedNames, feeds } from '../../feeds/all.ts';
import { type FeedMapping, headersOf as headersRead } from '../../feeds/mapping.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { Row } from '../../ports/query-engine.ts';
import { acceptedTable } from '../../tables/accepted.ts';
import { parseFileName } from './drop-key.ts';
import { fetchContent } from './fetch-content.ts';
import { headersOf, utf8Path } from './file-headers.ts';
import type { HeadersFor } from './header.ts';
import { limits } from './limits.ts';
import { type LoadedFile, loadFile } from './load-file.ts';
import type { LoadOutcome } from './load-row.ts';
import { maskRow } from './mask-row.ts';
import { readingOf } from './reading-of.ts';
import { refusal } from './refusal.ts';
import { RefusedFile } from './refused-file.ts';
import { type Resolved, resolveMapping } from './resolve-mapping.ts';
import type { Problem } from './services.ts';
import { suggestMapping } from './suggest-mapping.ts';

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
  /** The mapping that reads it; null: the contract itself, or none. */
  readonly preset: string | null;
  /** Names of its columns, empty where they cannot be read. */
  readonly headers: readonly string[];
  /** The columns of the feed and what they are read from. */
  readonly mapping: FeedMapping['columns'];
  /** Headers that nothing reads. */
  readonly notRead: readonly string[];
  /** Five accepted rows, without empty columns, masked where they may name a person. */
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  /** For a header that nothing fits: columns to look over and paste under "sources"; else null. */
  readonly suggestion: Readonly<Record<string, string>> | null;
}

/**
 * Reads a file as ingesting would, and stores nothing.
 * Fails with an EngineError, or with a system error when there is no such file.
 */
export async function inspectFile(options: InspectFile): Promise<Inspection> {
  const { engine, path, config } = options;
  const { mtime } = await stat(path);
  let headersFor: HeadersFor | null = null;
  let resolved: Resolved | null = null;
  try {
    const { format, isGzip } = parseFileName(basename(path));
    const content = await fetchContent({
      stream: createReadStream(path),
      isGzip,
      path: join(engine.folder, 'content'),
      limits,
    });
    headersFor = await headersOf({ engine, format, content, limits });
    resolved = resolveAny(options, headersFor);
    const loaded = await loadFile({
      engine,
      format,
      path: await utf8Path(content.path, resolved.mapping.encoding),
      resolved,
      reading: readingOf(resolved.mapping, config, mtime),
      loadId: 'inspected',
      limits,
      refusedShare: config.refused_share,
    });
    const rows = await firstRows(engine, resolved, loaded);
    const { acceptedPaths: _, quarantinePath: __, ...outcome } = loaded;
    return { ...read(resolved), ...outcome, status: 'loaded', rule: null, hint: null, rows };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    const found = resolved === null ? unread(options, headersFor) : read(resolved);
    return { ...found, ...refusal(error), rows: [] };
  }
}

/** The first feed that the header fits; fails as the nearest one does. */
function resolveAny(options: InspectFile, headersFor: HeadersFor): Resolved {
  const wanted = options.feed === undefined ? feedNames : [options.feed];
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
  throw failures.get(nearestFeed(wanted, headersFor).feed);
}

interface NearestFeed {
  readonly feed: FeedName;
  readonly headers: readonly string[];
  readonly suggestion: Readonly<Record<string, string>>;
}

/** The feed, and the delimiter, with which most columns would be understood. */
function nearestFeed(wanted: readonly FeedName[], headersFor: HeadersFor): NearestFeed {
  const tried = wanted.flatMap((feed) =>
    headersFor(null).map(({ names }) => {
      return { feed, headers: names, suggestion: suggestMapping(feeds[feed], names) };
    }),
  );
  const understood = ({ suggestion }: NearestFeed) => Object.keys(suggestion).length;
  return tried.reduce((best, next) => (understood(next) > understood(best) ? next : best));
}

function read({ feed, source, preset, mapping, header }: Resolved) {
  const used = headersRead(mapping);
  return {
    feed: feed.name as FeedName,
    source,
    preset,
    headers: header.names,
    mapping: mapping.columns,
    notRead: header.names.filter((name) => !used.includes(name)),
    suggestion: null,
  };
}

function unread(options: InspectFile, headersFor: HeadersFor | null) {
  const nothing = { source: options.source ?? '', preset: null, mapping: {} };
  try {
    if (headersFor === null) throw new RefusedFile('empty_file');
    const wanted = options.feed === undefined ? feedNames : [options.feed];
    const { feed, headers, suggestion } = nearestFeed(wanted, headersFor);
    return { ...nothing, feed, headers, notRead: headers, suggestion };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    const feed = options.feed ?? null;
    return { ...nothing, feed, headers: [], notRead: [], suggestion: null };
  }
}

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
