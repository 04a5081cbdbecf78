/**
 * Forms of dates that a mapping may name, such as `DD/MM/YYYY HH:mm`. A form is read exactly: as
 * many digits as it says, the same signs between them, nothing guessed.
 */
interface Token {
  readonly part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'half';
  readonly pattern: string;
  /** The same for DuckDB's strptime. */
  readonly strptime: string;
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

const tokens: Readonly<Record<string, Token>> = {
  YYYY: { part: 'year', pattern: '[0-9]{4}', strptime: '%Y' },
  YY: { part: 'year', pattern: '[0-9]{2}', strptime: '%y' },
  MMMM: {
    part: 'month',
    pattern:
      '(?i:january|february|march|april|may|june|july|august|september|october|november|december)',
    strptime: '%B',
  },
  MMM: {
    part: 'month',
    pattern: '(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)',
    strptime: '%b',
  },
  MM: { part: 'month', pattern: '[0-9]{2}', strptime: '%m' },
  M: { part: 'month', pattern: '[0-9]{1,2}', strptime: '%-m' },
  DD: { part: 'day', pattern: '[0-9]{2}', strptime: '%d' },
  D: { part: 'day', pattern: '[0-9]{1,2}', strptime: '%-d' },
  HH: { part: 'hour', pattern: '[0-9]{2}', strptime: '%H' },
  H: { part: 'hour', pattern: '[0-9]{1,2}', strptime: '%-H' },
  hh: { part: 'hour', pattern: '(?:0[1-9]|1[0-2])', strptime: '%I' },
  h: { part: 'hour', pattern: '(?:0?[1-9]|1[0-2])', strptime: '%-I' },
  mm: { part: 'minute', pattern: '[0-9]{2}', strptime: '%M' },
  ss: { part: 'second', pattern: '[0-9]{2}', strptime: '%S' },
  SSS: { part: 'fraction', pattern: '[0-9]{3}', strptime: '%g' },
  A: { part: 'half', pattern: '(?i:am|pm)', strptime: '%p' },
};

export interface DateFormat {
  /** Regular expression of the whole text, the same for JavaScript and RE2, without anchors. */
  readonly pattern: string;
  readonly strptime: string;
  readonly parts: readonly Token['part'][];
}

const signs = /[ \-/.,:T]/;

/** The compiled form; null when it holds something that is no token or sign, or names no full day. */
export function parseDateFormat(format: string): DateFormat | null {
  let pattern = '';
  let strptime = '';
  const parts: Token['part'][] = [];
  for (let rest = format; rest !== ''; ) {
    const symbol = Object.keys(tokens).find((candidate) => rest.startsWith(candidate));
    const token = symbol === undefined ? undefined : tokens[symbol];
    if (symbol !== undefined && token !== undefined) {
      if (parts.includes(token.part)) return null;
      pattern += `(${token.pattern})`;
      strptime += token.strptime;
      parts.push(token.part);
      rest = rest.slice(symbol.length);
      continue;
    }
    const sign = rest.charAt(0);
    if (!signs.test(sign)) return null;
    pattern += sign === '.' ? '[.]' : sign;
    strptime += sign;
    rest = rest.slice(1);
  }
  const isDay = (['year', 'month', 'day'] as const).every((part) => parts.includes(part));
  const isTime = !parts.includes('minute') || parts.includes('hour');
  const isTwelveHours = /h/.test(format) === parts.includes('half');
  return isDay && isTime && isTwelveHours ? { pattern, strptime, parts } : null;
}

/** A local date and time of day, in milliseconds as if its zone were UTC. */
export function readDateFormat(text: string, format: DateFormat): number | 'form' | 'impossible' {
  const match = new RegExp(`^(?:${format.pattern})$`).exec(text);
  if (match === null) return 'form';
  const found: Partial<Record<Token['part'], string>> = {};
  format.parts.forEach((part, i) => {
    found[part] = match[i + 1] as string;
  });
  const month = monthNames.indexOf((found.month as string).slice(0, 3).toLowerCase()) + 1;
  const half = found.half?.toLowerCase();
  const hour = Number(found.hour ?? 0);
  return (
    localMillis({
      year: fullYear(found.year as string),
      month: month > 0 ? month : Number(found.month),
      day: Number(found.day),
      hour: half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0),
      minute: Number(found.minute ?? 0),
      second: Number(found.second ?? 0),
      millis: Number(found.fraction ?? 0),
    }) ?? 'impossible'
  );
}

/** A year of two digits is of 1969 to 2068, as POSIX has it. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millis: number;
}

/** Milliseconds of a local time as if its zone were UTC; null when there is no such time. */
export function localMillis(time: LocalTime): number | null {
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(time.year, time.month - 1, time.day);
  date.setUTCHours(time.hour, time.minute, time.second, time.millis);
  const isReal = date.getUTCMonth() === time.month - 1 && date.getUTCDate() === time.day;
  return isReal && time.month >= 1 ? date.getTime() : null;
}
