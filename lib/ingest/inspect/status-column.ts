import { statusMeaning } from '../../feeds/status-words.ts';
import { wordsOf } from './header-words.ts';
import type { SheetColumn } from './sheet.ts';

/** A word of a status column, how often it stands there, and what it is taken for; null: unknown. */
export interface StatusWord {
  readonly word: string;
  readonly rows: number;
  readonly meaning: ReturnType<typeof statusMeaning>;
}

export interface StatusColumn extends SheetColumn {
  readonly words: readonly StatusWord[];
}

/** More words than these are no status. */
const mostWords = 25;

/** What each word of a column would mean as a status, the commonest first. */
function statusWordsOf({ texts }: SheetColumn): StatusWord[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([word, rows]) => ({ word, rows, meaning: statusMeaning(word, {}) }))
    .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1));
}

/**
 * Columns that may say what became of an order, the likeliest first: few words, and either named a
 * status with some known word, or all of them known. A place called State has others; where a file
 * has no places, a state with most words known is one of the order.
 */
export function statusColumns(columns: readonly SheetColumn[]): StatusColumn[] {
  const hasPlaces = columns.some(({ header }) => placeWords.test(wordsOf(header)));
  const isState = (header: string) => !hasPlaces && /\b(state|stage)\b/.test(wordsOf(header));
  return columns
    .map((column) => ({ ...column, words: statusWordsOf(column), rank: rankOf(column.header) }))
    .filter(({ header, words, rank }) => {
      if (words.length === 0 || words.length > mostWords) return false;
      const known = words.filter(({ meaning }) => meaning !== null).length;
      if (rank < 3) return known > 0;
      return known === words.length || (isState(header) && 2 * known > words.length);
    })
    .sort((a, b) => a.rank - b.rank);
}

const placeWords =
  /\b(city|country|zip|zipcode|postcode|postal|street|address|region|province|county|ort|stadt|land|plz|ville|pays)\b/;

/** How surely a header is the status of the sale: that of its payment before that of its parcel. */
function rankOf(header: string): number {
  const words = wordsOf(header);
  const isStatus = /\b(status|zustand|bestellstatus|zahlungsstatus|statut|etat|estado)\b/.test(
    words,
  );
  if (!isStatus) return 3;
  if (/\b(fulfil?lment|shipping|shipment|delivery|item|lineitem|versand\w*)\b/.test(words))
    return 2;
  return /\b(financial|payment|order|sale)\b/.test(words) ? 0 : 1;
}

/** Whether a status counts as sold and not given back. */
export function isSold(text: string | null): boolean {
  const meaning = text === null ? 'sold' : statusMeaning(text, {});
  return meaning === 'sold' || meaning === 'partly_given_back';
}
