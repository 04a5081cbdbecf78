import type { QueryEngine } from '../ports/query-engine.ts';

/** Numbers of a result, a column each, without ever holding its rows: 8 bytes a number. */
export async function readColumns<Name extends string>(
  { rows }: Pick<QueryEngine, 'rows'>,
  { select, names }: { readonly select: string; readonly names: readonly Name[] },
): Promise<Readonly<Record<Name, Float64Array>>> {
  let columns = names.map(() => new Float64Array(1024));
  let size = 0;
  for await (const row of rows(select)) {
    if (size === columns[0]?.length) {
      columns = columns.map((column) => {
        const larger = new Float64Array(2 * size);
        larger.set(column);
        return larger;
      });
    }
    for (const [place, name] of names.entries()) {
      (columns[place] as Float64Array)[size] = Number(row[name]);
    }
    size += 1;
  }
  const entries = names.map((name, place) => [name, columns[place]?.slice(0, size)]);
  return Object.fromEntries(entries) as Record<Name, Float64Array>;
}
