import type { Config } from '../config.ts';
import { type FeedName, feeds } from '../feeds/all.ts';
import { type Feed, isColumnOf } from '../feeds/feed.ts';
import { type FeedMapping, feedMapping, headersOf } from '../feeds/mapping.ts';
import { nearest } from '../feeds/nearest.ts';
import { presets } from '../presets/found.ts';
import type { DropKey } from './drop-key.ts';
import type { Header, HeadersFor } from './formats/header.ts';
import { suggestMapping } from './inspect/suggest-mapping.ts';
import { RefusedFile } from './refused-file.ts';

/** How a file is to be read. */
export interface Resolved {
  readonly feed: Feed;
  /** Empty when the file follows the contract itself and lies in no source's folder. */
  readonly source: string;
  /** The built-in preset that reads it; null: a mapping of the configuration, or the contract itself. */
  readonly preset: string | null;
  readonly isContract: boolean;
  readonly mapping: FeedMapping;
  readonly header: Header;
}

interface Candidate {
  readonly source: string;
  readonly preset: string | null;
  readonly mapping: FeedMapping;
}

/**
 * The mapping of a file: that of its source's folder where the configuration has one, else the one
 * that its header fits: the contract itself, or the only mapping whose headers all occur, of the
 * configuration first, then of the presets.
 * Fails with a RefusedFile that names the nearest columns when nothing fits.
 */
export function resolveMapping(key: DropKey, headersFor: HeadersFor, config: Config): Resolved {
  const feed = feeds[key.feed];
  const own = key.source === null ? undefined : mappingOf(config, key.source, key.feed);
  if (key.source !== null && own !== undefined) {
    return withMapping(feed, { source: key.source, preset: null, mapping: own }, headersFor);
  }
  const contract = withContract(feed, key.source ?? '', headersOrNone(headersFor, null));
  if (contract !== null) return contract;
  const isRead = ({ mapping }: Candidate) => fits(mapping, headersFor);
  const sources = key.source === null ? sourcesOf(config, key.feed).filter(isRead) : [];
  const fitting = sources.length > 0 ? sources : presetsOf(key).filter(isRead);
  if (fitting.length > 1) {
    const names = fitting.map(({ source, preset }) => preset ?? source).join(', ');
    throw new RefusedFile('ambiguous_header', { byteOffset: 0, advice: `They are: ${names}.` });
  }
  const [only] = fitting;
  if (only !== undefined) return withMapping(feed, only, headersFor);
  throw unknownHeader(feed, bestHeader(feed, headersFor(null)));
}

function mappingOf(config: Config, source: string, feed: FeedName): FeedMapping | undefined {
  return Object.hasOwn(config.sources, source) ? config.sources[source]?.[feed] : undefined;
}

/** A header that cannot be read in one way may be readable in another. */
function headersOrNone(headersFor: HeadersFor, mapping: FeedMapping | null): readonly Header[] {
  try {
    return headersFor(mapping);
  } catch (error) {
    if (error instanceof RefusedFile) return [];
    throw error;
  }
}

function withMapping(feed: Feed, candidate: Candidate, headersFor: HeadersFor): Resolved {
  const { mapping } = candidate;
  const found = { feed, isContract: false, ...candidate };
  const wanted = headersOf(mapping);
  const missing = (header: Header) => wanted.filter((name) => !header.names.includes(name));
  const headers = headersFor(mapping);
  const header = headers.toSorted((a, b) => missing(a).length - missing(b).length)[0] as Header;
  const [first] = missing(header);
  if (header.isOpen) {
    const names = [...new Set([...header.names, ...wanted])];
    return { ...found, header: { ...header, names } };
  }
  if (first !== undefined) {
    const near = looksLikeData(header)
      ? 'The first line looks like data: the file needs a header.'
      : `The nearest header of the file is "${nearest(first, header.names)}".`;
    const advice = `The mapping of source ${candidate.source} reads "${first}", which the file lacks. ${near}`;
    throw new RefusedFile('missing_column', { byteOffset: 0, advice });
  }
  checkNames(header, wanted);
  return { ...found, header };
}

