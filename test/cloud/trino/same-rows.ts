import type { QueryEngine, Row, Run, Value } from '../../../lib/ports/query-engine.ts';
import type { ColumnType, TableContract } from '../../../lib/tables/contract.ts';

const tolerance = 1e-9;

/** What the rows of a table's run look like, in key order. */
export async function rowsOfRun(
  engine: QueryEngine,
  table: TableContract,
  run: Run,
): Promise<readonly Row[]> {
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  return await engine.read(
    `select ${quoted(Object.keys(table.columns))} from ${table.name}
     where snapshot_on = date '${run.snapshotOn}' and run_id = '${run.runId}'
     order by ${quoted(table.key)}`,
  );
}

/**
 * Where two tables differ, row by row: doubles by more than a relative 1e-9, everything else by
 * anything. One line a difference, the first twenty of them; empty when they are the same.
 */
export function differences(
  table: TableContract,
  rows: { readonly left: readonly Row[]; readonly right: readonly Row[] },
  ignoring: readonly string[] = [],
): readonly string[] {
  const { left, right } = rows;
  if (left.length !== right.length) return [`${left.length} rows and ${right.length} rows`];
  const columns = Object.entries(table.columns).filter(([name]) => !ignoring.includes(name));
  return left
    .flatMap((row, i) =>
      columns.flatMap(([name, { type }]) => {
        const [a, b] = [row[name] ?? null, right[i]?.[name] ?? null];
        if (isSame(type, a, b)) return [];
        const key = table.key.map((part) => row[part]).join(', ');
        return [`(${key}) ${name}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`];
      }),
    )
    .slice(0, 20);
}

function isSame(type: ColumnType, a: Value, b: Value): boolean {
  if (type !== 'double' || typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
