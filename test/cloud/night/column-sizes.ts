import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';

/** One Parquet file of the lake. */
export interface ColumnSizes {
  readonly key: string;
  readonly fileBytes: number;
  /** Compressed bytes of each column. */
  readonly columns: ReadonlyMap<string, number>;
}

/** What the footers of all Parquet files of a lake say of their columns. */
export async function readColumnSizes(store: ObjectStore): Promise<readonly ColumnSizes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-columns-'));
  try {
    const files = new Map<string, { fileBytes: number; columns: Map<string, number> }>();
    for await (const { key, bytes } of store.list('')) {
      if (!key.endsWith('.parquet') && !key.startsWith('tables/')) continue;
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, (await store.get(key))?.body ?? '');
      files.set(key, { fileBytes: bytes, columns: new Map() });
    }
    for (const { key, name, bytes } of await readFooters(folder)) {
      files.get(key)?.columns.set(name, bytes);
    }
    return [...files].map(([key, file]) => ({ key, ...file }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFooters(folder: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select substr(file_name, ${folder.length + 2}) as key, path_in_schema as name,
         cast(sum(total_compressed_size) as integer) as bytes
       from parquet_metadata('${folder}/**/*') group by all`,
    );
    return reader.getRowObjects().map(({ key, name, bytes }) => ({
      key: String(key),
      name: String(name),
      bytes: Number(bytes),
    }));
  } finally {
    connection.closeSync();
  }
}
