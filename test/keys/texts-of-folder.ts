import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';

/** Every file below a folder by its path, as text; of a Parquet file its rows, as JSON. */
export async function textsOfFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = new Map<string, string>();
  const engine = await openFileEngine(folder);
  try {
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const text = path.endsWith('.parquet')
        ? JSON.stringify(await engine.read(`select * from read_parquet('${path}')`))
        : await readFile(path, 'latin1');
      texts.set(path.slice(folder.length + 1), text);
    }
  } finally {
    engine.close();
  }
  return texts;
}

/** The files, of those given, in which one of the words stands. */
export function filesWith(
  texts: ReadonlyMap<string, string>,
  words: readonly string[],
): readonly string[] {
  return [...texts]
    .filter(([path, text]) => words.some((word) => `${path}\n${text}`.includes(word)))
    .map(([path]) => path);
}
