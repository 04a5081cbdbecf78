import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanText } from '../../../feeds/clean.ts';
import { anySigns } from '../../../feeds/signs.ts';
import { literal } from '../../../feeds/sql-text.ts';
import { RefusedFile } from '../../refused-file.ts';
import type { Dialect } from '../csv/csv-dialect.ts';
import { numberedSql } from '../csv/csv-records.ts';
import { type FileHead, textHead } from '../file-head.ts';
import type { RecordReader } from '../file-records.ts';
import type { HeadersFor } from '../header.ts';
import { type SetAside, setAsideLine } from '../set-aside.ts';
import { JsonTrouble, parseJsonRecord } from './json-record.ts';
import { type Line, readLines } from './line-reader.ts';

const dialect: Dialect = { delimiter: ',', quote: '"' };

/** The names in the first objects of a file; later ones may have more. */
export function jsonlHeaders(head: FileHead): HeadersFor {
  return (mapping) => {
    const text = textHead(head, mapping?.encoding ?? 'utf-8');
    const lines = text.bytes.subarray(text.begins).toString('utf8').split('\n');
    const whole = text.isWhole ? lines : lines.slice(0, -1);
    const names = new Set<string>();
    for (const line of whole.slice(0, 1000)) addNames(line, names);
    if (names.size === 0) {
      throw new RefusedFile(whole.length === 0 ? 'oversize_record' : 'no_objects', {
        byteOffset: text.begins,
        recordNumber: 1,
        recordsIn: whole.filter((line) => line.trim() !== '').length,
      });
    }
    return [{ names: [...names], dialect, ends: text.begins, isOpen: true }];
  };
}

function addNames(line: string, names: Set<string>): void {
  try {
    for (const name of parseJsonRecord(line).keys()) names.add(cleanText(name) ?? '');
  } catch (error) {
    if (!(error instanceof JsonTrouble)) throw error;
  }
}

/** The records of a JSONL file. Fails with a RefusedFile where it is no text. */
export const jsonlRecords: RecordReader = async ({ engine, path, resolved, limits }, load) => {
  const { names, ends } = resolved.header;
  const numberedPath = join(engine.folder, 'numbered.csv');
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  const numbered = await open(numberedPath, 'w');
  const setAsideFile = await open(setAsidePath, 'w');
  const isClosed = resolved.preset === null;
  let records = 0;
  let setAside = 0;
  try {
    const file = { path, from: ends, recordBytes: limits.recordBytes };
    for await (const lines of readLines(file)) {
      const read = lines.map((line) => numberedLine(line, { names, isClosed }));
      const troubles = read.filter((result) => typeof result !== 'string');
      records += lines.length;
      setAside += troubles.length;
      await numbered.write(read.filter((result) => typeof result === 'string').join(''));
      await setAsideFile.write(troubles.map(setAsideLine).join(''));
    }
  } finally {
    await Promise.all([numbered.close(), setAsideFile.close()]);
  }
  await load({
    records: records - setAside,
    columns: { headers: names, signs: names.map(() => anySigns) },
    sql: numberedSql(numberedPath, {
      dialect,
      fields: names.length,
      recordBytes: 2 * limits.recordBytes,
    }),
    rawRecord: jsonOfFields(names),
    path: numberedPath,
  });
  return { records, setAside, setAsidePath };
};

/** The fields of a record as one JSON object. */
export function jsonOfFields(names: readonly string[]): string {
  return `cast(to_json(map([${names.map(literal).join(', ')}], fields)) as varchar)`;
}

function numberedLine(
  line: Line,
  { names, isClosed }: { readonly names: readonly string[]; readonly isClosed: boolean },
): string | SetAside {
  const aside = (rule: SetAside['rule']) => ({
    recordNumber: line.number,
    byteOffset: line.offset,
    rule,
    raw: line.text,
  });
  try {
    const fields = parseJsonRecord(line.text);
    if (isClosed && [...fields.keys()].some((name) => !names.includes(name))) {
      return aside('unknown_field');
    }
    const values = names.map((name) => `"${(fields.get(name) ?? '').replaceAll('"', '""')}"`);
    return `${line.number},${line.offset},${values.join(',')}\n`;
  } catch (error) {
    if (error instanceof JsonTrouble) return aside(error.rule);
    throw error;
  }
}
