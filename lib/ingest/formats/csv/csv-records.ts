import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Signs } from '../../../feeds/signs.ts';
import { literal } from '../../../feeds/sql-text.ts';
import type { FileRecords, RecordReader } from '../format.ts';
import { type NumberedShape, numberedSql } from '../numbered-sql.ts';
import { setAsideLine } from '../set-aside.ts';
import { CsvScanner } from './csv-scanner.ts';

const chunkBytes = 2 ** 18;
/** Lines that are loaded together. */
const segmentBytes = 2 ** 25;

/** The records of a CSV file. Fails with a RefusedFile on structural damage. */
export const csvRecords: RecordReader = async ({ engine, path, header, limits }, load) => {
  const { dialect, names, ends } = header;
  const shape = { dialect, fields: names.length, recordBytes: limits.recordBytes };
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  const scan = scanCsv({ ...shape, path, from: ends, folder: engine.folder, setAsidePath });
  for (;;) {
    const { value, done } = await scan.next();
    if (done === true) return { ...value, setAsidePath };
    await load({
      records: value.records,
      columns: { headers: names, signs: value.signs },
      sql: numberedSql(value.path, shape),
      rawRecord: `array_to_string(list_transform(fields, lambda field: coalesce(field, '')), ${literal(dialect.delimiter)})`,
      path: value.path,
    });
  }
};

interface ScanFile extends NumberedShape {
  readonly path: string;
  /** Where its records begin. */
  readonly from: number;
  /** Where the segments go. */
  readonly folder: string;
  readonly setAsidePath: string;
}

/** Numbered lines: record number, place in the file, then the fields as they stood. */
export interface ScannedSegment {
  readonly path: string;
  readonly records: number;
  /** What occurs in each column, up to here. */
  readonly signs: readonly Signs[];
}

/**
 * Numbers the records of a CSV file and cuts them into segments, so that one can be loaded while
 * the next is scanned. Fails with a RefusedFile on structural damage.
 */
export async function* scanCsv(
  options: ScanFile,
): AsyncGenerator<ScannedSegment, Omit<FileRecords, 'setAsidePath'>> {
  const input = await open(options.path);
  const setAside = await open(options.setAsidePath, 'w');
  const scanner = new CsvScanner({ ...options, chunkBytes }, options.from);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let segments = 0;
  let scanned = 0;
  let at = options.from;
  try {
    for (let isEnd = false; !isEnd; ) {
      const path = join(options.folder, `numbered-${segments}.csv`);
      const numbered = await open(path, 'w');
      let bytes = 0;
      const drain = async () => {
        await scanner.drain(async (lines) => {
          await numbered.write(lines);
          bytes += lines.length;
        });
        await setAside.write(scanner.setAside.map(setAsideLine).join(''));
        scanner.setAside = [];
      };
      try {
        while (!isEnd && bytes < segmentBytes) {
          const { bytesRead } = await input.read(chunk, 0, chunkBytes, at);
          isEnd = bytesRead === 0;
          if (isEnd) scanner.finish(at);
          else scanner.scan(chunk.subarray(0, bytesRead), at);
          at += bytesRead;
          if (isEnd || scanner.isFull) await drain();
        }
      } finally {
        await numbered.close();
      }
      segments += 1;
      const kept = scanner.records - scanner.ragged;
      yield { path, records: kept - scanned, signs: scanner.signs.list() };
      scanned = kept;
    }
  } finally {
    await Promise.all([input.close(), setAside.close()]);
  }
  return { records: scanner.records, setAside: scanner.ragged };
}
