import { setTimeout as sleep } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { openAthenaEngine } from '../../../lib/adapters/athena/query-engine.ts';
import { openS3Store } from '../../../lib/adapters/s3/object-store.ts';
import { readRecord } from '../../../lib/night/record.ts';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';
import { sampleAsOf } from '../../../lib/sample/calendar.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { readPointer } from '../../../lib/stages/publish/pointer.ts';
import { allTables } from '../../../lib/tables/all.ts';
import { digestsOf } from '../night/digests.ts';
import { embeddedNights } from '../night/embedded.ts';
import { aws, deployedStack } from './stack.ts';

const patienceMs = 30 * 60_000;

test('a small night in the deployed stack ends published with the rows of the embedded run', async () => {
  const stack = await deployedStack();
  const store = openS3Store({ client: new S3Client(), bucket: stack.bucket });
  expect(
    await countKeys(store, 'drop/'),
    'files dropped before: verify in a stack of its own',
  ).toBe(0);
  const files = [...makeSampleShop({ customers: 300, seed: 1 })];
  for (const { key, body } of files) await store.put(key, body);
  await until('every file has been ingested', async () => {
    return (await countKeys(store, 'delivery/')) >= files.length;
  });

  const { executionArn } = await aws<{ readonly executionArn: string }>(
    ...['stepfunctions', 'start-execution', '--state-machine-arn', stack.stateMachine],
    ...['--input', JSON.stringify({ as_of: sampleAsOf })],
  );
  let status = 'RUNNING';
  await until('the execution has ended', async () => {
    ({ status } = await aws<{ readonly status: string }>(
      ...['stepfunctions', 'describe-execution', '--execution-arn', executionArn],
    ));
    return status !== 'RUNNING';
  });
  expect(status).toBe('SUCCEEDED');

  const run = (await readPointer(store))?.current;
  if (run === undefined) throw new Error('nothing is published');
  const { config } = await readRecord(store, run.runId);
  const drop = Object.fromEntries(files.map(({ key, body }) => [key, body]));
  const [embedded] = await embeddedNights(config, [{ drop, asOf: sampleAsOf }]);
  const engine = openAthenaEngine({
    client: new AthenaClient(),
    workgroup: stack.workgroup,
    database: stack.database,
    store,
    results: openS3Store({ client: new S3Client(), bucket: stack.results }),
    tables: allTables,
  });
  expect(await digestsOf(engine, run)).toEqual(embedded?.digests);
});

async function countKeys(store: ObjectStore, prefix: string): Promise<number> {
  let count = 0;
  for await (const _ of store.list(prefix)) count += 1;
  return count;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(5_000);
  }
}
