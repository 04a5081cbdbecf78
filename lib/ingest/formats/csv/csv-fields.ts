import type { Dialect } from '../dialect.ts';

/** The fields of one record that is known to be well formed, without their quotes. */
export function splitRecord(record: string, { delimiter, quote }: Dialect): string[] {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const isQuoted = quote !== null && record[at] === quote;
    const end = isQuoted ? closingQuote(record, at, quote) + 1 : nextOrEnd(record, delimiter, at);
    const text = record.slice(at, end);
    fields.push(isQuoted ? text.slice(1, -1).replaceAll(quote + quote, quote) : text);
    if (end >= record.length) return fields;
    at = end + 1;
  }
}

/** A field as it must stand in a record, always in quotes. */
export function quoteField(text: string, { quote }: Dialect): string {
  return quote === null ? text : quote + text.replaceAll(quote, quote + quote) + quote;
}

function closingQuote(record: string, opening: number, quote: string): number {
  let at = opening + 1;
  while (at < record.length) {
    if (record[at] !== quote) at += 1;
    else if (record[at + 1] === quote) at += 2;
    else return at;
  }
  return record.length;
}

function nextOrEnd(record: string, delimiter: string, from: number): number {
  const at = record.indexOf(delimiter, from);
  return at === -1 ? record.length : at;
}
