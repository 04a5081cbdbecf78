import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from '../../feeds/field.ts';
import { sqlFunctions } from '../../feeds/sql-functions.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { type Check, checkSql } from './check-sql.ts';
import type { RecordSegment } from './file-records.ts';
import { writeParquet } from './parquet-rows.ts';
import { addCounts, countRecords, noRecords, type RecordCounts } from './record-counts.ts';
import type { Resolved } from './resolve-mapping.ts';

interface LoadSegments {
  readonly engine: FileEngine;
  readonly resolved: Resolved;
  readonly reading: Reading;
  readonly loadId: string;
}

/**
 * Checks segments of records, one after the other: the good ones become Parquet, a file a segment,
 * the others rows of the temporary table `others`.
 */
export class SegmentLoader {
  /** Local files of accepted rows, in the order of the records. */
  readonly acceptedPaths: string[] = [];
  accepted: RecordCounts = noRecords;
  readonly #options: LoadSegments;
  #segments = 0;
  #work: Promise<void>;

  constructor(options: LoadSegments) {
    this.#options = options;
    const { engine } = options;
    for (const [name, compute] of Object.entries(sqlFunctions)) engine.define(name, compute);
    this.#work = engine.run(
      'create or replace temp table others (record_number bigint, byte_offset bigint, ignored integer, column_name varchar, rule varchar, raw_record varchar)',
    );
  }

  /** Takes a segment; returns when the one before is loaded, so that two are under way at most. */
  async add(segment: RecordSegment): Promise<void> {
    const before = this.#work;
    const index = this.#segments;
    this.#segments += 1;
    this.#work = before.then(() => this.#load(segment, index));
    // Whoever waits for the work sees its failure: until then nobody does.
    this.#work.catch(() => {});
    await before;
  }

  /** Waits for the last segment; fails as its loading did. */
  async finish(): Promise<void> {
    await this.#work;
  }

  /** Waits until nothing is under way, whatever became of it. */
  async settle(): Promise<void> {
    await this.#work.catch(() => {});
  }

  async #load(segment: RecordSegment, index: number): Promise<void> {
    const { engine, resolved, reading, loadId } = this.#options;
    const { feed, source, mapping } = resolved;
    const { columns, sql: records } = segment;
    const sql = checkSql({ feed, mapping, reading, columns, records, source, loadId });
    const path = join(engine.folder, `accepted-${index}.parquet`);
    await writeParquet(engine, sql.accepted, path);
    const accepted = await countRecords(engine, `read_parquet(${literal(path)})`);
    this.accepted = addCounts(this.accepted, accepted);
    if (accepted.records > 0) this.acceptedPaths.push(path);
    if (accepted.records < segment.records) {
      await engine.run(insertOthers(sql.others, sql.checks, segment.rawRecord));
    }
    await rm(segment.path);
  }
}

function insertOthers(select: string, checks: readonly Check[], rawRecord: string): string {
  const reasons = checks.map(({ column, rule }, i) => `(${i}, ${literal(column)}, '${rule}')`);
  return `insert into others select record_number, byte_offset, ignored, case when ignored is null then column_name end, case when ignored is null then rule end, case when ignored is null then ${rawRecord} end from (${select}) left join (values ${reasons.join(', ')}) as reasons(check_number, column_name, rule) using (check_number)`;
}
