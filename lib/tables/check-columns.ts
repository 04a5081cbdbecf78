import { EngineError } from '../errors.ts';
import type { TableContract } from './contract.ts';

/**
 * Holds what is about to be written against the contract, which would drop the columns it lacks.
 * Fails with an EngineError that names them.
 */
export function refuseUnknownColumns(table: TableContract, columns: Iterable<string>): void {
  const unknown = [...new Set(columns)].filter((name) => !Object.hasOwn(table.columns, name));
  if (unknown.length === 0) return;
  throw new EngineError(
    `Cannot write table ${table.name}: every column must be in its contract: found ${unknown.join(', ')}.`,
  );
}
