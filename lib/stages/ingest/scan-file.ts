import { open } from 'node:fs/promises';
import type { Signs } from '../../feeds/signs.ts';
import { literal } from '../../feeds/sql-text.ts';
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
  /** What occurs in each column. */
  readonly signs: readonly Signs[];
  readonly hasLineEnds: boolean;
}

const chunkBytes = 2 ** 18;
/** What the number and the place of a record take at most. */
const prefixBytes = 64;

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
    const { records, ragged: raggedRecords, hasLineEnds } = scanner;
    return { records, ragged: raggedRecords, signs: scanner.signs.list(), hasLineEnds };
  } finally {
    await Promise.all([input.close(), numbered.close(), ragged.close()]);
  }
}

interface NumberedRecords {
  readonly dialect: Dialect;
  readonly fields: number;
  readonly recordBytes: number;
  readonly hasLineEnds: boolean;
}

/**
 * SQL of the records that `scanFile` numbered: `record_number`, `byte_offset`, `f0`, `f1`, …
 * Everything is explicit: no guessing, no tolerance. Where fields hold line ends one thread reads.
 */
export function numberedRecordsSql(path: string, records: NumberedRecords): string {
  const { delimiter, quote } = records.dialect;
  const names = Array.from({ length: records.fields }, (_, i) => `'f${i}': 'varchar'`);
  const options = [
    literal(path),
    `columns = {'record_number': 'bigint', 'byte_offset': 'bigint', ${names.join(', ')}}`,
    'auto_detect = false, header = false, strict_mode = true, null_padding = false',
    `delim = ${literal(delimiter)}, quote = ${literal(quote ?? '')}, escape = ${literal(quote ?? '')}`,
    `new_line = '\\n', max_line_size = ${records.recordBytes + prefixBytes}, parallel = ${!records.hasLineEnds}`,
  ];
  return `select * from read_csv(${options.join(', ')})`;
}
