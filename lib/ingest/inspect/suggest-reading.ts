import type { Feed } from '../../feeds/feed.ts';
import type { Reading } from '../../feeds/field.ts';
import type { GivenColumns } from './net-bases.ts';
import type { StatusWord } from './status-column.ts';
import { suggestMapping } from './suggest-mapping.ts';
import { type ColumnTexts, usualDates, usualNumbers, waysThatRead } from './ways-to-read.ts';

/** A mapping to look over and paste, as the configuration has it. */
export interface Suggestion {
  readonly columns: GivenColumns;
  readonly encoding?: string;
  readonly skip_lines?: number;
  readonly date_format?: string;
  readonly decimal?: string;
  readonly thousands?: string;
  readonly ignore?: readonly {
    readonly column: string;
    readonly equals: string;
    readonly reason: string;
  }[];
}

export interface Suggested {
  readonly suggestion: Suggestion;
  /** What the file does not say by itself, as things to do. */
  readonly open: readonly string[];
  /** Words of the status column and what each is taken for. */
  readonly status: readonly StatusWord[];
}

interface SuggestReading {
  readonly headers: readonly string[];
  /** Some texts of columns by header. */
  readonly samples: ReadonlyMap<string, readonly string[]>;
  /** How files are read where nothing is set. */
  readonly reading: Reading;
}

/**
 * What the columns of a feed seem to be read from: by name, and where a needed one goes by no known
 * name by the only header whose texts read as one; and how the file writes dates and numbers, where
 * one way alone reads them all.
 */
export function suggestReading(feed: Feed, options: SuggestReading): Suggested {
  const { headers, samples, reading } = options;
  const columns = suggestMapping(feed, headers);
  const textsOf = (column: string, header: string): ColumnTexts[] => {
    const kind = feed.fields[column]?.kind;
    return kind === undefined ? [] : [{ kind, texts: samples.get(header) ?? [] }];
  };
  for (const column of neededColumns(feed, columns)) {
    const fitting = headers.filter(
      (header) =>
        !Object.values(columns).includes(header) &&
        textsOf(column, header).some((given) => isWritten(given, reading)),
    );
    if (fitting.length === 1) columns[column] = fitting[0] as string;
  }
  const mapped = Object.entries(columns).flatMap(([column, header]) => textsOf(column, header));
  const of = (types: readonly string[]) => mapped.filter(({ kind }) => types.includes(kind.type));
  const dates = waysThatRead(of(['timestamp(3)', 'date']), usualDates, reading);
  const numbers = waysThatRead(of(['decimal(18,4)', 'bigint']), usualNumbers, reading);
  return {
    suggestion: { columns, ...onlySettings(dates, reading), ...onlySettings(numbers, reading) },
    open: [
      ...neededColumns(feed, columns).map((column) => `Say which header is ${column}.`),
      ...(dates.length > 1 ? [`Say which "date_format" is meant: ${formatsOf(dates)}.`] : []),
      ...(numbers.length > 1 ? ['Say which sign is "decimal" and which is "thousands".'] : []),
    ],
    status: [],
  };
}

/** Columns without which the records say too little, and which their texts give away. */
function neededColumns(feed: Feed, columns: Readonly<Record<string, string>>): string[] {
  const isPriced = 'quantity' in columns && 'unit_price' in columns;
  return Object.entries(feed.fields)
    .filter(([column, field]) => field.required || (column === 'amount' && !isPriced))
    .map(([column]) => column)
    .filter((column) => !(column in columns));
}

/** A number is one only where some text has decimals: whole ones may be anything. */
function isWritten(given: ColumnTexts, reading: Reading): boolean {
  const { kind, texts } = given;
  if (kind.type === 'timestamp(3)') return waysThatRead([given], usualDates, reading).length > 0;
  if (kind.type !== 'decimal(18,4)') return false;
  return (
    texts.some((text) => /\d[.,]\d{1,2}$/.test(text)) &&
    waysThatRead([given], usualNumbers, reading).length > 0
  );
}

/** The settings of the only way, where they are not what is read anyway. */
function onlySettings(ways: readonly Partial<Reading>[], reading: Reading): Partial<Suggestion> {
  const [way] = ways;
  if (way === undefined || ways.length > 1) return {};
  const { dateFormats, decimal, thousands } = way;
  return {
    ...(dateFormats === undefined || dateFormats[0] === 'ISO'
      ? {}
      : { date_format: dateFormats[0] }),
    ...(decimal === undefined || decimal === reading.decimal ? {} : { decimal }),
    ...(thousands === undefined || thousands === reading.thousands ? {} : { thousands }),
  } as Partial<Suggestion>;
}

function formatsOf(ways: readonly Partial<Reading>[]): string {
  return ways.map(({ dateFormats }) => `"${dateFormats?.join()}"`).join(' or ');
}
