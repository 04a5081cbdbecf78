import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { sqlFunctions } from '../../feeds/sql-functions.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { RecordSegment } from '../formats/format.ts';
import { writeParquet } from '../formats/parquet-rows.ts';
import type { Resolved } from '../resolve-mapping.ts';
import { checkSql } from './check-sql.ts';
import { addCounts, countRecords, noRecords, type RecordCounts } from './record-counts.ts';
import type { Check } from './value-checks.ts';

interface LoadSegments {
  readonly engine: FileEngine;
  readonly resolved: Resolved;
  readonly reading: Reading;
  readonly loadId: string;
}

/** Segments that are checked at the same time. */
const lanes = 2;

/** What became of a segment; paths are local. */
interface LoadedSegment {
  readonly accepted: RecordCounts;
  readonly acceptedPath: string;
  /** What is to be told of its records; null where there is nothing. */
  readonly othersPath: string | null;
}

/** What became of all of them: local Parquet files, in the order of the records. */
export interface LoadedSegments {
  readonly accepted: RecordCounts;
  readonly acceptedPaths: readonly string[];
  /** As `othersColumns` says. */
  readonly othersPaths: readonly string[];
}

/**
 * Checks segments of records: the good ones become Parquet, a file a segment, so do the others. Each
 * segment has an engine of its own, as what an engine keeps for itself grows with what it has read.
 */
export class SegmentLoader {
  readonly #options: LoadSegments;
  /** In the order of the records. */
  readonly #segments: Promise<LoadedSegment>[] = [];

  constructor(options: LoadSegments) {
    this.#options = options;
  }

  /** Takes a segment; returns as soon as it is begun with. */
  async add(segment: RecordSegment): Promise<void> {
    const index = this.#segments.length;
    await this.#segments[index - lanes];
    const work = this.#inEngine(index, (engine) => this.#load(engine, segment, index));
    // Whoever waits for the work sees its failure: until then nobody does.
    work.catch(() => {});
    this.#segments.push(work);
  }

  /** The segments, in the order of the records; fails as loading any of them did. */
  async finish(): Promise<LoadedSegments> {
    const segments = await Promise.all(this.#segments);
    return {
      accepted: segments.map(({ accepted }) => accepted).reduce(addCounts, noRecords),
      acceptedPaths: segments
        .filter(({ accepted }) => accepted.records > 0)
        .map(({ acceptedPath }) => acceptedPath),
      othersPaths: segments.flatMap(({ othersPath }) => othersPath ?? []),
    };
  }

  /** Waits until nothing is under way, whatever became of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#segments);
  }

  /** The first segment, which most often is the whole file, needs no more than the load's engine. */
  async #inEngine<T>(index: number, work: (engine: FileEngine) => Promise<T>): Promise<T> {
    const { engine } = this.#options;
    const own = index === 0 ? engine : await engine.openAnother();
    try {
      for (const [name, compute] of Object.entries(sqlFunctions)) own.define(name, compute);
      return await work(own);
    } finally {
      if (own !== engine) own.close();
    }
  }

  async #load(engine: FileEngine, segment: RecordSegment, index: number): Promise<LoadedSegment> {
    const { resolved, reading, loadId } = this.#options;
    const { feed, source, mapping } = resolved;
    const { columns, sql: records } = segment;
    // The generated SQL calls it where a value is dropped or a word is read as empty: only then is
    // there something to tell of accepted records, and a second look is worth its time.
    let isNoted = false;
    engine.define('noted', () => {
      isNoted = true;
      return null;
    });
    const sql = checkSql({ feed, mapping, reading, columns, records, source, loadId });
    const acceptedPath = join(engine.folder, `accepted-${index}.parquet`);
    await writeParquet(engine, sql.accepted, acceptedPath);
    const accepted = await countRecords(engine, `read_parquet(${literal(acceptedPath)})`);
    const isAllTold = accepted.records === segment.records && !isNoted;
    const othersPath = isAllTold ? null : join(engine.folder, `others-${index}.parquet`);
    if (othersPath !== null) {
      const others = othersSql(sql.others, sql.checks, segment.rawRecord);
      await writeParquet(engine, others, othersPath);
    }
    await rm(segment.path);
    return { accepted, acceptedPath, othersPath };
  }
}

/** What is told of records: `kind` is ignored, refused, dropped (a value) or emptied (words read so). */
export const othersColumns =
  'kind varchar, record_number bigint, byte_offset bigint, ignored integer, column_name varchar, rule varchar, told varchar, emptied bigint, raw_record varchar';

/** A note that is no number of a check: the record is ignored, or words in it were read as empty. */
const note = { ignored: -1, emptied: -2 } as const;

/**
 * A row for each ignored or refused record, for each value dropped of an accepted one, and for each
 * accepted record in which words were read as empty.
 */
function othersSql(select: string, checks: readonly Check[], rawRecord: string): string {
  const reasons = checks.map(({ column, rule }, i) => `(${i}, ${literal(column)}, '${rule}')`);
  const notes = `case when ignored is not null then [${note.ignored}] when check_number is not null then [check_number] when emptied > 0 then list_append(dropped, ${note.emptied}) else dropped end`;
  const kind = `case note when ${note.ignored} then 'ignored' when ${note.emptied} then 'emptied' else case when check_number is null then 'dropped' else 'refused' end end`;
  return `with noted as (select *, unnest(${notes}) as note from (${select}))
select ${kind} as kind, record_number, byte_offset, ignored, column_name, rule, told,
  case when note = ${note.emptied} then emptied else 0 end as emptied,
  case when note >= 0 then ${rawRecord} end as raw_record
from noted left join (values ${reasons.join(', ')}) as reasons(number, column_name, rule) on note = number`;
}
