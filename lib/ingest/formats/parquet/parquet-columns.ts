import { EngineError } from '../../../errors.ts';
import { literal } from '../../../feeds/sql-text.ts';
import type { FileEngine } from '../../../ports/file-engine.ts';
import { RefusedFile } from '../../refused-file.ts';

export interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** The columns of a Parquet file. Fails with a RefusedFile when it is damaged. */
export async function parquetColumns(engine: FileEngine, path: string): Promise<ParquetColumn[]> {
  const rows = await undamaged(() =>
    engine.read(
      `select column_name, column_type from (describe select * from read_parquet(${literal(path)}))`,
    ),
  );
  return rows.map((row) => ({ name: row.column_name as string, type: row.column_type as string }));
}

/** Whatever keeps the engine from reading a Parquet file is the file's fault. */
export async function undamaged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw new RefusedFile('damaged_parquet');
    throw error;
  }
}
