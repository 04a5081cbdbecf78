import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { openS3Store } from '../../../lib/adapters/s3/object-store.ts';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';

/** The stand-in checks no secret. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const region = 'us-east-1';

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly store: ObjectStore;
}

function openS3Client(url: string): S3Client {
  return new S3Client({ endpoint: url, region, credentials, forcePathStyle: true });
}

/** A new, empty bucket of the stand-in. */
export async function makeBucket(url: string): Promise<Bucket> {
  const client = openS3Client(url);
  const name = `clientele-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return { client, name, store: openS3Store({ client, bucket: name }) };
}
