import { S3Client } from '@aws-sdk/client-s3';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openS3Store } from '../../lib/adapters/s3/object-store.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { limits } from '../../lib/ingest/limits.ts';
import type { IngestServices } from '../../lib/ingest/services.ts';
import type { DroppedObject } from '../drop-event.ts';
import { emptyScratch } from './empty-scratch.ts';
import { readEnvironment } from './environment.ts';
import { readSettings } from './open.ts';
import { openSecret } from './open-secret.ts';

/**
 * What a file may have, inflated: it lies in /tmp together with a copy in UTF-8, a numbered copy and
 * its accepted rows, and the template gives 10 GiB.
 */
const fileBytes = 2 * 2 ** 30;

/** Opens what ingesting needs so that the object is read as it was when its event was sent. */
export type IngestServicesAt = (dropped: DroppedObject) => IngestServices;

/** The bucket as it was at the version of an event, and the embedded engine over /tmp. */
export async function openIngest(): Promise<IngestServicesAt> {
  const client = new S3Client();
  const { BUCKET: bucket } = readEnvironment();
  const config = await readSettings();
  const secret = await openSecret();
  return ({ key, versionId }) => ({
    store: openS3Store({
      client,
      bucket,
      ...(versionId === null ? {} : { pinned: { key, versionId } }),
    }),
    openFileEngine,
    clock: systemClock,
    config,
    secret,
    scratch: emptyScratch(),
    limits: { ...limits, fileBytes },
  });
}
