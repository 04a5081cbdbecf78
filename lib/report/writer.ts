import { remarkWords, wordsOf } from '../words/say.ts';
import type { Words } from '../words/words.ts';
import { dayText, monthAxisLabels, monthText, periodText } from './date-text.ts';
import { changeText, moneyText, numberText, shareText } from './number-text.ts';

/** How one language writes, in one currency, what a report tells. */
export interface Writer {
  readonly words: Words;
  readonly number: (number: number | null, fractionDigits?: number) => string;
  /** `1 file`, `1,200 files`. */
  readonly counted: (count: number, what: keyof Words['counted']) => string;
  readonly money: (amount: number | null) => string;
  readonly share: (share: number | null) => string;
  /** Null where there is nothing to compare with. */
  readonly change: (now: number, before: number | null) => string | null;
  readonly day: (date: string) => string;
  readonly month: (date: string) => string;
  readonly period: (period: string, startsOn: string) => string;
  readonly monthAxis: (startsOn: readonly string[], most: number) => string[][];
  /** The words of a code of a table. */
  readonly code: (kind: keyof Words['labels'], code: string) => string;
  readonly notes: (column: string | null) => string;
}

export function writerOf(words: Words, currency: string): Writer {
  const { formats } = words;
  return {
    words,
    number: (number, fractionDigits) => numberText(formats, number, fractionDigits),
    counted: (count, what) => {
      const [one, several] = words.counted[what];
      return `${numberText(formats, count)} ${formats.isOne(count) ? one : several}`;
    },
    money: (amount) => moneyText(formats, amount, currency),
    share: (share) => shareText(formats, share),
    change: (now, before) => changeText(formats, now, before),
    day: (date) => dayText(formats, date),
    month: (date) => monthText(formats, date),
    period: (period, startsOn) => periodText(formats, period, startsOn),
    monthAxis: (startsOn, most) => monthAxisLabels(formats, startsOn, most),
    code: (kind, code) => wordsOf(words, kind, code),
    notes: (column) => remarkWords(words, 'note', column),
  };
}
