import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { hints } from '../../feeds/rules.ts';
import { sqlFunctions } from '../../feeds/sql-functions.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { quarantine } from '../../tables/quarantine.ts';
import { type Check, checkSql } from './check-sql.ts';
import { csvRecords } from './csv-records.ts';
import type { FileFormat } from './drop-key.ts';
import type { FileRecords, ReadRecords } from './file-records.ts';
import { jsonlRecords } from './jsonl-records.ts';
import { parquetRecords } from './parquet-records.ts';
import { writeParquet } from './parquet-rows.ts';
import { RefusedFile } from './refused-file.ts';
import type { Resolved } from './resolve-mapping.ts';
import type { Problem } from './services.ts';
import { setAsideRules, setAsideSql } from './set-aside.ts';

interface LoadFile extends ReadRecords {
  readonly format: FileFormat;
  readonly reading: Reading;
  readonly loadId: string;
  /** The greatest share of refused records that a file may have. */
  readonly refusedShare: number;
}

const recordReaders: Readonly<Record<FileFormat, (options: ReadRecords) => Promise<FileRecords>>> =
  {
    csv: csvRecords,
    jsonl: jsonlRecords,
    parquet: parquetRecords,
  };

/** What was made of a file's records; paths are local, null where there is nothing to store. */
export interface LoadedFile {
  readonly recordsIn: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
  readonly ignoredByReason: Readonly<Record<string, number>>;
  readonly quarantinedByRule: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
  readonly acceptedPath: string | null;
  readonly quarantinePath: string | null;
}

/**
 * Splits the records of a file into accepted, refused and ignored ones, and writes them as Parquet
 * next to it. Fails with a RefusedFile when the file must be refused whole.
 */
export async function loadFile(options: LoadFile): Promise<LoadedFile> {
  const { engine, resolved, limits } = options;
  const file = await recordReaders[options.format](options);
  const sql = checkSql({
    feed: resolved.feed,
    mapping: resolved.mapping,
    reading: options.reading,
    columns: file.columns,
    records: file.sql,
    source: resolved.source,
    loadId: options.loadId,
  });
  const checks: readonly Check[] = [
    ...sql.checks,
    ...setAsideRules.map((rule) => ({ column: null, rule })),
  ];
  for (const [name, compute] of Object.entries(sqlFunctions)) engine.define(name, compute);
  const acceptedPath = join(engine.folder, 'accepted.parquet');
  await writeParquet(engine, sql.accepted, acceptedPath);
  const inAccepted = await countNumbers(engine, `read_parquet(${literal(acceptedPath)})`);
  await engine.run(othersTable);
  await engine.run(reasonsTable(checks));
  if (file.setAside > 0)
    await engine.run(insertSetAside(setAsideSql(file.setAsidePath, limits.recordBytes)));
  if (inAccepted.records < file.records - file.setAside) {
    await engine.run(insertOthers(sql.others, file.rawRecord));
  }
  // Places in a text of another encoding are unknown: the scan saw its UTF-8 form.
  if (resolved.mapping.encoding !== 'utf-8')
    await engine.run('update others set byte_offset = null');
  const inOthers = await countNumbers(engine, 'others');
  checkCounts(file.records, inAccepted, inOthers);

  const ignoredByReason = await countIgnored(engine, resolved);
  const quarantinedByRule = await countRefused(engine, checks);
  const ignored = total(ignoredByReason);
  const quarantined = inOthers.records - ignored;
  const problems = await firstProblems(engine, checks, limits.problems);
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
    accepted: inAccepted.records,
    problems,
    acceptedPath: inAccepted.records > 0 ? acceptedPath : null,
    quarantinePath,
  };
}

const othersTable = `create or replace temp table others (record_number bigint, byte_offset bigint, ignored integer, check_number integer, raw_record varchar)`;

/** What each check number means. */
function reasonsTable(checks: readonly Check[]): string {
  const rows = checks.map(
    ({ column, rule }, i) =>
      `(${i}, ${column === null ? 'null' : literal(column)}, '${rule}', ${literal(hints[rule])})`,
  );
  return `create or replace temp table reasons as select * from (values ${rows.join(', ')}) as reasons(check_number, column_name, rule, hint)`;
}

function insertSetAside(select: string): string {
  return `insert into others select record_number, byte_offset, null, check_number, raw_record from (${select}) join reasons using (rule) where column_name is null`;
}

function insertOthers(select: string, rawRecord: string): string {
  return `insert into others select record_number, byte_offset, ignored, case when ignored is null then check_number end, case when ignored is null then ${rawRecord} end from (${select})`;
}

interface Numbers {
  readonly records: number;
  /** Sum of the record numbers. */
  readonly sum: bigint;
}

async function countNumbers(engine: FileEngine, relation: string): Promise<Numbers> {
  const [row] = await engine.read(
    `select count(*) as records, cast(coalesce(sum(record_number), 0) as varchar) as total from ${relation}`,
  );
  return { records: row?.records as number, sum: BigInt(row?.total as string) };
}

/** Each record is in one of the two, once: their counts and the sums of their numbers say so. */
function checkCounts(records: number, accepted: Numbers, others: Numbers): void {
  const sum = (BigInt(records) * BigInt(records + 1)) / 2n;
  if (accepted.records + others.records === records && accepted.sum + others.sum === sum) return;
  throw new RefusedFile('count_differs', { recordsIn: records });
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

async function countRefused(
  engine: FileEngine,
  checks: readonly Check[],
): Promise<Record<string, number>> {
  const rows = await engine.read(
    'select check_number, count(*) as records from others where ignored is null group by check_number order by check_number',
  );
  const counts: Record<string, number> = {};
  for (const { check_number, records } of rows) {
    const { rule } = checks[check_number as number] as Check;
    counts[rule] = (counts[rule] ?? 0) + (records as number);
  }
  return counts;
}

async function firstProblems(
  engine: FileEngine,
  checks: readonly Check[],
  most: number,
): Promise<Problem[]> {
  const rows = await engine.read(
    `select record_number, byte_offset, check_number from others where ignored is null order by record_number limit ${most}`,
  );
  return rows.map((row) => {
    const { column, rule } = checks[row.check_number as number] as Check;
    return {
      recordNumber: row.record_number as number,
      byteOffset: row.byte_offset as number | null,
      column,
      rule,
      hint: hints[rule],
    };
  });
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
  return `select ${columns.join(', ')} from others join reasons using (check_number) where ignored is null order by record_number`;
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
