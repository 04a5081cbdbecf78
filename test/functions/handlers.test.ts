import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient, GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handler as begin } from '../../functions/begin.ts';
import { handler as ingest } from '../../functions/ingest.ts';
import { handler as render } from '../../functions/render.ts';
import { handler as seal } from '../../functions/seal.ts';
import { parseConfig } from '../../lib/config.ts';
import { digestedText } from '../../lib/digested.ts';
import type { NightRecord } from '../../lib/night/record.ts';
import { testSecretText } from '../secret.ts';

const context = { functionName: 'test', awsRequestId: '1' } as Context;
const s3 = mockClient(S3Client);
const athena = mockClient(AthenaClient);
const secrets = mockClient(SecretsManagerClient);
let folder: string;

const record: NightRecord = {
  run: { snapshotOn: '2026-01-31', runId: '2026-01-31-1' },
  pointer: null,
  config: parseConfig({ time_zone: 'Europe/Paris' }),
  sent: [],
  start: null,
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-handlers-'));
  const settings = join(folder, 'clientele.config.json');
  await writeFile(settings, '{"time_zone": "Europe/Paris"}');
  vi.stubEnv('BUCKET', 'the-lake');
  vi.stubEnv('RESULTS', 'the-results');
  vi.stubEnv('DATABASE', 'clientele');
  vi.stubEnv('WORK_GROUP', 'the-night');
  vi.stubEnv('SETTINGS', settings);
  vi.stubEnv('SECRET', 'the-secret');
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation(() => true);
  }
  s3.reset();
  athena.reset();
  secrets.reset();
  secrets.on(GetSecretValueCommand, { SecretId: 'the-secret' }).resolves({
    SecretString: testSecretText,
  });
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: {} }));
  s3.on(HeadObjectCommand).rejects(new NotFound({ message: 'gone', $metadata: {} }));
  s3.on(PutObjectCommand).resolves({});
  s3.on(GetObjectCommand, { Key: 'runs/2026-01-31-1.json' }).callsFake(async () => ({
    Body: { transformToByteArray: async () => Buffer.from(digestedText(record)) },
    ETag: '"1"',
  }));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test('begin claims the run in the bucket of its environment, with the settings of its layer', async () => {
  const input = { scheduled_at: '2026-01-31T23:30:00Z' };
  expect(await begin({ execution: 'a', input }, context)).toEqual({
    run_id: '2026-01-31-1',
    snapshot_on: '2026-01-31',
    is_repeated: false,
  });
  const [put] = s3.commandCalls(PutObjectCommand);
  expect(put?.args[0].input).toMatchObject({
    Bucket: 'the-lake',
    Key: 'runs/2026-01-31-1.json',
    IfNoneMatch: '*',
  });
});

test('render gives the text of a step with the values of its night', async () => {
  const message = { run_id: '2026-01-31-1', step: 'orders_record', round: null };
  const { text, target } = await render(message, context);
  expect(text).toMatch(
    /^-- clientele writes orders_record of run 2026-01-31-1 \(2026-01-31\)\ninsert into/,
  );
  expect(text).toContain("at time zone 'Europe/Paris'");
  expect(text).not.toMatch(/:as_of|:run_id/);
  expect(target).toBe('orders_record 2026-01-31-1');
});

test('a round of a step is written into a run of its own, the last into the night', async () => {
  const round = (number: number, is_last: boolean) =>
    render(
      { run_id: '2026-01-31-1', step: 'identity_component', round: { number, is_last } },
      context,
    );
  expect((await round(2, false)).target).toBe('identity_component 2026-01-31-1-r2');
  const last = await round(3, true);
  expect(last.target).toBe('identity_component 2026-01-31-1');
  expect(last.text).toContain("run_id = '2026-01-31-1-r2'");
});

test('a step that is none of the night is refused by name', async () => {
  const message = { run_id: '2026-01-31-1', step: 'model_fit', round: null };
  await expect(render(message, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
});

test('seal seals nothing for a query that did not succeed', async () => {
  athena.on(GetQueryExecutionCommand).resolves({
    QueryExecution: { QueryExecutionId: 'q', Status: { State: 'FAILED' } },
  });
  const message = { run_id: '2026-01-31-1', step: 'customer', round: null, query_id: 'q' };
  await expect(seal(message, context)).rejects.toMatchObject({ name: 'EngineError' });
  expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
});

test('ingest asks for the very version of its event', async () => {
  const body = JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { object: { key: 'drop/orders/a.csv', etag: 'e', 'version-id': 'v7' } },
  });
  await ingest({ Records: [{ messageId: '1', body }] }, context);
  const [head] = s3.commandCalls(HeadObjectCommand);
  expect(head?.args[0].input).toMatchObject({ Key: 'drop/orders/a.csv', VersionId: 'v7' });
});
