import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../../lib/errors.ts';
import type { Row, Value } from '../../../lib/ports/query-engine.ts';

export interface Session {
  readonly url: string;
  readonly schema: string;
}

export interface Answer {
  readonly rows: readonly Row[];
  /** Rows written by an INSERT; null for other statements. */
  readonly updated: number | null;
}

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly (string | number | boolean | null)[])[];
  readonly updateCount?: number;
  readonly error?: { readonly message: string; readonly errorName: string };
}

/** Runs one statement by Trino's client protocol: post it, then follow `nextUri` to the end. */
export async function runStatement({ url, schema }: Session, sql: string): Promise<Answer> {
  const rows: Row[] = [];
  let updated: number | null = null;
  let page = await fetchPage(`${url}/v1/statement`, {
    method: 'POST',
    body: sql,
    headers: {
      'x-trino-user': 'clientele',
      'x-trino-catalog': 'awsdatacatalog',
      'x-trino-schema': schema,
      'x-trino-time-zone': 'UTC',
    },
  });
  for (;;) {
    if (page.error !== undefined) throw engineError(page.error);
    updated = page.updateCount ?? updated;
    for (const values of page.data ?? []) rows.push(toRow(page, values));
    if (page.nextUri === undefined) return { rows, updated };
    page = await fetchPage(page.nextUri, {});
  }
}

async function fetchPage(url: string, init: RequestInit): Promise<Page> {
  for (;;) {
    const response = await fetch(url, init);
    // 503 and its like ask the client to try again soon.
    if ([502, 503, 504].includes(response.status)) {
      await response.arrayBuffer();
      await sleep(100);
      continue;
    }
    if (!response.ok) {
      throw new EngineError(`Cannot ask Trino: an answer is required: HTTP ${response.status}.`);
    }
    return (await response.json()) as Page;
  }
}

/** Errors of the text; the message of any other may quote a row. */
const textErrors = new Set([
  'SYNTAX_ERROR',
  'TABLE_NOT_FOUND',
  'COLUMN_NOT_FOUND',
  'FUNCTION_NOT_FOUND',
  'TYPE_MISMATCH',
  'TYPE_NOT_FOUND',
  'MISMATCHED_COLUMN_ALIASES',
  'EXPRESSION_NOT_AGGREGATE',
  'EXPRESSION_NOT_SCALAR',
  'AMBIGUOUS_NAME',
  'INVALID_FUNCTION_ARGUMENT_TYPE',
  'NOT_SUPPORTED',
  'VIEW_IS_STALE',
  'VIEW_IS_RECURSIVE',
  'TABLE_ALREADY_EXISTS',
]);

function engineError({ message, errorName }: NonNullable<Page['error']>): EngineError {
  const told = textErrors.has(errorName) ? `${errorName}: ${message}` : errorName;
  return new EngineError(`Cannot run the query: ${told}`, { cause: new Error(message) });
}

function toRow({ columns }: Page, values: readonly (string | number | boolean | null)[]): Row {
  if (columns === undefined) throw new EngineError('Cannot read a page of rows without columns.');
  return Object.fromEntries(
    columns.map(({ name, type }, i) => [name, toValue(values[i] ?? null, type, name)]),
  );
}

const integers = ['tinyint', 'smallint', 'integer', 'bigint'];
const texts = ['varchar', 'char', 'decimal', 'date', 'unknown'];

function toValue(value: string | number | boolean | null, type: string, column: string): Value {
  if (value === null || type === 'boolean') return value;
  const family = type.replace(/\(.*$/, '');
  // JSON.parse has rounded an integer beyond 2^53 to another one beyond it: none slips through.
  if (integers.includes(family) && !Number.isSafeInteger(value)) {
    throw new EngineError(
      `Cannot read column ${column}: integers up to 2^53 are supported: found ${value}.`,
    );
  }
  if (integers.includes(family) || texts.includes(family)) return value;
  if (family === 'double' || family === 'real') return Number(value);
  if (/^timestamp(\(\d+\))?$/.test(type)) return withMilliseconds(String(value));
  throw new EngineError(
    `Cannot read column ${column}: text, numbers, dates, timestamps and booleans are supported: found ${type}.`,
  );
}

function withMilliseconds(instant: string): string {
  const [seconds, fraction = ''] = instant.split('.');
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
}
