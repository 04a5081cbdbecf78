import { cleanText } from '../../../feeds/clean.ts';
import { literal } from '../../../feeds/sql-text.ts';
import { RefusedFile } from '../../refused-file.ts';
import { plainDialect } from '../dialect.ts';
import type { HeaderReader } from '../format.ts';
import { parquetColumns, undamaged } from './parquet-columns.ts';

/** A file that claims more records a byte than any real one holds is a bomb. */
const mostRecordsByte = 100;
const harmlessRecords = 1_000_000;

/**
 * The header of a Parquet file, its footer looked at first.
 * Fails with a RefusedFile when it is damaged or claims absurdly many records.
 */
export const parquetHeaders: HeaderReader = async ({ engine, path, bytes, limits }) => {
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
  return () => [{ names, dialect: plainDialect, ends: 0, isOpen: false, rare: [] }];
};
