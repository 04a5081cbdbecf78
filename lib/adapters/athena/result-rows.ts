import { pipeline, type Readable } from 'node:stream';
import type { ColumnInfo } from '@aws-sdk/client-athena';
import { parse } from 'csv-parse';
import { EngineError } from '../../errors.ts';
import type { Row, Value } from '../../ports/query-engine.ts';

/**
 * The rows of a result file. Athena quotes every value and writes nothing at all for NULL:
 * `"a","",` is a text, an empty text and a NULL. The first record holds the names.
 * https://docs.aws.amazon.com/athena/latest/ug/querying.html
 */
export async function* resultRows(
  csv: Readable,
  columns: readonly ColumnInfo[],
): AsyncGenerator<Row> {
  const records = parse({
    record_delimiter: '\n',
    from: 2,
    cast: (text, { quoting }) => (quoting ? text : null),
  });
  // An error of either ends the loop below; one that stops early ends both.
  pipeline(csv, records, () => undefined);
  for await (const values of records as AsyncIterable<(string | null)[]>) {
    yield Object.fromEntries(
      columns.map(({ Name = '', Type = '' }, i) => [Name, toValue(values[i] ?? null, Type, Name)]),
    );
  }
}

const texts = new Set(['varchar', 'char', 'string', 'decimal', 'date']);
const integers = new Set(['tinyint', 'smallint', 'integer', 'bigint']);
const reals = new Set(['double', 'float', 'real']);

function toValue(text: string | null, type: string, column: string): Value {
  if (text === null) return null;
  const family = type.toLowerCase().replace(/\(.*$/, '');
  if (texts.has(family)) return text;
  if (integers.has(family)) return safeInteger(text, column);
  if (reals.has(family)) return Number(text);
  if (family === 'boolean') return text === 'true';
  if (family === 'timestamp') return withMilliseconds(text);
  throw new EngineError(
    `Cannot read column ${column}: text, numbers, dates, timestamps and booleans are supported: found ${type}.`,
  );
}

function safeInteger(text: string, column: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) {
    throw new EngineError(
      `Cannot read column ${column}: integers up to 2^53 are supported: found ${text}.`,
    );
  }
  return number;
}

function withMilliseconds(instant: string): string {
  const [seconds, fraction = ''] = instant.split('.');
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
}
