import { blobValue, type DuckDBBlobValue } from '@duckdb/node-api';
import { EngineError } from '../../errors.ts';
import type { BoundValues, FileEngine } from '../../ports/file-engine.ts';
import { openInstance } from './connection.ts';
import { kindOf } from './reason.ts';
import { readRows } from './rows.ts';
import { textFunction } from './text-function.ts';

/**
 * Files are streamed: more memory would not make them faster. One thread needs no meeting points to
 * keep rows in their order: two engines side by side are twice as fast as one with two threads.
 */
const limits = { memory: '128MB', threads: 1 };

/** Opens an embedded engine over the files of one local folder (absolute path). */
export async function openFileEngine(folder: string): Promise<FileEngine> {
  const instance = await openInstance(folder, limits);
  const connection = await instance.connect();
  return {
    folder,
    openAnother: () => openFileEngine(folder),
    read: (sql) => guard(() => readRows(connection, sql)),
    run: (sql, bound) =>
      guard(async () => {
        await connection.run(sql, bound && blobs(bound));
      }),
    define: (name, compute) => connection.registerScalarFunction(textFunction(name, compute)),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function blobs(bound: BoundValues): Record<string, DuckDBBlobValue> {
  const values = Object.entries(bound).map(([name, bytes]) => [name, blobValue(bytes)]);
  return Object.fromEntries(values);
}

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(`Cannot process the file: ${kindOf(cause)}.`, { cause });
  }
}