function withContract(feed: Feed, source: string, headers: readonly Header[]): Resolved | null {
  const required = Object.keys(feed.fields).filter((column) => feed.fields[column]?.required);
  for (const header of headers) {
    const isContract =
      header.names.every((column) => isColumnOf(feed, column) || header.rare.includes(column)) &&
      required.every((column) => header.names.includes(column));
    if (!isContract) continue;
    checkNames(header, header.names);
    const known = header.names.filter((column) => isColumnOf(feed, column));
    const names = header.isOpen ? [...new Set([...Object.keys(feed.fields), ...known])] : known;
    const mapping = contractMapping(feed, names);
    const found = { feed, source, preset: null, isContract: true, mapping };
    return { ...found, header: { ...header, names } };
  }
  return null;
}

/** The mapping of a file that has the columns of the contract itself. */
export function contractMapping(
  feed: Feed,
  names: readonly string[] = Object.keys(feed.fields),
): FeedMapping {
  const columns = Object.fromEntries(names.map((column) => [column, column]));
  return feedMapping(feed).parse({ columns });
}

function sourcesOf(config: Config, feed: FeedName): Candidate[] {
  return Object.entries(config.sources).flatMap(([source, { [feed]: mapping }]) =>
    mapping === undefined ? [] : [{ source, preset: null, mapping }],
  );
}

/** A preset's files are of the source in whose folder they lie, else of one with the preset's name. */
function presetsOf({ feed, source }: DropKey): Candidate[] {
  return presets.flatMap(({ name, mappings: { [feed]: mapping } }) =>
    mapping === undefined ? [] : [{ source: source ?? name, preset: name, mapping }],
  );
}

function fits(mapping: FeedMapping, headersFor: HeadersFor): boolean {
  const wanted = headersOf(mapping);
  return headersOrNone(headersFor, mapping).some(({ names }) =>
    wanted.every((name) => names.includes(name)),
  );
}

function checkNames({ names }: Header, wanted: readonly string[]): void {
  const repeated = names.find((name, i) => wanted.includes(name) && names.indexOf(name) !== i);
  if (repeated !== undefined) {
    const advice = `The header "${repeated}" occurs more than once.`;
    throw new RefusedFile('repeated_header', { byteOffset: 0, column: repeated, advice });
  }
}

/** The header with the delimiter that gives most columns of the feed, then most columns. */
function bestHeader(feed: Feed, headers: readonly Header[]): Header {
  const known = (header: Header) => header.names.filter((name) => isColumnOf(feed, name)).length;
  return headers.toSorted(
    (a, b) => known(b) - known(a) || b.names.length - a.names.length,
  )[0] as Header;
}

/** Headers that a message names. */
const mostTold = 3;

function unknownHeader(feed: Feed, header: Header): RefusedFile {
  const unknown = header.names.filter((name) => !isColumnOf(feed, name));
  if (looksLikeJson(header)) {
    const advice = 'This is JSON: write one object a line and name the file .jsonl.';
    return new RefusedFile('unknown_header', { byteOffset: 0, advice });
  }
  if (looksLikeData(header)) {
    const advice = 'The first line looks like data: the file needs a header.';
    return new RefusedFile('unknown_header', { byteOffset: 0, advice });
  }
  if (unknown.includes('')) return new RefusedFile('unnamed_header', { byteOffset: 0 });
  const known = Object.keys(feed.fields);
  if (unknown.length > 0) {
    const meant = Object.entries(suggestMapping(feed, header.names));
    const nearestTo = (name: string) =>
      meant.find(([, from]) => from === name)?.[0] ?? nearest(name, known);
    const told = unknown
      .slice(0, mostTold)
      .map((name) => `"${name}" (nearest: ${nearestTo(name)})`);
    const more = unknown.length > mostTold ? ` and ${unknown.length - mostTold} more` : '';
    const advice = `No columns of ${feed.name}: ${told.join(', ')}${more}. \`clientele inspect\` suggests a mapping.`;
    return new RefusedFile('unknown_header', { byteOffset: 0, advice });
  }
  const required = known.filter((column) => feed.fields[column]?.required);
  const missing = required.filter((column) => !header.names.includes(column));
  const advice = `The feed ${feed.name} needs ${missing.join(', ')}.`;
  return new RefusedFile('missing_column', { byteOffset: 0, advice });
}

function looksLikeJson({ names: [first = ''] }: Header): boolean {
  return /^\[?\s*[{]/.test(first);
}

/** Numbers, dates and addresses are no names of columns, and must not be quoted in a message. */
export function looksLikeData({ names }: Header): boolean {
  return names.some((name) => /@|^[\d\s.,:/+-]+$|^\d{4}-\d\d|^[{<]/.test(name));
}
