import { type DateFormat, localMillis, parseDateFormat, readDateFormat } from '../date-format.ts';
import { type FieldKind, type Reading, type RefusedWhen, readBy, refuse } from '../field.ts';
import { literal } from '../sql-text.ts';
import { instantOfLocal, offsetsOf, type ZoneOffset } from '../time-zone.ts';

/**
 * ISO 8601 as exports write it: a day, or a day and a time, with a fraction of the second (cut to
 * milliseconds) and an offset where there is one.
 */
const iso =
  '([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?(?: ?(Z|UTC|[+-][0-9]{2}(?::?[0-5][0-9])?))?)?';
const ambiguous = '[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}.*';

const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2200, 0, 1);
const oneDay = 86_400_000;

type Trouble = 'form' | 'impossible';

/**
 * A moment, in UTC. A text without an offset is local to the reading's time zone, a day alone is
 * its midnight there. A time that the clocks skip is read with the offset before the change, one
 * that they repeat as its second pass. The first moment of 1970, in UTC or as it is written, stands
 * for a missing time.
 */
export const instant: FieldKind = {
  name: 'instant',
  type: 'timestamp(3)',
  unit: 'UTC',
  schema: (reading) =>
    readBy((text) => {
      const millis = readInstant(text, reading);
      if (millis === 'impossible') return refuse('impossible_date');
      if (millis === 'form') return refuse(ruleOfForm(text, reading));
      if (isUnixZero(text, millis, reading)) return refuse('missing_time');
      if (millis < earliest || millis >= latest) return refuse('implausible_date');
      if (millis > reading.deliveredAt.getTime() + oneDay) return refuse('in_the_future');
      return new Date(millis).toISOString().replace('T', ' ').replace('Z', '');
    }),
  sql: ({ text, prepared, value }, reading) => ({
    prepared: localSql(text, reading),
    value: `cast(${instantSql({ text, prepared }, reading)} as timestamp_ms)`,
    unread: whyNoDate(text, reading),
    refused: [
      {
        when: `${value} < timestamp '1970-01-03' and (${value} = timestamp '1970-01-01' or ${prepared} = timestamp '1970-01-01')`,
        rule: 'missing_time',
      },
      {
        when: `${value} < timestamp '1970-01-01' or ${value} >= timestamp '2200-01-01'`,
        rule: 'implausible_date',
      },
      { when: `${value} > ${latestSql(reading)}`, rule: 'in_the_future' },
    ],
  }),
};

/** A day, whatever its time zone; a time of day that stands with it is cut off. */
export const calendarDay: FieldKind = {
  name: 'day',
  type: 'date',
  unit: 'date',
  schema: (reading) =>
    readBy((text) => {
      const millis = readLocal(text, reading);
      if (millis === 'impossible') return refuse('impossible_date');
      if (millis === 'form') return refuse(ruleOfForm(text, reading));
      const date = new Date(millis);
      if (date.getUTCFullYear() < 1900 || millis >= latest) return refuse('implausible_date');
      return date.toISOString().slice(0, 10);
    }),
  sql: ({ text, value }, reading) => ({
    value: `cast(${localSql(text, reading)} as date)`,
    unread: whyNoDate(text, reading),
    refused: [
      {
        when: `${value} < date '1900-01-01' or ${value} >= date '2200-01-01'`,
        rule: 'implausible_date',
      },
    ],
  }),
};

function formats(reading: Reading): readonly ('ISO' | DateFormat)[] {
  return reading.dateFormats.map((format) =>
    format === 'ISO' ? 'ISO' : (parseDateFormat(format) as DateFormat),
  );
}

function isIsoAlone(reading: Reading): boolean {
  return reading.dateFormats.length === 1 && reading.dateFormats[0] === 'ISO';
}

/** Whether a text says the first moment of 1970, in UTC or without looking at the zone. */
function isUnixZero(text: string, millis: number, reading: Reading): boolean {
  return millis === earliest || readLocal(text, reading) === earliest;
}

/** The first form that fits decides; its impossible day is not tried with the next. */
function readInstant(text: string, reading: Reading): number | Trouble {
  const isoMatch = new RegExp(`^(?:${iso})$`).exec(text);
  const offset = isoMatch?.[8];
  const local = readLocal(text, reading);
  if (typeof local !== 'number') return local;
  const isIso = isoMatch !== null && reading.dateFormats.includes('ISO');
  if (isIso && offset !== undefined) return local - offsetMillis(offset);
  return instantOfLocal(local, reading.timeZone);
}

function readLocal(text: string, reading: Reading): number | Trouble {
  for (const format of formats(reading)) {
    const local = format === 'ISO' ? readIso(text) : readDateFormat(text, format);
    if (local !== 'form') return local;
  }
  return 'form';
}

function readIso(text: string): number | Trouble {
  const match = new RegExp(`^(?:${iso})$`).exec(text);
  if (match === null) return 'form';
  const [, year, month, day, hour, minute, second, fraction] = match;
  return (
    localMillis({
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      millis: Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
    }) ?? 'impossible'
  );
}

