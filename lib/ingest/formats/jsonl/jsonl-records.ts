import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { anySigns } from '../../../feeds/signs.ts';
import { plainDialect } from '../dialect.ts';
import type { RecordReader } from '../format.ts';
import { jsonOfFields } from '../json-of-fields.ts';
import { numberedSql } from '../numbered-sql.ts';
import { type SetAside, setAsideLine } from '../set-aside.ts';
import { JsonTrouble, parseJsonRecord } from './json-record.ts';
import { type Line, readLines } from './line-reader.ts';

/** The records of a JSONL file. Fails with a RefusedFile where it is no text. */
export const jsonlRecords: RecordReader = async (options, load) => {
  const { engine, path, header, isClosed, limits } = options;
  const { names, ends } = header;
  const numberedPath = join(engine.folder, 'numbered.csv');
  const setAsidePath = join(engine.folder, 'set-aside.csv');
  const numbered = await open(numberedPath, 'w');
  const setAsideFile = await open(setAsidePath, 'w');
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
      dialect: plainDialect,
      fields: names.length,
      recordBytes: 2 * limits.recordBytes,
    }),
    rawRecord: jsonOfFields(names),
    path: numberedPath,
  });
  return { records, setAside, setAsidePath };
};

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
