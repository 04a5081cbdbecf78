import { cleanText } from '../../../feeds/clean.ts';
import { RefusedFile } from '../../refused-file.ts';
import type { Dialect } from '../dialect.ts';
import { readFileHead, type TextHead, textHead } from '../file-head.ts';
import type { HeaderReader } from '../format.ts';
import type { Header } from '../header.ts';
import { firstInvalidUtf8 } from '../utf8.ts';
import { splitRecord } from './csv-fields.ts';

/** What may separate fields where the mapping does not say it. */
const evidentDelimiters = [',', ';', '\t', '|'] as const;

/** One header for each delimiter that may be meant: the declared one, or those that are evident. */
export const csvHeaders: HeaderReader = async ({ path, limits }) => {
  const head = await readFileHead(path, limits.recordBytes);
  return (mapping) => {
    const text = textHead(head, mapping?.encoding ?? 'utf-8');
    const quote = mapping === null ? '"' : mapping.quote;
    const delimiters = mapping?.delimiter === undefined ? evidentDelimiters : [mapping.delimiter];
    const below = belowLines(text, mapping?.skip_lines ?? 0);
    return delimiters.map((delimiter) => readHeader(below, { delimiter, quote }));
  };
};

/** The head from below some lines; empty lines are not counted. */
function belowLines(head: TextHead, lines: number): TextHead {
  const isEnd = (at: number) => head.bytes[at] === 10 || head.bytes[at] === 13;
  let { begins } = head;
  for (let skipped = 0; skipped < lines; skipped += 1) {
    while (begins < head.bytes.length && !isEnd(begins)) begins += 1;
    while (begins < head.bytes.length && isEnd(begins)) begins += 1;
  }
  if (begins === head.bytes.length) throw new RefusedFile('empty_file', { byteOffset: begins });
  return { ...head, begins };
}

function readHeader(head: TextHead, dialect: Dialect): Header {
  const quote = dialect.quote?.charCodeAt(0);
  let isQuoted = false;
  let end = head.begins;
  for (; end < head.bytes.length; end += 1) {
    const byte = head.bytes[end];
    if (byte === quote) isQuoted = !isQuoted;
    else if (byte === 0) throw new RefusedFile('nul_byte', { byteOffset: end });
    else if (!isQuoted && (byte === 10 || byte === 13)) break;
  }
  if (end === head.bytes.length && !head.isWhole) {
    throw new RefusedFile('oversize_record', { byteOffset: head.begins });
  }
  if (isQuoted) throw new RefusedFile('unclosed_quote', { byteOffset: head.begins });
  const record = head.bytes.subarray(head.begins, end);
  const valid = firstInvalidUtf8(record);
  if (valid < record.length) {
    throw new RefusedFile('wrong_encoding', { byteOffset: head.begins + valid });
  }
  const names = splitRecord(record.toString('utf8'), dialect).map((name) => cleanText(name) ?? '');
  return { names, dialect, ends: end, isOpen: false, rare: [] };
}
