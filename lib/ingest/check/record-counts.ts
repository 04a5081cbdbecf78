import type { FileEngine } from '../../ports/file-engine.ts';

/** How many records there are, and the sum of their numbers. */
export interface RecordCounts {
  readonly records: number;
  readonly sum: bigint;
}

export const noRecords: RecordCounts = { records: 0, sum: 0n };

/** Of a relation with a column `record_number`. */
export async function countRecords(engine: FileEngine, relation: string): Promise<RecordCounts> {
  const [row] = await engine.read(
    `select count(*) as records, cast(coalesce(sum(record_number), 0) as varchar) as total from ${relation}`,
  );
  return { records: row?.records as number, sum: BigInt(row?.total as string) };
}

export function addCounts(left: RecordCounts, right: RecordCounts): RecordCounts {
  return { records: left.records + right.records, sum: left.sum + right.sum };
}

/** Whether both together are the records 1 to `records`, each once: counts and sums say so. */
export function isEveryRecord(records: number, left: RecordCounts, right: RecordCounts): boolean {
  const both = addCounts(left, right);
  return both.records === records && both.sum === (BigInt(records) * BigInt(records + 1)) / 2n;
}
