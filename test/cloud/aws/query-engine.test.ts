import { randomUUID } from 'node:crypto';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { openQueries } from '../../../lib/adapters/athena/queries.ts';
import { openAthenaEngine } from '../../../lib/adapters/athena/query-engine.ts';
import { openS3Store } from '../../../lib/adapters/s3/object-store.ts';
import { queryEngineContract } from '../../contracts/query-engine.ts';
import { createHiveTable } from './hive-ddl.ts';
import { makeScratchBucket } from './scratch-bucket.ts';
import { deployedStack } from './stack.ts';

queryEngineContract('openAthenaEngine() on Athena itself', async (tables) => {
  const stack = await deployedStack();
  const lake = await makeScratchBucket();
  const client = new AthenaClient();
  const database = `verify_${randomUUID().replaceAll('-', '')}`;
  const options = { client, workgroup: stack.workgroup, database };
  const queries = openQueries({ ...options, database: 'default' });
  await queries.run(`create database ${database}`);
  for (const table of tables) {
    await queries.run(createHiveTable(database, table, `s3://${lake.name}`));
  }
  const results = openS3Store({ client: new S3Client(), bucket: stack.results });
  const engine = openAthenaEngine({ ...options, store: lake.store, results, tables });
  return {
    engine,
    store: lake.store,
    close: async () => {
      await queries.run(`drop database ${database} cascade`);
      await lake.remove();
    },
  };
});
