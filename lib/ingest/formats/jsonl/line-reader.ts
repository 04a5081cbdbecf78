import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { RefusedFile } from '../../refused-file.ts';
import { firstInvalidUtf8 } from '../utf8.ts';

interface LineFile {
  readonly path: string;
  readonly from: number;
  readonly recordBytes: number;
}

/** A line that is not blank. */
export interface Line {
  /** From 1, blank lines not counted. */
  readonly number: number;
  readonly offset: number;
  readonly text: string;
}

const chunkBytes = 2 ** 18;

/**
 * The lines of a text file, in batches.
 * Fails with a RefusedFile on a line that is too long, holds NUL or is no UTF-8.
 */
export async function* readLines(options: LineFile): AsyncGenerator<readonly Line[]> {
  const file = await open(options.path);
  try {
    const buffer = Buffer.allocUnsafe(options.recordBytes + chunkBytes);
    let kept = 0;
    let offset = options.from;
    let count = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, chunkBytes, offset + kept);
      const isEnd = bytesRead === 0;
      const filled = buffer.subarray(0, kept + bytesRead);
      const end = isEnd ? filled.length : filled.lastIndexOf(10) + 1;
      const lines: Line[] = [];
      for (let at = 0; at < end; ) {
        const feed = filled.indexOf(10, at);
        const stop = feed === -1 ? end : feed;
        const bytes = filled.subarray(at, stop);
        checkLine(bytes, { recordNumber: count + 1, byteOffset: offset + at, ...options });
        const text = bytes.toString('utf8');
        if (text.trim() !== '') {
          count += 1;
          lines.push({ number: count, offset: offset + at, text });
        }
        at = stop + 1;
      }
      yield lines;
      if (isEnd) return;
      kept = filled.length - end;
      filled.copyWithin(0, end);
      offset += end;
      if (kept > options.recordBytes) {
        throw new RefusedFile('oversize_record', placeOf(count + 1, offset));
      }
    }
  } finally {
    await file.close();
  }
}

function placeOf(recordNumber: number, byteOffset: number) {
  return { recordNumber, byteOffset, recordsIn: recordNumber };
}

function checkLine(
  bytes: Buffer,
  place: {
    readonly recordNumber: number;
    readonly byteOffset: number;
    readonly recordBytes: number;
  },
): void {
  const { recordNumber, byteOffset, recordBytes } = place;
  if (bytes.length > recordBytes) {
    throw new RefusedFile('oversize_record', placeOf(recordNumber, byteOffset));
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1) throw new RefusedFile('nul_byte', placeOf(recordNumber, byteOffset + nul));
  if (isUtf8(bytes)) return;
  const at = byteOffset + firstInvalidUtf8(bytes);
  throw new RefusedFile('wrong_encoding', placeOf(recordNumber, at));
}
