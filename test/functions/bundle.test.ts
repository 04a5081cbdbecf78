import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseConfig } from '../../lib/config.ts';
import { digestedText } from '../../lib/digested.ts';
import type { NightRecord } from '../../lib/night/record.ts';
import { bundleFolders } from '../../scripts/bundle-folders.ts';
import { bundleFunctions } from '../../scripts/bundle-functions.ts';

type Handler = (event: unknown, context: Context) => Promise<Record<string, string>>;

const context = { functionName: 'test', awsRequestId: '1' } as Context;
const record: NightRecord = {
  run: { snapshotOn: '2026-01-31', runId: '2026-01-31-1' },
  pointer: null,
  config: parseConfig({}),
  sent: [],
  start: null,
};
// Below this folder, so that the machine's own DuckDB is found.
const cache = join(import.meta.dirname, '../../.cache');
let bundles: string;
let bucket: Server;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  bundles = mkdtempSync(join(cache, 'bundle-'));
  await bundleFunctions(bundles);
  bucket = createServer((_, response) => {
    response.setHeader('etag', '"1"').end(digestedText(record));
  }).listen(0);
  const { port } = bucket.address() as AddressInfo;
  const variables = {
    BUCKET: 'lake',
    RESULTS: 'results',
    DATABASE: 'clientele',
    WORK_GROUP: 'night',
    SETTINGS: '/none',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
  bucket.close();
  rmSync(bundles, { recursive: true, force: true });
});

async function handlerOf(folder: string, name: string): Promise<Handler> {
  const file = pathToFileURL(join(bundles, folder, `${name}.mjs`)).href;
  return ((await import(/* @vite-ignore */ file)) as { readonly handler: Handler }).handler;
}

test.each(
  Object.entries(bundleFolders).flatMap(([folder, names]) => names.map((name) => [name, folder])),
)('the bundle of %s has its handler', async (name = '', folder = '') => {
  expect(await handlerOf(folder, name)).toBeTypeOf('function');
});

test('a bundle finds the texts of the tables beside itself', async () => {
  const render = await handlerOf('night', 'render');
  const message = { run_id: '2026-01-31-1', step: 'customer_value', round: null };
  const { text } = await render(message, context);
  expect(text).toMatch(/^-- clientele writes customer_value of run 2026-01-31-1/);
  expect(text).toContain("snapshot_on = date '2026-01-31'");
});

test('an error keeps its name in a bundle, because retries go by it', async () => {
  const render = await handlerOf('night', 'render');
  const message = { run_id: '2026-01-31-1', step: 'none', round: null };
  await expect(render(message, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
  await expect(render({}, context)).rejects.toMatchObject({ name: 'ZodError' });
});
