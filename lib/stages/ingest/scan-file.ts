import { open } from 'node:fs/promises';
import type { Dialect } from './csv-dialect.ts';
import { CsvScanner } from './csv-scanner.ts';

interface ScanFile {
  /** The content, inflated, in UTF-8. */
  readonly path: string;
  /** Where its records begin. */
  readonly from: number;
  readonly dialect: Dialect;
  readonly fields: number;
  readonly recordBytes: number;
  /** Where the records go: number, place in the file, then the fields as they stood, a line each. */
  readonly numberedPath: string;
  /** Where the ragged records go. */
  readonly raggedPath: string;
}

/** What the structure of a file is: the counts that the engine's must meet. */
export interface Scan {
  readonly records: number;
  readonly ragged: number;
  readonly isPlain: boolean;
  readonly hasLineEnds: boolean;
}

const chunkBytes = 2 ** 18;

/** Numbers the records of a CSV file. Fails with a RefusedFile on structural damage. */
export async function scanFile(options: ScanFile): Promise<Scan> {
  const input = await open(options.path);
  const numbered = await open(options.numberedPath, 'w');
  const ragged = await open(options.raggedPath, 'w');
  try {
    const scanner = new CsvScanner({ ...options, chunkBytes }, options.from);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const drain = async () => {
      await scanner.drain((lines) => numbered.write(lines));
      if (scanner.raggedLines.length > 0) await ragged.write(scanner.raggedLines.join(''));
      scanner.raggedLines = [];
    };
    let at = options.from;
    for (;;) {
      const { bytesRead } = await input.read(chunk, 0, chunkBytes, at);
      if (bytesRead === 0) break;
      scanner.scan(chunk.subarray(0, bytesRead), at);
      at += bytesRead;
      if (scanner.isFull) await drain();
    }
    scanner.finish(at);
    await drain();
    const { records, isPlain, hasLineEnds } = scanner;
    return { records, ragged: scanner.ragged, isPlain, hasLineEnds };
  } finally {
    await Promise.all([input.close(), numbered.close(), ragged.close()]);
  }
}
