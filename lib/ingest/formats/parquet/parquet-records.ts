import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anySigns } from '../../../feeds/signs.ts';
import { literal, name } from '../../../feeds/sql-text.ts';
import type { RecordReader } from '../format.ts';
import { jsonOfFields } from '../json-of-fields.ts';
import { writeParquet } from '../parquet-rows.ts';
import { type ParquetColumn, parquetColumns, undamaged } from './parquet-columns.ts';

/** The records of a Parquet file, each value as the text that a CSV would hold. */
export const parquetRecords: RecordReader = async ({ engine, path, header }, load) => {
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
  const { names } = header;
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

/** Whole numbers that lie in a floating column lose their `.0`; no number gets an exponent. */
function textOf(column: ParquetColumn): string {
  const value = name(column.name);
  const text = `cast(${value} as varchar)`;
  if (column.type === 'BLOB') return `hex(${value})`;
  if (column.type !== 'DOUBLE' && column.type !== 'FLOAT') return text;
  const isWhole = `abs(${value}) < 9007199254740992 and ${value} = trunc(${value})`;
  return `case when ${isWhole} then cast(cast(${value} as bigint) as varchar) when contains(${text}, 'e') and abs(${value}) < 1 then format('{:.6f}', ${value}) else ${text} end`;
}
