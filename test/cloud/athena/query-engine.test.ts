import { afterAll, beforeAll, inject } from 'vitest';
import { openAthenaEngine } from '../../../lib/adapters/athena/query-engine.ts';
import { queryEngineContract } from '../../contracts/query-engine.ts';
import { makeLake, openAthenaClient } from './lake.ts';
import { type AthenaServer, startAthena } from './server.ts';

const servers = inject('cloud');
let athena: AthenaServer;

beforeAll(async () => {
  athena = await startAthena(servers.trinoUrl);
});

afterAll(async () => {
  await athena.stop();
});

queryEngineContract('openAthenaEngine()', async (tables) => {
  const lake = await makeLake({ athena, ...servers, tables });
  const engine = openAthenaEngine({
    client: openAthenaClient(athena),
    store: lake.store,
    results: lake.results.store,
    workgroup: lake.workgroup,
    database: lake.database,
    tables,
    look: { firstMs: 10, longestMs: 200 },
  });
  return { engine, store: lake.store, close: lake.drop };
});
