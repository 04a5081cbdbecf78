import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { type AthenaEngine, openAthenaEngine } from '../../lib/adapters/athena/query-engine.ts';
import { openS3Store } from '../../lib/adapters/s3/object-store.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import type { OpenServices } from '../../lib/night/open.ts';
import { allTables } from '../../lib/tables/all.ts';
import { readEnvironment } from './environment.ts';
import { openStore } from './open.ts';

/** The tables of the lake by Athena, its bucket, and the time. */
export async function openEngine(): Promise<OpenServices & { readonly engine: AthenaEngine }> {
  const { DATABASE, RESULTS, WORK_GROUP } = readEnvironment();
  const { store } = await openStore();
  const engine = openAthenaEngine({
    client: new AthenaClient(),
    workgroup: WORK_GROUP,
    database: DATABASE,
    store,
    results: openS3Store({ client: new S3Client(), bucket: RESULTS }),
    tables: allTables,
  });
  return { engine, store, clock: systemClock };
}
