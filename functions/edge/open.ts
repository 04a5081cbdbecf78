import { readFile } from 'node:fs/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { openS3Store } from '../../lib/adapters/s3/object-store.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { type Config, loadConfig } from '../../lib/config.ts';
import type { BeginServices } from '../../lib/night/begin.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { readEnvironment } from './environment.ts';

/** The bucket of the lake. */
export async function openStore(): Promise<{ readonly store: ObjectStore }> {
  return { store: openS3Store({ client: new S3Client(), bucket: readEnvironment().BUCKET }) };
}

/** The bucket, the configuration as it is deployed, and the time. */
export async function openBegin(): Promise<BeginServices> {
  return { ...(await openStore()), config: await readSettings(), clock: systemClock };
}

export async function readSettings(): Promise<Config> {
  const { SETTINGS } = readEnvironment();
  return loadConfig(await readFile(SETTINGS, 'utf8'), SETTINGS);
}
