import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { headersOf } from '../../feeds/mapping.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { type FormatName, formats } from '../formats/all.ts';
import type { FileRecords } from '../formats/format.ts';
import { writeParquet } from '../formats/parquet-rows.ts';
import { utf8Text } from '../formats/utf8-text.ts';
import type { IngestLimits } from '../limits.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Resolved } from '../resolve-mapping.ts';
import type { Problem } from '../services.ts';
import { countByWord } from './accepted-words.ts';
import {
  countEmptied,
  countIgnored,
  countRefused,
  createOthers,
  firstProblems,
  quarantineSql,
} from './others-table.ts';
import { countRecords, isEveryRecord } from './record-counts.ts';
import { type LoadedSegments, SegmentLoader } from './segment-loader.ts';
import { refuseWrongColumn } from './wrong-column.ts';

interface LoadFile {
  readonly engine: FileEngine;
  readonly format: FormatName;
  /** The content, inflated. */
  readonly path: string;
  readonly resolved: Resolved;
  readonly limits: IngestLimits;
  readonly reading: Reading;
  readonly loadId: string;
  /** The greatest share of refused records that a file may have. */
  readonly refusedShare: number;
}

/** What was made of a file's records; paths are local, null where there is nothing to store. */
export interface LoadedFile {
  readonly recordsIn: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
  readonly ignoredByReason: Readonly<Record<string, number>>;
  readonly quarantinedByRule: Readonly<Record<string, number>>;
  /** Values that could not be read and were left out of accepted records. */
  readonly valuesDropped: number;
  /** Fields of accepted records whose word means nothing. */
  readonly wordsEmptied: number;
  /** Accepted records by what their status means, and by currency; empty: none is given. */
  readonly acceptedByStatus: Readonly<Record<string, number>>;
  readonly acceptedByCurrency: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
  /** In the order of the records. */
  readonly acceptedPaths: readonly string[];
  readonly quarantinePath: string | null;
}

/**
 * Splits the records of a file into accepted, refused and ignored ones, and writes them as Parquet
 * next to it. Fails with a RefusedFile when the file must be refused whole.
 */
export async function loadFile(options: LoadFile): Promise<LoadedFile> {
  const { engine, resolved, limits } = options;
  const isText = options.format !== 'parquet';
  const text = isText ? await utf8Text(options.path, resolved.mapping.encoding) : options;
  const [file, loaded] = await readAll({ ...options, path: text.path });
  await createOthers(engine, loaded.othersPaths, {
    path: file.setAsidePath,
    records: file.setAside,
    recordBytes: limits.recordBytes,
  });
  // Places in a text of another encoding are unknown: the scan saw its UTF-8 form.
  if ('isCopy' in text && text.isCopy) await engine.run('update others set byte_offset = null');
  const others = await countRecords(
    engine,
    "(select record_number from others where kind in ('ignored', 'refused'))",
  );
  if (!isEveryRecord(file.records, loaded.accepted, others)) {
    throw new RefusedFile('count_differs', { recordsIn: file.records });
  }

  const ignoredByReason = await countIgnored(engine, resolved);
  const quarantinedByRule = await countRefused(engine);
  const quarantined = total(quarantinedByRule);
  const problems = await firstProblems(engine, limits.problems);
  const { acceptedPaths } = loaded;
  if (file.records >= limits.shareFrom && quarantined > options.refusedShare * file.records) {
    throw new RefusedFile('too_many_refused', {
      recordsIn: file.records,
      advice: `${quarantined} of ${file.records} records are refused (${describe(quarantinedByRule)}).`,
      problems,
    });
  }
  const dropped = await refuseWrongColumn(engine, acceptedPaths, {
    share: options.refusedShare,
    from: limits.shareFrom,
    recordsIn: file.records,
    problems,
  });
  const valuesDropped = dropped.reduce((sum, { values }) => sum + values, 0);
  const isQuarantined = quarantined + valuesDropped > 0;
  const quarantinePath = isQuarantined ? join(engine.folder, 'quarantine.parquet') : null;
  if (quarantinePath !== null) {
    await writeParquet(engine, quarantineSql(resolved, options.loadId), quarantinePath);
  }
  const { feed } = resolved;
  return {
    recordsIn: file.records,
    accepted: loaded.accepted.records,
    quarantined,
    quarantinedByRule,
    ignored: total(ignoredByReason),
    ignoredByReason,
    valuesDropped,
    wordsEmptied: await countEmptied(engine),
    acceptedByStatus: await countByWord(engine, acceptedPaths, { feed, column: 'status' }),
    acceptedByCurrency: await countByWord(engine, acceptedPaths, { feed, column: 'currency' }),
    problems,
    acceptedPaths,
    quarantinePath,
  };
}

async function readAll(options: LoadFile): Promise<[FileRecords, LoadedSegments]> {
  const loader = new SegmentLoader(options);
  try {
    const { header, isContract: isClosed, mapping } = options.resolved;
    const read = headersOf(mapping);
    const file = await formats[options.format].records(
      { ...options, header, read, isClosed },
      (segment) => loader.add(segment),
    );
    return [file, await loader.finish()];
  } finally {
    await loader.settle();
  }
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function describe(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([rule, count]) => `${rule}: ${count}`)
    .join(', ');
}
