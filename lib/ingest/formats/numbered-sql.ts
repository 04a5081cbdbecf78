import { literal } from '../../feeds/sql-text.ts';
import type { Dialect } from './dialect.ts';

/** Holds several of the longest records; larger ones only cost memory. */
const engineBufferBytes = 2 ** 22;
/** What the number and the place of a record take at most. */
const prefixBytes = 64;

/** What numbered lines look like: record number, place in the file, then the fields. */
export interface NumberedShape {
  readonly dialect: Dialect;
  readonly fields: number;
  readonly recordBytes: number;
}

/** SQL of numbered lines. Everything is explicit: no guessing, no tolerance. */
export function numberedSql(path: string, shape: NumberedShape): string {
  const { delimiter, quote } = shape.dialect;
  const names = Array.from({ length: shape.fields }, (_, i) => `'f${i}': 'varchar'`);
  const options = [
    literal(path),
    `columns = {'record_number': 'bigint', 'byte_offset': 'bigint', ${names.join(', ')}}`,
    'auto_detect = false, header = false, strict_mode = true, null_padding = false',
    `delim = ${literal(delimiter)}, quote = ${literal(quote ?? '')}, escape = ${literal(quote ?? '')}`,
    `new_line = '\\n', buffer_size = ${engineBufferBytes}, max_line_size = ${shape.recordBytes + prefixBytes}, parallel = false`,
  ];
  return `select * from read_csv(${options.join(', ')})`;
}
