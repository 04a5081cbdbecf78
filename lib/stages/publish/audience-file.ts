import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Row } from '../../ports/query-engine.ts';

/** What the manifest of an audience says of a file. */
export interface AudienceFile {
  readonly key: string;
  readonly op: string;
  readonly rows: number;
  readonly sha256: string;
}

const header = [
  'customer_key',
  'scheme',
  'segment',
  'predicted_clv_12m',
  'p_alive',
  'snapshot_on',
  'op',
];

/** Writes rows as CSV while they come, and no more of them is held than a part of the upload. */
export async function writeAudienceFile(
  store: ObjectStore,
  file: { readonly key: string; readonly op: string; readonly rows: AsyncIterable<Row> },
): Promise<AudienceFile> {
  const { key, op } = file;
  const hash = createHash('sha256');
  let rows = 0;

  async function* counted(): AsyncGenerator<Row> {
    for await (const row of file.rows) {
      rows += 1;
      yield row;
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
    stringify({ header: true, columns: header }),
    () => undefined,
  );
  await store.putStream(key, Readable.from(hashed(csv), { objectMode: false }));
  return { key, op, rows, sha256: hash.digest('hex') };
}
