import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../errors.ts';
import { cleanText } from '../../../feeds/clean.ts';
import { anySigns } from '../../../feeds/signs.ts';
import { literal, name } from '../../../feeds/sql-text.ts';
import type { FileEngine } from '../../../ports/file-engine.ts';
import type { IngestLimits } from '../../limits.ts';
import { RefusedFile } from '../../refused-file.ts';
import type { RecordReader } from '../file-records.ts';
import type { HeadersFor } from '../header.ts';
import { jsonOfFields } from '../jsonl/jsonl-records.ts';
import { writeParquet } from '../parquet-rows.ts';

/** A file that claims more records a byte than any real one holds is a bomb. */
const mostRecordsByte = 100;
const harmlessRecords = 1_000_000;

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * The header of a Parquet file, its footer looked at first.
 * Fails with a RefusedFile when it is damaged or claims absurdly many records.
 */
export async function parquetHeaders(
  engine: FileEngine,
  file: { readonly path: string; readonly bytes: number; readonly limits: IngestLimits },
): Promise<HeadersFor> {
  const { path, bytes, limits } = file;
  const [footer] = await undamaged(() =>
    engine.read(`select num_rows as records from parquet_file_metadata(${literal(path)})`),
  );
  const records = (footer?.records as number | undefined) ?? 0;
  const isBomb = records > harmlessRecords && records > mostRecordsByte * bytes;
  if (isBomb || records > limits.parquetRecords) {
    throw new RefusedFile('too_many_records', { advice: `Its footer claims ${records} records.` });
  }
  const columns = await parquetColumns(engine, path);
  const names = columns.map((column) => cleanText(column.name) ?? '');
  const dialect = { delimiter: ',', quote: '"' };
  return () => [{ names, dialect, ends: 0, isOpen: false }];
}

/** The records of a Parquet file, each value as the text that a CSV would hold. */
export const parquetRecords: RecordReader = async ({ engine, path, resolved }, load) => {
  const textPath = join(engine.folder, 'text.parquet');
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  await writeFile(setAsidePath, '');
  const texts = (await parquetColumns(engine, path)).map(
    (column, i) => `nullif(${textOf(column)}, '') as f${i}`,
  );
  const select = `select file_row_number + 1 as record_number, cast(null as bigint) as byte_offset, ${texts.join(', ')} from read_parquet(${literal(path)}, file_row_number = true)`;
  const [footer] = await undamaged(async () => {
    await writeParquet(engine, select, textPath);
    return await engine.read(
      `select num_rows as records from parquet_file_metadata(${literal(path)})`,
    );
  });
  const { names } = resolved.header;
  const records = footer?.records as number;
  await load({
    records,
    columns: { headers: names, signs: names.map(() => anySigns) },
    sql: `select * from read_parquet(${literal(textPath)})`,
    rawRecord: jsonOfFields(names),
    path: textPath,
  });
  return { records, setAside: 0, setAsidePath };
};

async function parquetColumns(engine: FileEngine, path: string): Promise<ParquetColumn[]> {
  const rows = await undamaged(() =>
    engine.read(
      `select column_name, column_type from (describe select * from read_parquet(${literal(path)}))`,
    ),
  );
  return rows.map((row) => ({ name: row.column_name as string, type: row.column_type as string }));
}

/** Whole numbers that lie in a floating column lose their `.0`; no number gets an exponent. */
function textOf(column: ParquetColumn): string {
  const value = name(column.name);
  const text = `cast(${value} as varchar)`;
  if (column.type === 'BLOB') return `hex(${value})`;
  if (column.type !== 'DOUBLE' && column.type !== 'FLOAT') return text;
  const isWhole = `abs(${value}) < 9007199254740992 and ${value} = trunc(${value})`;
  return `case when ${isWhole} then cast(cast(${value} as bigint) as varchar) when contains(${text}, 'e') and abs(${value}) < 1 then format('{:.6f}', ${value}) else ${text} end`;
}

/** Whatever keeps the engine from reading a Parquet file is the file's fault. */
async function undamaged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw new RefusedFile('damaged_parquet');
    throw error;
  }
}
