import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { sqlFunctions } from '../../feeds/sql-functions.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { RecordSegment } from '../formats/format.ts';
import { writeParquet } from '../formats/parquet-rows.ts';
import type { Resolved } from '../resolve-mapping.ts';
import { type Check, checkSql } from './check-sql.ts';
import { addCounts, countRecords, noRecords, type RecordCounts } from './record-counts.ts';

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
  /** The records that were not accepted; null where there are none. */
  readonly othersPath: string | null;
}

/** What became of all of them: local Parquet files, in the order of the records. */
export interface LoadedSegments {
  readonly accepted: RecordCounts;
  readonly acceptedPaths: readonly string[];
  /** record_number, byte_offset, ignored, column_name, rule, raw_record. */
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
    const sql = checkSql({ feed, mapping, reading, columns, records, source, loadId });
    const acceptedPath = join(engine.folder, `accepted-${index}.parquet`);
    await writeParquet(engine, sql.accepted, acceptedPath);
    const accepted = await countRecords(engine, `read_parquet(${literal(acceptedPath)})`);
    const othersPath =
      accepted.records < segment.records ? join(engine.folder, `others-${index}.parquet`) : null;
    if (othersPath !== null) {
      const others = othersSql(sql.others, sql.checks, segment.rawRecord);
      await writeParquet(engine, others, othersPath);
    }
    await rm(segment.path);
    return { accepted, acceptedPath, othersPath };
  }
}

function othersSql(select: string, checks: readonly Check[], rawRecord: string): string {
  const reasons = checks.map(({ column, rule }, i) => `(${i}, ${literal(column)}, '${rule}')`);
  return `select record_number, byte_offset, ignored, case when ignored is null then column_name end as column_name, case when ignored is null then rule end as rule, case when ignored is null then ${rawRecord} end as raw_record from (${select}) left join (values ${reasons.join(', ')}) as reasons(check_number, column_name, rule) using (check_number)`;
}
