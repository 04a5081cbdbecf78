import {
  DuckDBArrayValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { ConfigurationError } from '../../errors.ts';
import { knownValue } from './rows.ts';

/** A value as a person or a program reads it: lists and maps are what JSON knows of them. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | readonly Cell[]
  | { readonly [name: string]: Cell };

/**
 * Any value of the engine, whatever its type, and none of its digits lost: scalars as the port
 * defines them, integers beyond 2^53 and what is no finite number as text, a map by the texts of
 * its keys, and every other type as the engine writes it.
 * Fails with a ConfigurationError at a struct without names, of which the client keeps one field.
 */
export function toCell(value: DuckDBValue): Cell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(toCell);
  }
  if (value instanceof DuckDBUnionValue) return toCell(value.value);
  if (value instanceof DuckDBStructValue) {
    refuseNameless(value);
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, part]) => [name, toCell(part)]),
    );
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(
      value.entries.map(({ key, value: part }) => [cellText(toCell(key)), toCell(part)]),
    );
  }
  return value === null ? null : (knownValue(value) ?? value.toString());
}

function refuseNameless({ entries }: DuckDBStructValue): void {
  if (!Object.hasOwn(entries, '')) return;
  throw new ConfigurationError(
    "Cannot print a struct: its fields must have names, as in {'first': 1, 'second': 2}: found a row without.",
  );
}

/** A cell as one text: lists and structs are JSON, NULL is empty. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
