import { open } from 'node:fs/promises';
import { cleanText } from '../../feeds/clean.ts';
import type { Dialect } from './csv-dialect.ts';
import { splitRecord } from './csv-fields.ts';
import { RefusedFile } from './refused-file.ts';
import { firstInvalidUtf8 } from './utf8.ts';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Beginnings of files that are no text, and what to tell of them. */
const notText: readonly (readonly [bytes: readonly number[], advice: string])[] = [
  [[0x1f, 0x8b], 'This is a gzip file: name it .csv.gz.'],
  [[0x50, 0x4b], 'This is a workbook or a zip archive.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'This is an old workbook.'],
  [[0x50, 0x41, 0x52, 0x31], 'This is a Parquet file.'],
  [[0xff, 0xfe], 'This is UTF-16: set "encoding": "utf-16le" for its source.'],
  [[0xfe, 0xff], 'This is UTF-16: set "encoding": "utf-16be" for its source.'],
];

/** The beginning of a text file, from which its header is read. */
export interface FileHead {
  readonly bytes: Buffer;
  /** Bytes of the byte order mark and blank lines that stand before the header. */
  readonly begins: number;
  readonly isWhole: boolean;
}

/** Fails with a RefusedFile when the file is empty or evidently no text. */
export async function readHead(path: string, recordBytes: number): Promise<FileHead> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(recordBytes);
    const { bytesRead } = await file.read(buffer, 0, recordBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    for (const [beginning, advice] of notText) {
      if (bytes.subarray(0, beginning.length).equals(Buffer.from(beginning))) {
        throw new RefusedFile('not_text', { byteOffset: 0, advice });
      }
    }
    let begins = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    while (begins < bytes.length && (bytes[begins] === 10 || bytes[begins] === 13)) begins += 1;
    if (begins === bytes.length) throw new RefusedFile('empty_file', { byteOffset: 0 });
    return { bytes, begins, isWhole: bytesRead < recordBytes };
  } finally {
    await file.close();
  }
}

/** The header of a file, read with a dialect. */
export interface Header {
  readonly dialect: Dialect;
  /** Cleaned; empty where a column has no name. */
  readonly names: readonly string[];
  /** Where the records begin. */
  readonly ends: number;
}

/** Fails with a RefusedFile when the header is no UTF-8, holds NUL, or has no end. */
export function readHeader(head: FileHead, dialect: Dialect): Header {
  const quote = dialect.quote?.charCodeAt(0);
  let isQuoted = false;
  let end = head.begins;
  for (; end < head.bytes.length; end += 1) {
    const byte = head.bytes[end];
    if (byte === quote) isQuoted = !isQuoted;
    else if (byte === 0) throw new RefusedFile('nul_byte', { byteOffset: end });
    else if (!isQuoted && (byte === 10 || byte === 13)) break;
  }
  if (isQuoted) throw new RefusedFile('unclosed_quote', { byteOffset: head.begins });
  if (end === head.bytes.length && !head.isWhole) {
    throw new RefusedFile('oversize_record', { byteOffset: head.begins });
  }
  const record = head.bytes.subarray(head.begins, end);
  const valid = firstInvalidUtf8(record);
  if (valid < record.length) {
    throw new RefusedFile('wrong_encoding', { byteOffset: head.begins + valid });
  }
  const names = splitRecord(record.toString('utf8'), dialect).map(
    (field) => cleanText(field) ?? '',
  );
  return { dialect, names, ends: end };
}
