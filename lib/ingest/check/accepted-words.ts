import type { Feed } from '../../feeds/feed.ts';
import { literal, name } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';

/** Accepted records by the words of a column that has few, an empty one where it is not filled. */
export async function countByWord(
  engine: FileEngine,
  paths: readonly string[],
  { feed, column }: { readonly feed: Feed; readonly column: string },
): Promise<Readonly<Record<string, number>>> {
  if (!Object.hasOwn(feed.fields, column) || paths.length === 0) return {};
  const rows = await engine.read(
    `select coalesce(${name(column)}, '') as word, count(*) as records from read_parquet([${paths.map(literal).join(', ')}]) group by word order by word`,
  );
  return Object.fromEntries(rows.map(({ word, records }) => [word as string, records as number]));
}
