import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anySigns } from '../../../feeds/signs.ts';
import { literal, name } from '../../../feeds/sql-text.ts';
import type { FileEngine } from '../../../ports/file-engine.ts';
import { RefusedFile } from '../../refused-file.ts';
import type { RecordReader } from '../format.ts';
import { jsonOfFields } from '../json-of-fields.ts';
import { writeParquet } from '../parquet-rows.ts';
import { type ParquetColumn, parquetColumns, undamaged } from './parquet-columns.ts';

/**
 * The records of a Parquet file, each value as the text that a CSV would hold. Bytes without an
 * annotation are text where all of a column are. Fails with a RefusedFile where a column that is
 * read holds structures or lists.
 */
export const parquetRecords: RecordReader = async ({ engine, path, header, read }, load) => {
  const textPath = join(engine.folder, 'text.parquet');
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  await writeFile(setAsidePath, '');
  const columns = await parquetColumns(engine, path);
  refuseNested(columns, { names: header.names, read });
  const binary = await binaryColumns(engine, path, columns);
  const texts = columns.map(
    (column, i) => `nullif(${textOf(column, binary.has(column.name))}, '') as f${i}`,
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

function refuseNested(
  columns: readonly ParquetColumn[],
  { names, read }: { readonly names: readonly string[]; readonly read: readonly string[] },
): void {
  const nested = columns.findIndex(
    ({ type }, i) =>
      /[([]/.test(type.replace(/^(DECIMAL|ENUM)[(].*[)]$/, '')) && read.includes(names[i] ?? ''),
  );
  if (nested !== -1) throw new RefusedFile('nested_column', { column: names[nested] as string });
}

/** Columns of bytes of which some are no text in UTF-8. */
async function binaryColumns(
  engine: FileEngine,
  path: string,
  columns: readonly ParquetColumn[],
): Promise<ReadonlySet<string>> {
  const blobs = columns.filter(({ type }) => type === 'BLOB');
  if (blobs.length === 0) return new Set();
  const counts = blobs.map(({ name: column }, i) => {
    const value = name(column);
    return `count(*) filter (where ${value} is not null and try(decode(${value})) is null) as b${i}`;
  });
  const [row] = await undamaged(() =>
    engine.read(`select ${counts.join(', ')} from read_parquet(${literal(path)})`),
  );
  return new Set(blobs.filter((_, i) => row?.[`b${i}`] !== 0).map((column) => column.name));
}

/** Whole numbers that lie in a floating column lose their `.0`; no number gets an exponent. */
function textOf(column: ParquetColumn, isBinary: boolean): string {
  const value = name(column.name);
  const text = `cast(${value} as varchar)`;
  if (column.type === 'BLOB') return isBinary ? `hex(${value})` : `decode(${value})`;
  if (column.type !== 'DOUBLE' && column.type !== 'FLOAT') return text;
  const isWhole = `abs(${value}) < 9007199254740992 and ${value} = trunc(${value})`;
  return `case when ${isWhole} then cast(cast(${value} as bigint) as varchar) when contains(${text}, 'e') and abs(${value}) < 1 then format('{:.6f}', ${value}) else ${text} end`;
}
