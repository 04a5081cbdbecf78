import type { TableContract } from '../tables/contract.ts';

/** The two columns that place a row of a run table in its run; they are folders, not in the files. */
export const partitionColumns = { snapshot_on: 'date', run_id: 'varchar' } as const;

/**
 * The SELECT that a table's file is made of: the contract's columns, in its order, cast to its
 * types, in key order (so that the same rows are the same bytes). A text that lacks one of them fails,
 * and so does one that makes more: the union is of no rows, and of as many columns as the contract has.
 */
export function tableSelect(table: TableContract, select: string): string {
  const columns = Object.entries(table.columns).map(
    ([name, { type }]) => `    cast(${quoteName(name)} as ${type}) as ${quoteName(name)}`,
  );
  const nulls = columns.map(() => 'null').join(', ');
  const order = table.key.length > 0 ? `\norder by ${table.key.map(quoteName).join(', ')}` : '';
  return `select
${columns.join(',\n')}
from (
    select * from (
${select}
    ) as made
    -- the ${columns.length} columns of the contract of ${table.name}
    union all select ${nulls} where false
) as written${order}`;
}

/** A SELECT of no rows with the contract's columns and types. */
export function emptySelect(table: TableContract): string {
  const columns = [
    ...Object.entries(table.columns).map(([name, { type }]) => [name, type] as const),
    ...(table.storage.kind === 'run' ? Object.entries(partitionColumns) : []),
  ];
  return `select ${columns.map(([name, type]) => `cast(null as ${type}) as ${quoteName(name)}`).join(', ')} where false`;
}

/** A column's name as both engines take it, even where it is a word of SQL. */
export function quoteName(name: string): string {
  return `"${name}"`;
}
