import type { FileEngine } from '../../ports/file-engine.ts';
import type { FileFormat } from '../drop-key.ts';
import type { Content } from '../fetch-content.ts';
import type { IngestLimits } from '../limits.ts';
import { csvHeaders } from './csv/csv-header.ts';
import { type Encoding, readFileHead } from './file-head.ts';
import type { HeadersFor } from './header.ts';
import { jsonlHeaders } from './jsonl/jsonl-records.ts';
import { parquetHeaders } from './parquet/parquet-records.ts';
import { transcode } from './transcode.ts';

interface FileToRead {
  readonly engine: FileEngine;
  readonly format: FileFormat;
  readonly content: Content;
  readonly limits: IngestLimits;
}

/** The headers that a file may have. Fails with a RefusedFile when it is evidently unreadable. */
export async function headersOf({
  engine,
  format,
  content,
  limits,
}: FileToRead): Promise<HeadersFor> {
  const { path, bytes } = content;
  if (format === 'parquet') return await parquetHeaders(engine, { path, bytes, limits });
  const head = await readFileHead(path, limits.recordBytes);
  return format === 'csv' ? csvHeaders(head) : jsonlHeaders(head);
}

/** Path of the content as UTF-8 text. Fails with a RefusedFile where it is not in its encoding. */
export async function utf8Path(path: string, encoding: Encoding): Promise<string> {
  if (encoding === 'utf-8') return path;
  const decoded = `${path}.utf8`;
  await transcode(path, decoded, encoding);
  return decoded;
}
