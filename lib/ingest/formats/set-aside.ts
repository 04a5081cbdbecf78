import type { Rule } from '../../feeds/rules.ts';
import { literal } from '../../feeds/sql-text.ts';

/** A record that cannot even be split into fields. */
export interface SetAside {
  readonly recordNumber: number;
  readonly byteOffset: number;
  readonly rule: Rule;
  readonly raw: string;
}

/** A line for the engine. */
export function setAsideLine({ recordNumber, byteOffset, rule, raw }: SetAside): string {
  return `${recordNumber},${byteOffset},${rule},"${raw.replaceAll('"', '""')}"\n`;
}

/** SQL of the lines: record_number, byte_offset, rule, raw_record. */
export function setAsideSql(path: string, recordBytes: number): string {
  const columns =
    "{'record_number': 'bigint', 'byte_offset': 'bigint', 'rule': 'varchar', 'raw_record': 'varchar'}";
  return `select * from read_csv(${literal(path)}, columns = ${columns}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', buffer_size = ${4 * recordBytes}, max_line_size = ${2 * recordBytes + 128}, parallel = false)`;
}
