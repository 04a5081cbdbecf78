import type { Reading } from '../../feeds/field.ts';
import { calendarDay, instant } from '../../feeds/kinds/instant.ts';
import { type DateRole, dateRole } from './header-words.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { usualDates, waysThatRead } from './ways-to-read.ts';

/** A column of dates and the ways that read all of it, of which each means another day. */
export interface DateColumn extends SheetColumn {
  readonly role: DateRole | null;
  readonly ways: readonly string[];
}

const looksLikeDate =
  /\d{1,4}[-/. ](\d{1,2}|\p{L}{3,9})[-/., ]+\d{1,4}|\p{L}{3,9}[- ]\d{1,2},?[- ]\d{2,4}|^\d{8}$/u;

/** Columns whose every text reads as a date; those that nothing tells apart are read as each other. */
export function dateColumns({ columns }: Sheet, reading: Reading): DateColumn[] {
  const found = columns.flatMap((column): DateColumn[] => {
    const texts = column.texts.filter((text) => text !== null);
    const role = dateRole(column.header);
    const isDigits = texts.every((text) => /^\d+$/.test(text));
    if (texts.length === 0 || (isDigits && role === null)) return [];
    if (!texts.every((text) => looksLikeDate.test(text))) return [];
    const kind = role === 'ordered_at' || role === 'updated_at' ? instant : calendarDay;
    const ways = waysThatRead([{ kind, texts }], usualDates, reading);
    return ways.length === 0
      ? []
      : [{ ...column, role, ways: ways.map((way) => way.dateFormats?.[0] as string) }];
  });
  return found.map((column) => ({ ...column, ways: toldApart(column, found) }));
}

/** The ways that read other columns of the file, too, where some do: one file writes dates one way. */
function toldApart({ ways }: DateColumn, all: readonly DateColumn[]): readonly string[] {
  if (ways.length === 1) return ways;
  const sure = all
    .filter((other) => other.ways.length === 1)
    .map((other) => other.ways[0] as string);
  const shared = ways.filter((way) => sure.some((other) => dayOf(other) === dayOf(way)));
  return shared.length === 1 ? shared : ways;
}

/** A form without its time of day. */
function dayOf(form: string): string {
  return form.split(/,? [Hh]/)[0] as string;
}
