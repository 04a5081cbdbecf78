import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { hints, type Rule } from '../../feeds/rules.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { quarantine } from '../../tables/quarantine.ts';
import { type FormatName, formats } from '../formats/all.ts';
import type { FileRecords } from '../formats/format.ts';
import { writeParquet } from '../formats/parquet-rows.ts';
import { setAsideSql } from '../formats/set-aside.ts';
import type { IngestLimits } from '../limits.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Resolved } from '../resolve-mapping.ts';
import type { Problem } from '../services.ts';
import { countRecords, isEveryRecord } from './record-counts.ts';
import { type LoadedSegments, SegmentLoader } from './segment-loader.ts';

interface LoadFile {
  readonly engine: FileEngine;
  readonly format: FormatName;
  /** The content, inflated; text in UTF-8. */
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
  const [file, loaded] = await readAll(options);
  await engine.run(createOthers(loaded.othersPaths));
  if (file.setAside > 0) await engine.run(insertSetAside(file.setAsidePath, limits.recordBytes));
  // Places in a text of another encoding are unknown: the scan saw its UTF-8 form.
  if (resolved.mapping.encoding !== 'utf-8') {
    await engine.run('update others set byte_offset = null');
  }
  const others = await countRecords(engine, 'others');
  if (!isEveryRecord(file.records, loaded.accepted, others)) {
    throw new RefusedFile('count_differs', { recordsIn: file.records });
  }

  const ignoredByReason = await countIgnored(engine, resolved);
  const quarantinedByRule = await countRefused(engine);
  const ignored = total(ignoredByReason);
  const quarantined = others.records - ignored;
  const problems = await firstProblems(engine, limits.problems);
  const counts = {
    recordsIn: file.records,
    ignored,
    ignoredByReason,
    quarantined,
    quarantinedByRule,
  };
  if (file.records >= limits.shareFrom && quarantined > options.refusedShare * file.records) {
    throw new RefusedFile('too_many_refused', {
      recordsIn: file.records,
      advice: `${quarantined} of ${file.records} records are refused (${describe(quarantinedByRule)}).`,
      problems,
    });
  }
  const quarantinePath = quarantined > 0 ? join(engine.folder, 'quarantine.parquet') : null;
  if (quarantinePath !== null) {
    await writeParquet(engine, quarantineSql(options), quarantinePath);
  }
  return {
    ...counts,
    accepted: loaded.accepted.records,
    problems,
    acceptedPaths: loaded.acceptedPaths,
    quarantinePath,
  };
}

async function readAll(options: LoadFile): Promise<[FileRecords, LoadedSegments]> {
  const loader = new SegmentLoader(options);
  try {
    const { header, isContract: isClosed } = options.resolved;
    const read = formats[options.format].records;
    const file = await read({ ...options, header, isClosed }, (segment) => loader.add(segment));
    return [file, await loader.finish()];
  } finally {
    await loader.settle();
  }
}

/** The records that were not accepted, in a table of their own. */
function createOthers(paths: readonly string[]): string {
  const columns =
    'record_number bigint, byte_offset bigint, ignored integer, column_name varchar, rule varchar, raw_record varchar';
  const create = `create or replace temp table others (${columns})`;
  if (paths.length === 0) return create;
  return `${create}; insert into others select * from read_parquet([${paths.map(literal).join(', ')}])`;
}

function insertSetAside(path: string, recordBytes: number): string {
  return `insert into others select record_number, byte_offset, null, null, rule, raw_record from (${setAsideSql(path, recordBytes)})`;
}

async function countIgnored(
  engine: FileEngine,
  { mapping }: Resolved,
): Promise<Record<string, number>> {
  const rows = await engine.read(
    'select ignored, count(*) as records from others where ignored is not null group by ignored order by ignored',
  );
  const counts: Record<string, number> = {};
  for (const { ignored, records } of rows) {
    const reason = mapping.ignore[ignored as number]?.reason as string;
    counts[reason] = (counts[reason] ?? 0) + (records as number);
  }
  return counts;
}

async function countRefused(engine: FileEngine): Promise<Record<string, number>> {
  const rows = await engine.read(
    'select rule, count(*) as records from others where ignored is null group by rule order by rule',
  );
  return Object.fromEntries(rows.map(({ rule, records }) => [rule as string, records as number]));
}

async function firstProblems(engine: FileEngine, most: number): Promise<Problem[]> {
  const rows = await engine.read(
    `select record_number, byte_offset, column_name, rule from others where ignored is null order by record_number limit ${most}`,
  );
  return rows.map((row) => ({
    recordNumber: row.record_number as number,
    byteOffset: row.byte_offset as number | null,
    column: row.column_name as string | null,
    rule: row.rule as Rule,
    hint: hints[row.rule as Rule],
  }));
}

function quarantineSql({ resolved, loadId }: LoadFile): string {
  const given: Readonly<Record<string, string>> = {
    load_id: literal(loadId),
    feed: literal(resolved.feed.name),
    source: literal(resolved.source),
  };
  const columns = Object.keys(quarantine.columns).map(
    (column) => `${given[column] ?? column} as ${column}`,
  );
  const advice = Object.entries(hints).map(([rule, hint]) => `('${rule}', ${literal(hint)})`);
  return `select ${columns.join(', ')} from others join (values ${advice.join(', ')}) as advice(rule, hint) using (rule) where ignored is null order by record_number`;
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
