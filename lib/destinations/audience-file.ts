import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Row } from '../ports/query-engine.ts';
import type { Destination } from './destination.ts';

/** What the manifest of an audience says of a file. */
export interface AudienceFile {
  readonly key: string;
  readonly op: string;
  readonly rows: number;
  readonly sha256: string;
}

/**
 * Writes changes as CSV in the form of a destination while they come, and no more of them is held
 * than a part of the upload.
 */
export async function writeAudienceFile(
  store: ObjectStore,
  { header, row }: Destination,
  file: { readonly key: string; readonly op: string; readonly changes: AsyncIterable<Row> },
): Promise<AudienceFile> {
  const { key, op } = file;
  const hash = createHash('sha256');
  let rows = 0;

  async function* counted() {
    for await (const change of file.changes) {
      rows += 1;
      yield row(change);
    }
  }

  async function* hashed(csv: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of csv) {
      hash.update(part);
      yield part;
    }
  }

  // An error of either ends what reads them, one that stops early ends both.
  const csv = pipeline(
    Readable.from(counted()),
    stringify({ header: true, columns: [...header] }),
    () => undefined,
  );
  await store.putStream(key, Readable.from(hashed(csv), { objectMode: false }));
  return { key, op, rows, sha256: hash.digest('hex') };
}
