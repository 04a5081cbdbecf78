import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** The Parquet file of a SELECT in DuckDB's dialect: what a load leaves in a log table's folder. */
export async function parquetOf(select: string): Promise<Buffer> {
  return await inFolder(async (folder) => {
    const file = join(folder, 'part.parquet');
    await query(`copy (${select}) to '${file}' (format parquet, compression zstd)`);
    return await readFile(file);
  });
}

/** The rows of a Parquet file in the order they stand in it, all values as text. */
export async function rowsInFileOrder(parquet: Buffer): Promise<Record<string, string | null>[]> {
  return await inFolder(async (folder) => {
    const file = join(folder, 'part.parquet');
    await writeFile(file, parquet);
    const rows = await query(
      `select columns(*)::varchar from read_parquet('${file}', hive_partitioning = false)`,
    );
    return rows as Record<string, string | null>[];
  });
}

/** The columns of a Parquet file and their types, as DuckDB names them. */
export async function parquetTypes(parquet: Buffer): Promise<Readonly<Record<string, string>>> {
  return await inFolder(async (folder) => {
    const file = join(folder, 'part.parquet');
    await writeFile(file, parquet);
    const columns = await query(
      `select column_name, column_type from (describe select * from read_parquet('${file}', hive_partitioning = false))`,
    );
    return Object.fromEntries(
      (columns as { column_name: string; column_type: string }[]).map((c) => [
        c.column_name,
        c.column_type,
      ]),
    );
  });
}

async function query(sql: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("set TimeZone = 'UTC'");
    return (await connection.runAndReadAll(sql)).getRowObjects();
  } finally {
    connection.closeSync();
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-parquet-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
