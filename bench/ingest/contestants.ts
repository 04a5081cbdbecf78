import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { Secret } from '../../lib/keys/secret.ts';

/** What a home of the bench holds. */
export const benchKey = 'drop/orders/orders.csv';

/** A fair row-by-row check of the same columns. */
const row = z.object({
  order_id: z.string().max(256),
  ordered_at: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    .transform((text) => new Date(`${text.replace(' ', 'T')}Z`)),
  customer_id: z.string().max(256),
  email: z.email().toLowerCase(),
  product_id: z.string().max(256),
  quantity: z.coerce.number(),
  unit_price: z.coerce.number().min(0),
  discount: z.string().transform((text) => (text === '' ? 0 : Number(text))),
  channel: z.string(),
});

/** Reads a home's file in one way; returns its records. */
export type Contestant = (home: string) => Promise<number>;

export const contestants: Readonly<Record<string, Contestant>> = {
  /** The product itself, from drop to the row of the load. */
  async ingest(home) {
    const [load] = await ingestDrop({
      store: openFolderStore(home),
      openFileEngine,
      clock: { now: () => new Date() },
      config: parseConfig({}),
      secret: Secret.of('the secret of a bench is no secret'.replaceAll(' ', '-'), 'the bench'),
      scratch: join(home, '.scratch'),
    });
    if (load?.status !== 'loaded' || load.quarantined > 0) throw new Error('the load failed');
    return load.recordsIn;
  },

  /** DuckDB's bare copy of the file to Parquet as it comes: all processors, nothing checked. */
  async bareCopy(home) {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const copy = join(home, 'copy.parquet');
    await connection.run(`copy (select * from read_csv('${join(home, benchKey)}')) to '${copy}'`);
    const counted = await connection.runAndReadAll(
      `select cast(count(*) as integer) as records from read_parquet('${copy}')`,
    );
    connection.closeSync();
    instance.closeSync();
    return Number(counted.getRowObjects()[0]?.records);
  },

  /** csv-parse and zod, row by row. */
  async rowByRow(home) {
    let records = 0;
    const rows = createReadStream(join(home, benchKey)).pipe(parse({ columns: true }));
    for await (const record of rows) {
      row.parse(record);
      records += 1;
    }
    return records;
  },
};