function offsetMillis(offset: string): number {
  if (offset === 'Z' || offset === 'UTC') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function ruleOfForm(text: string, reading: Reading) {
  if (!isIsoAlone(reading)) return 'wrong_date_format';
  return new RegExp(`^(?:${ambiguous})$`).test(text) ? 'ambiguous_date' : 'unknown_date_format';
}

function whyNoDate(text: string, reading: Reading): RefusedWhen[] {
  const isForm = formats(reading)
    .map((format) => (format === 'ISO' ? iso : format.pattern))
    .map((pattern) => `regexp_full_match(${text}, ${literal(pattern)})`)
    .join(' or ');
  const impossible = { when: isForm, rule: 'impossible_date' } as const;
  if (!isIsoAlone(reading)) return [impossible, { when: 'true', rule: 'wrong_date_format' }];
  return [
    impossible,
    { when: `regexp_full_match(${text}, '${ambiguous}')`, rule: 'ambiguous_date' },
    { when: 'true', rule: 'unknown_date_format' },
  ];
}

function latestSql(reading: Reading): string {
  return timestampSql(reading.deliveredAt.getTime() + oneDay);
}

function timestampSql(millis: number): string {
  return `timestamp '${new Date(millis).toISOString().replace('T', ' ').replace('Z', '')}'`;
}

/** The local time that a text says, NULL when it says none. */
function localSql(text: string, reading: Reading): string {
  const isIso = `regexp_full_match(${text}, ${literal(iso)})`;
  if (isIsoAlone(reading)) {
    return `coalesce(${commonIsoSql(text)}, case when ${isIso} then ${anyIsoSql(text)} end)`;
  }
  const branches = formats(reading).map((format) =>
    format === 'ISO'
      ? `when ${isIso} then coalesce(${commonIsoSql(text)}, ${anyIsoSql(text)})`
      : `when regexp_full_match(${text}, ${literal(format.pattern)}) then try_strptime(${text}, ${literal(format.strptime)})`,
  );
  return `case ${branches.join(' ')} end`;
}

/** The two commonest forms, whose length leaves one reading alone: the fast way. */
function commonIsoSql(text: string): string {
  const day = `when 10 then try_strptime(${text}, '%Y-%m-%d')`;
  const second = `when 19 then try_strptime(${text}, '%Y-%m-%d %H:%M:%S')`;
  return `case strlen(${text}) ${second} ${day} end`;
}

function anyIsoSql(text: string): string {
  const part = (group: number, absent: string) =>
    `coalesce(nullif(regexp_extract(${text}, ${literal(iso)}, ${group}), ''), '${absent}')`;
  const millis = `rpad(substr(${part(7, '0')}, 1, 3), 3, '0')`;
  const clock = `${part(4, '00')} || ':' || ${part(5, '00')} || ':' || ${part(6, '00')}`;
  return `try_strptime(substr(${text}, 1, 10) || ' ' || ${clock} || '.' || ${millis}, '%Y-%m-%d %H:%M:%S.%g')`;
}

/** UTC of a local time, by the offset in the text, or by the zone where there is none. */
function instantSql(
  { text, prepared }: { readonly text: string; readonly prepared: string },
  reading: Reading,
): string {
  const atZone = zoneSql(prepared, reading);
  if (!reading.dateFormats.includes('ISO')) return atZone;
  const offset = `regexp_extract(${text}, ${literal(iso)}, 8)`;
  const hours = `cast(substr(${offset}, 2, 2) as bigint)`;
  const minutes = `cast(rpad(substr(replace(${offset}, ':', ''), 4), 2, '0') as bigint)`;
  const east = `cast(substr(${offset}, 1, 1) || '1' as bigint) * (${hours} * 60 + ${minutes})`;
  const isCommon = `strlen(${text}) = 10 or (strlen(${text}) = 19 and substr(${text}, 17, 1) = ':')`;
  return `case when ${isCommon} or ${offset} = '' then ${atZone} when ${offset} in ('Z', 'UTC') then ${prepared} else ${prepared} - to_minutes(${east}) end`;
}

/** The newest changes of the clocks come first, as most times are recent. */
function zoneSql(local: string, { timeZone, deliveredAt }: Reading): string {
  if (timeZone === 'UTC') return local;
  const until = deliveredAt.getTime() + 2 * oneDay;
  const [first, ...changes] = offsetsOf(timeZone, { from: earliest - oneDay, until });
  const branches = changes
    .toReversed()
    .map((change) => `when ${local} >= ${timestampSql(change.localFrom)} then ${change.seconds}`);
  const offset = (first as ZoneOffset).seconds;
  const seconds = branches.length === 0 ? offset : `case ${branches.join(' ')} else ${offset} end`;
  return `(${local} - to_seconds(${seconds}))`;
}
