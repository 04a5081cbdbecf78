import { AthenaClient } from '@aws-sdk/client-athena';
import { type AthenaEngine, openAthenaEngine } from '../../lib/adapters/athena/query-engine.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import type { OpenServices } from '../../lib/night/open.ts';
import { allTables } from '../../lib/tables/all.ts';
import { readEnvironment } from './environment.ts';
import { openStore } from './open.ts';

/** The tables of the lake by Athena, its bucket, and the time. */
export async function openEngine(): Promise<OpenServices & { readonly engine: AthenaEngine }> {
  const { DATABASE, WORK_GROUP } = readEnvironment();
  const { store } = await openStore();
  const engine = openAthenaEngine({
    client: new AthenaClient(),
    workgroup: WORK_GROUP,
    database: DATABASE,
    store,
    tables: allTables,
  });
  return { engine, store, clock: systemClock };
}
