import { parquetWriteBuffer } from 'hyparquet-writer';
import { EngineError } from '../../errors.ts';
import { roundedUnits } from '../../feeds/exact-decimal.ts';
import type { Row, Value } from '../../ports/query-engine.ts';
import type { ColumnType, TableContract } from '../../tables/contract.ts';

type Stored = string | number | bigint | boolean | null;

/**
 * The Parquet file of computed rows in key order, with the types of the contract: the same that the
 * engines write, so that a table may hold files of both. The columns of the partition are not in it.
 * Fails with an EngineError when a value is not of its column's type.
 */
export function parquetFile(table: TableContract, rows: readonly Row[]): Buffer {
  const columns = Object.entries(table.columns);
  const stored = rows.map((row) =>
    columns.map(([name, { type }]) => toStored(row[name] ?? null, type, name)),
  );
  const keyPlaces = table.key.map((name) => columns.findIndex(([column]) => column === name));
  stored.sort((a, b) => {
    for (const place of keyPlaces) {
      const order = compare(a[place] ?? null, b[place] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
  const file = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(([name, { type }]) => ({ name, ...elementOf[type] })),
    ],
    columnData: columns.map(([name, { type }], place) => ({
      name,
      data: stored.map((values) => values[place] ?? null),
      // The writer orders text by UTF-16 and readers by bytes; of doubles −0 and NaN are no bounds.
      statistics: type !== 'varchar' && type !== 'double',
    })),
    createdBy: 'clientele',
  });
  return Buffer.from(file);
}

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];
type Element = Omit<SchemaElement, 'name'>;

function optional(element: Element): Element {
  return { ...element, repetition_type: 'OPTIONAL' };
}

const elementOf: Readonly<Record<ColumnType, Element>> = {
  varchar: optional({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
  bigint: optional({ type: 'INT64' }),
  double: optional({ type: 'DOUBLE' }),
  'decimal(18,4)': optional({ type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 4 }),
  'decimal(38,4)': optional({
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: 16,
    converted_type: 'DECIMAL',
    precision: 38,
    scale: 4,
  }),
  date: optional({ type: 'INT32', converted_type: 'DATE' }),
  'timestamp(3)': optional({
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
  }),
  boolean: optional({ type: 'BOOLEAN' }),
};

const dayMs = 86_400_000;

function toStored(value: Value, type: ColumnType, column: string): Stored {
  if (value === null) return null;
  const stored = storedOrNull(value, type);
  if (stored !== null) return stored;
  throw new EngineError(
    `Cannot write column ${column}: a value of type ${type} is required: found ${typeof value}.`,
  );
}

function storedOrNull(value: string | number | boolean, type: ColumnType): Stored {
  const text = String(value);
  switch (type) {
    case 'varchar':
      return text;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'double':
      return typeof value === 'boolean' || text.trim() === '' ? null : numberOrNull(Number(value));
    case 'bigint':
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(value)) ? BigInt(text) : null;
    case 'decimal(18,4)':
      return decimalOrNull(value, 18);
    case 'decimal(38,4)':
      return decimalOrNull(value, 38);
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? wholeOrNull(Date.parse(text) / dayMs) : null;
    case 'timestamp(3)':
      return millisecondsOrNull(text);
  }
}

function numberOrNull(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}

function wholeOrNull(number: number): number | null {
  return Number.isInteger(number) ? number : null;
}

function millisecondsOrNull(text: string): bigint | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?$/.test(text)) return null;
  const milliseconds = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(milliseconds) ? null : BigInt(milliseconds);
}

/** Ten-thousandths, rounded half away from zero as a cast of the text would. */
function decimalOrNull(value: string | number | boolean, digits: number): bigint | null {
  // Numbers below 1e-6 are the small ones that JavaScript writes with an exponent; rounded they are 0.
  const text = typeof value === 'number' && Math.abs(value) < 1e-6 ? '0' : String(value);
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return null;
  const units = roundedUnits(text);
  return units < 10n ** BigInt(digits) && units > -(10n ** BigInt(digits)) ? units : null;
}

/** As the engines order: text by bytes, NULL last. */
function compare(a: Stored, b: Stored): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return a < b ? -1 : 1;
}
