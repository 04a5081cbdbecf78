import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Signs } from '../../feeds/signs.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { Dialect } from './csv-dialect.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { FileRecords, ReadRecords } from './file-records.ts';
import { setAsideLine } from './set-aside.ts';

const chunkBytes = 2 ** 18;
/** Holds several of the longest records; larger ones only cost memory. */
const engineBufferBytes = 2 ** 22;
/** What the number and the place of a record take at most. */
const prefixBytes = 64;

/** The records of a CSV file. Fails with a RefusedFile on structural damage. */
export async function csvRecords(options: ReadRecords): Promise<FileRecords> {
  const { engine, path, resolved, limits } = options;
  const { dialect, names, ends } = resolved.header;
  const numberedPath = join(engine.folder, 'numbered.csv');
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  const shape = { dialect, fields: names.length, recordBytes: limits.recordBytes };
  const scan = await scanCsv({ ...shape, path, from: ends, numberedPath, setAsidePath });
  return {
    records: scan.records,
    setAside: scan.ragged,
    setAsidePath,
    columns: { headers: names, signs: scan.signs },
    sql: numberedSql(numberedPath, { ...shape, hasLineEnds: scan.hasLineEnds }),
    rawRecord: `array_to_string(list_transform(fields, lambda field: coalesce(field, '')), ${literal(dialect.delimiter)})`,
  };
}

interface Shape {
  readonly dialect: Dialect;
  readonly fields: number;
  readonly recordBytes: number;
}

interface ScanFile extends Shape {
  readonly path: string;
  /** Where its records begin. */
  readonly from: number;
  /** Where the records go: number, place in the file, then the fields as they stood, a line each. */
  readonly numberedPath: string;
  readonly setAsidePath: string;
}

/** What the structure of a file is: the count that the engine's must meet. */
export interface Scan {
  readonly records: number;
  readonly ragged: number;
  /** What occurs in each column. */
  readonly signs: readonly Signs[];
  readonly hasLineEnds: boolean;
}

/** Numbers the records of a CSV file. Fails with a RefusedFile on structural damage. */
export async function scanCsv(options: ScanFile): Promise<Scan> {
  const input = await open(options.path);
  const numbered = await open(options.numberedPath, 'w');
  const setAside = await open(options.setAsidePath, 'w');
  try {
    const scanner = new CsvScanner({ ...options, chunkBytes }, options.from);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const drain = async () => {
      await scanner.drain((lines) => numbered.write(lines));
      if (scanner.setAside.length > 0)
        await setAside.write(scanner.setAside.map(setAsideLine).join(''));
      scanner.setAside = [];
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
    const { records, ragged, hasLineEnds } = scanner;
    return { records, ragged, signs: scanner.signs.list(), hasLineEnds };
  } finally {
    await Promise.all([input.close(), numbered.close(), setAside.close()]);
  }
}

/**
 * SQL of numbered lines. Everything is explicit: no guessing, no tolerance. Where fields hold line
 * ends one thread reads.
 */
export function numberedSql(
  path: string,
  shape: Shape & { readonly hasLineEnds: boolean },
): string {
  const { delimiter, quote } = shape.dialect;
  const names = Array.from({ length: shape.fields }, (_, i) => `'f${i}': 'varchar'`);
  const options = [
    literal(path),
    `columns = {'record_number': 'bigint', 'byte_offset': 'bigint', ${names.join(', ')}}`,
    'auto_detect = false, header = false, strict_mode = true, null_padding = false',
    `delim = ${literal(delimiter)}, quote = ${literal(quote ?? '')}, escape = ${literal(quote ?? '')}`,
    `new_line = '\\n', buffer_size = ${engineBufferBytes}, max_line_size = ${shape.recordBytes + prefixBytes}, parallel = ${!shape.hasLineEnds}`,
  ];
  return `select * from read_csv(${options.join(', ')})`;
}
