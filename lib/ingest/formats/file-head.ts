import { open } from 'node:fs/promises';
import type { FeedMapping } from '../../feeds/mapping.ts';
import { RefusedFile } from '../refused-file.ts';

export type Encoding = FeedMapping['encoding'];

/** Beginnings of files that are no UTF-8 text, and what to tell of them. */
const notText: readonly (readonly [bytes: readonly number[], advice: string])[] = [
  [[0x1f, 0x8b], 'This is a gzip file: add .gz to its name.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'This is a workbook (or a zip archive): open it and save the sheet as "CSV UTF-8".',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'This is an old workbook: open it and save the sheet as "CSV UTF-8".'],
  [[0x50, 0x41, 0x52, 0x31], 'This is a Parquet file: name it .parquet.'],
  [[0x25, 0x50, 0x44, 0x46], 'This is a PDF.'],
  [[0x42, 0x5a, 0x68], 'This is a bzip2 file: inflate it, or compress it with gzip.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'This is an xz file: inflate it, or compress it with gzip.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'This is a zstd file: inflate it, or compress it with gzip.'],
];

/** What a server answers where it cannot give the file, saved under the file's name. */
const webPage = /^\s*<(!doctype|html|[?]xml)/i;

/** Marks that say how a text is encoded, whatever is declared. */
const byteOrderMarks: readonly (readonly [bytes: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** The encoding of a text: what its byte order mark says, else what is declared. */
export function encodingOf(bytes: Buffer, declared: Encoding): Encoding {
  const found = byteOrderMarks.find(([mark]) => beginsWith(bytes, mark));
  return found?.[1] ?? declared;
}

function beginsWith(bytes: Buffer, beginning: readonly number[]): boolean {
  return bytes.subarray(0, beginning.length).equals(Buffer.from(beginning));
}

/** The beginning of a file, from which its header is read. */
export interface FileHead {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** Fails with a RefusedFile when the file is empty. */
export async function readFileHead(path: string, headBytes: number): Promise<FileHead> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    if (bytesRead === 0) throw new RefusedFile('empty_file', { byteOffset: 0 });
    return { bytes: buffer.subarray(0, bytesRead), isWhole: bytesRead < headBytes };
  } finally {
    await file.close();
  }
}

/** The beginning of a text in UTF-8. */
export interface TextHead extends FileHead {
  /** Where the header begins, after a byte order mark and blank lines. */
  readonly begins: number;
}

/** Tab, line ends and space. */
const blanks: readonly number[] = [9, 10, 13, 32];

/** Fails with a RefusedFile when the file is evidently no text in that encoding, or empty. */
export function textHead(head: FileHead, declared: Encoding): TextHead {
  const encoding = encodingOf(head.bytes, declared);
  if (encoding === 'utf-8') {
    const found = notText.find(([beginning]) => beginsWith(head.bytes, beginning));
    const isWebPage = webPage.test(head.bytes.subarray(0, 100).toString('latin1'));
    const advice = isWebPage
      ? 'This is a web page or XML, most often an error message.'
      : found?.[1];
    if (advice !== undefined) throw new RefusedFile('not_text', { byteOffset: 0, advice });
  }
  const bytes = encoding === 'utf-8' ? head.bytes : decodedHead(head, encoding);
  const isMarked = beginsWith(bytes, [0xef, 0xbb, 0xbf]);
  let begins = isMarked ? 3 : 0;
  while (begins < bytes.length && (bytes[begins] === 10 || bytes[begins] === 13)) begins += 1;
  const isBlank = head.isWhole && !bytes.subarray(begins).some((byte) => !blanks.includes(byte));
  if (begins === bytes.length || isBlank) throw new RefusedFile('empty_file', { byteOffset: 0 });
  return { bytes, begins, isWhole: head.isWhole };
}

function decodedHead({ bytes, isWhole }: FileHead, encoding: Encoding): Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    return Buffer.from(decoder.decode(bytes, { stream: !isWhole }));
  } catch (error) {
    if (error instanceof TypeError) throw new RefusedFile('wrong_encoding', { byteOffset: 0 });
    throw error;
  }
}
