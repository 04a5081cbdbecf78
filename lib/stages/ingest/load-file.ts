import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import type { Rule } from '../../feeds/rules.ts';
import { hints } from '../../feeds/rules.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { quarantine } from '../../tables/quarantine.ts';
import { type Check, checkSql } from './check-sql.ts';
import type { IngestLimits } from './limits.ts';
import { writeParquet } from './parquet-rows.ts';
import { RefusedFile } from './refused-file.ts';
import type { Resolved } from './resolve-mapping.ts';
import { numberedRecordsSql, scanFile } from './scan-file.ts';
import type { Problem } from './services.ts';

interface LoadFile {
  readonly engine: FileEngine;
  /** The content, inflated. */
  readonly path: string;
  readonly resolved: Resolved;
  readonly reading: Reading;
  readonly loadId: string;
  readonly limits: IngestLimits;
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
  readonly acceptedPath: string | null;
  readonly quarantinePath: string | null;
}

/**
 * Splits the records of a file into accepted, refused and ignored ones, and writes them as Parquet
 * next to it. Fails with a RefusedFile when the file must be refused whole.
 */
export async function loadFile(options: LoadFile): Promise<LoadedFile> {
  const { engine, resolved, limits } = options;
  const numberedPath = join(engine.folder, 'numbered.csv');
  const raggedPath = join(engine.folder, 'ragged.csv');
  const { header } = resolved;
  const scan = await scanFile({
    path: options.path,
    from: header.ends,
    dialect: header.dialect,
    fields: header.names.length,
    recordBytes: limits.recordBytes,
    numberedPath,
    raggedPath,
  });
  const sql = checkSql({
    feed: resolved.feed,
    mapping: resolved.mapping,
    reading: options.reading,
    columns: { headers: header.names, signs: scan.signs },
    records: numberedRecordsSql(numberedPath, {
      dialect: header.dialect,
      fields: header.names.length,
      recordBytes: limits.recordBytes,
      hasLineEnds: scan.hasLineEnds,
    }),
    source: resolved.source,
    loadId: options.loadId,
  });
  const acceptedPath = join(engine.folder, 'accepted.parquet');
  await writeParquet(engine, sql.accepted, acceptedPath);
  const inAccepted = await countNumbers(engine, `read_parquet(${literal(acceptedPath)})`);
  await engine.run(othersTable);
  if (scan.ragged > 0) await engine.run(insertRagged(raggedPath));
  if (inAccepted.records < scan.records - scan.ragged) {
    await engine.run(insertOthers(sql.others, resolved));
  }
  const inOthers = await countNumbers(engine, 'others');
  checkCounts(scan.records, inAccepted, inOthers);

  const ignoredByReason = await countIgnored(engine, resolved);
  const quarantinedByRule = await countRefused(engine, sql.checks);
  const ignored = total(ignoredByReason);
  const quarantined = inOthers.records - ignored;
  const problems = await firstProblems(engine, sql.checks, limits.problems);
  const counts = {
    recordsIn: scan.records,
    ignored,
    ignoredByReason,
    quarantined,
    quarantinedByRule,
  };
  if (scan.records >= limits.shareFrom && quarantined > options.refusedShare * scan.records) {
    throw new RefusedFile('too_many_refused', {
      recordsIn: scan.records,
      advice: `${quarantined} of ${scan.records} records are refused (${describe(quarantinedByRule)}).`,
      problems,
    });
  }
  const quarantinePath = quarantined > 0 ? join(engine.folder, 'quarantine.parquet') : null;
  if (quarantinePath !== null) {
    await writeParquet(engine, quarantineSql(options, sql.checks), quarantinePath);
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

/** Ragged records have no check: the scanner refused them. */
function insertRagged(path: string): string {
  return `insert into others select record_number, byte_offset, null, null, raw_record from read_csv(${literal(path)}, columns = {'record_number': 'bigint', 'byte_offset': 'bigint', 'raw_record': 'varchar'}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', max_line_size = 4000000, parallel = false)`;
}

function insertOthers(select: string, { header }: Resolved): string {
  const delimiter = literal(header.dialect.delimiter);
  const raw = `array_to_string(list_transform(fields, lambda field: coalesce(field, '')), ${delimiter})`;
  return `insert into others select record_number, byte_offset, ignored, case when ignored is null then check_number end, case when ignored is null then ${raw} end from (${select})`;
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
    const rule = ruleOf(checks, check_number as number | null);
    counts[rule] = (counts[rule] ?? 0) + (records as number);
  }
  return counts;
}

function ruleOf(checks: readonly Check[], checkNumber: number | null): Rule {
  return checkNumber === null ? 'ragged_record' : (checks[checkNumber] as Check).rule;
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
    const checkNumber = row.check_number as number | null;
    const rule = ruleOf(checks, checkNumber);
    return {
      recordNumber: row.record_number as number,
      byteOffset: row.byte_offset as number,
      column: checkNumber === null ? null : (checks[checkNumber] as Check).column,
      rule,
      hint: hints[rule],
    };
  });
}

function quarantineSql({ resolved, loadId }: LoadFile, checks: readonly Check[]): string {
  const reasons = [
    `(-1, cast(null as varchar), 'ragged_record', ${literal(hints.ragged_record)})`,
    ...checks.map(
      ({ column, rule }, i) => `(${i}, ${literal(column)}, '${rule}', ${literal(hints[rule])})`,
    ),
  ];
  const given: Record<string, string> = {
    load_id: literal(loadId),
    feed: literal(resolved.feed.name),
    source: literal(resolved.source),
  };
  const columns = Object.keys(quarantine.columns).map(
    (column) => `${given[column] ?? column} as ${column}`,
  );
  return `select ${columns.join(', ')} from others join (values ${reasons.join(', ')}) as reasons(reason, column_name, rule, hint) on reason = coalesce(check_number, -1) where ignored is null order by record_number`;
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
