import { hints, type Rule } from '../../feeds/rules.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { quarantine } from '../../tables/quarantine.ts';
import { setAsideSql } from '../formats/set-aside.ts';
import type { Resolved } from '../resolve-mapping.ts';
import type { Problem } from '../services.ts';
import { othersColumns } from './segment-loader.ts';

// What is told of a file's records, in a temporary table `others` of the load's engine.

/** The table of what the segments' files tell, and of the records that are no records. */
export async function createOthers(
  engine: FileEngine,
  paths: readonly string[],
  setAside: { readonly path: string; readonly records: number; readonly recordBytes: number },
): Promise<void> {
  await engine.run(`create or replace temp table others (${othersColumns})`);
  if (paths.length > 0) {
    await engine.run(
      `insert into others select * from read_parquet([${paths.map(literal).join(', ')}])`,
    );
  }
  if (setAside.records > 0) {
    await engine.run(
      `insert into others select 'refused', record_number, byte_offset, null, null, rule, null, 0, raw_record from (${setAsideSql(setAside.path, setAside.recordBytes)})`,
    );
  }
}

/** Records that a rule of the mapping leaves out, by its reason. */
export async function countIgnored(
  engine: FileEngine,
  { mapping }: Resolved,
): Promise<Record<string, number>> {
  const rows = await engine.read(
    "select ignored, count(*) as records from others where kind = 'ignored' group by ignored order by ignored",
  );
  // A reason may be any word, such as one that every object has.
  const counts = new Map<string, number>();
  for (const { ignored, records } of rows) {
    const reason = mapping.ignore[ignored as number]?.reason as string;
    counts.set(reason, (counts.get(reason) ?? 0) + (records as number));
  }
  return Object.fromEntries(counts);
}

/** Refused records by rule. */
export async function countRefused(engine: FileEngine): Promise<Record<string, number>> {
  const rows = await engine.read(
    "select rule, count(*) as records from others where kind = 'refused' group by rule order by rule",
  );
  return Object.fromEntries(rows.map(({ rule, records }) => [rule as string, records as number]));
}

/** Values dropped of accepted records, by column and rule. */
export interface DroppedValues {
  readonly column: string;
  readonly rule: Rule;
  readonly values: number;
}

export async function countDropped(engine: FileEngine): Promise<readonly DroppedValues[]> {
  const rows = await engine.read(
    "select column_name, rule, count(*) as dropped from others where kind = 'dropped' group by column_name, rule order by column_name, rule",
  );
  return rows.map((row) => ({
    column: row.column_name as string,
    rule: row.rule as Rule,
    values: row.dropped as number,
  }));
}

/** Fields of accepted records whose word means nothing. */
export async function countEmptied(engine: FileEngine): Promise<number> {
  const [row] = await engine.read(
    'select cast(coalesce(sum(emptied), 0) as bigint) as emptied from others',
  );
  return row?.emptied as number;
}

/** The first refused records, then the first dropped values, in file order. */
export async function firstProblems(engine: FileEngine, most: number): Promise<Problem[]> {
  const rows = await engine.read(
    `select kind, record_number, byte_offset, column_name, rule from others where kind in ('refused', 'dropped') order by kind desc, record_number, column_name limit ${most}`,
  );
  return rows.map((row) => ({
    recordNumber: row.record_number as number,
    byteOffset: row.byte_offset as number | null,
    column: row.column_name as string | null,
    effect: row.kind === 'dropped' ? 'value' : 'record',
    rule: row.rule as Rule,
    hint: hints[row.rule as Rule],
  }));
}

/** A hint is no personal column: only what looks like a word of a system may stand in it. */
const isWord = "regexp_full_match(coalesce(told, ''), '[\\p{L} _-]{1,30}')";

/** SELECT of the quarantine's rows. */
export function quarantineSql({ feed, source }: Resolved, loadId: string): string {
  const given: Readonly<Record<string, string>> = {
    load_id: literal(loadId),
    feed: literal(feed.name),
    source: literal(source),
    effect: "case kind when 'dropped' then 'value' else 'record' end",
    hint: `hint || case when ${isWord} then ' The line to add here: "status_words": {' || cast(to_json(told) as varchar) || ': "sold"}.' else '' end`,
  };
  const columns = Object.keys(quarantine.columns).map(
    (column) => `${given[column] ?? column} as ${column}`,
  );
  const advice = Object.entries(hints).map(([rule, hint]) => `('${rule}', ${literal(hint)})`);
  return `select ${columns.join(', ')} from others join (values ${advice.join(', ')}) as advice(rule, hint) using (rule) where kind in ('refused', 'dropped') order by record_number, column_name`;
}
