import { rm } from 'node:fs/promises';
import type { FileEngine } from '../../ports/file-engine.ts';
import { type FormatName, formats } from '../formats/all.ts';
import type { Header } from '../formats/header.ts';
import { limits } from '../limits.ts';

/** Enough to see what a file's columns are. */
const most = 5000;

/** The first records of a file, and the names of their fields. */
export interface FirstRecords {
  readonly headers: readonly string[];
  readonly records: readonly (readonly (string | null)[])[];
}

/** Reads the first records as texts. Fails with a RefusedFile on structural damage anywhere. */
export async function firstRecords(options: {
  readonly engine: FileEngine;
  readonly format: FormatName;
  /** Of the content, text in UTF-8. */
  readonly path: string;
  readonly header: Header;
}): Promise<FirstRecords> {
  const { engine, format, header } = options;
  let headers = header.names;
  const records: (string | null)[][] = [];
  const read = header.names;
  await formats[format].records({ ...options, read, isClosed: false, limits }, async (segment) => {
    if (records.length < most) {
      headers = segment.columns.headers;
      const fields = headers.map((_, i) => `f${i}`);
      const rows = await engine.read(
        `select ${fields.join(', ')} from (${segment.sql}) order by record_number limit ${most - records.length}`,
      );
      records.push(...rows.map((row) => fields.map((field) => row[field] as string | null)));
    }
    await rm(segment.path);
  });
  return { headers, records };
}
