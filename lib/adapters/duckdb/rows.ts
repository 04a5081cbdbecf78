import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { EngineError } from '../../errors.ts';
import type { Row, Value } from '../../ports/query-engine.ts';

/** Runs one statement and returns its rows as the port defines them. */
export async function readRows(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  const names = reader.columnNames();
  return reader.getRows().map((values) => toRow(names, values));
}

/** The next rows of a result that is streamed; null at its end. */
export async function nextRows(result: DuckDBResult): Promise<readonly Row[] | null> {
  const chunk = await result.fetchChunk();
  if (chunk === null || chunk.rowCount === 0) return null;
  const names = result.columnNames();
  return chunk.getRows().map((values) => toRow(names, values));
}

function toRow(names: readonly string[], values: readonly DuckDBValue[]): Row {
  const row: Record<string, Value> = {};
  for (let i = 0; i < names.length; i += 1) {
    row[names[i] as string] = toValue(values[i] as DuckDBValue, names[i] as string);
  }
  return row;
}

function toValue(value: DuckDBValue, column: string): Value {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'bigint') return safeInteger(value, column);
  const known = knownValue(value);
  if (known !== undefined) return known;
  throw new EngineError(
    `Cannot read column ${column}: text, numbers, dates, timestamps and booleans are supported: found ${value.constructor.name}.`,
  );
}

/** Texts, booleans, decimals, dates and timestamps as the port defines them; undefined of others. */
export function knownValue(value: DuckDBValue): string | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBDecimalValue || value instanceof DuckDBDateValue) {
    return value.toString();
  }
  if (value instanceof DuckDBTimestampMillisecondsValue) return instantText(value.millis);
  if (value instanceof DuckDBTimestampValue) return instantText(value.micros / 1000n);
  return undefined;
}

function safeInteger(value: bigint, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new EngineError(
      `Cannot read column ${column}: integers up to 2^53 are supported: found ${value}.`,
    );
  }
  return number;
}

function instantText(millis: bigint): string {
  return new Date(Number(millis)).toISOString().replace('T', ' ').replace('Z', '');
}
