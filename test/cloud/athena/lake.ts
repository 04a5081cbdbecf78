import { randomUUID } from 'node:crypto';
import { AthenaClient } from '@aws-sdk/client-athena';
import type { TableContract } from '../../../lib/tables/contract.ts';
import { type Bucket, credentials, makeBucket, region } from '../s3/bucket.ts';
import { createTable } from '../trino/ddl.ts';
import type { AthenaServer } from './server.ts';
import { startStatement } from './trino-statement.ts';

/** A bucket, a database with a table for each contract, and a workgroup that answers into `results`. */
export interface CloudLake extends Bucket {
  readonly results: Bucket;
  readonly workgroup: string;
  readonly database: string;
  /** Adds every run to a table whose files lie in its folder. */
  findPartitions(table: TableContract): Promise<void>;
  /** Drops the tables and the database; the buckets go with their server. */
  drop(): Promise<void>;
}

export async function makeLake(options: {
  readonly athena: AthenaServer;
  readonly awsUrl: string;
  readonly trinoUrl: string;
  readonly tables: readonly TableContract[];
}): Promise<CloudLake> {
  const { athena, awsUrl, trinoUrl, tables } = options;
  const bucket = await makeBucket(awsUrl);
  const results = await makeBucket(awsUrl);
  const database = `lake_${randomUUID().replaceAll('-', '')}`;
  const session = { url: trinoUrl, schema: database };
  const run = async (sql: string) => {
    const { error } = await startStatement(session, sql).answer;
    if (error !== null) throw new Error(`${error.name}: ${error.message}: ${sql}`);
  };
  await run(`create schema ${database}`);
  for (const table of tables) await run(createTable(table, `s3://${bucket.name}`));
  const folders = new Map(tables.map(({ name, storage }) => [name, storage.folder]));
  athena.addWorkgroup(database, {
    bucket: bucket.name,
    store: bucket.store,
    results,
    folderOf: (table) => {
      const folder = folders.get(table);
      if (folder === undefined) throw new Error(`no table ${table}`);
      return folder;
    },
  });
  return {
    ...bucket,
    results,
    workgroup: database,
    database,
    findPartitions: ({ name }) =>
      run(`call system.sync_partition_metadata('${database}', '${name}', 'ADD')`),
    drop: () => run(`drop schema ${database} cascade`),
  };
}

export function openAthenaClient(athena: AthenaServer): AthenaClient {
  return new AthenaClient({ endpoint: athena.url, region, credentials });
}
