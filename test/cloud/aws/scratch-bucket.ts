import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { openS3Store } from '../../../lib/adapters/s3/object-store.ts';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';

export interface ScratchBucket {
  readonly name: string;
  readonly store: ObjectStore;
  /** Removes the bucket and all that is in it. */
  remove(): Promise<void>;
}

/** A new, empty bucket in the region of whoever runs the tests. */
export async function makeScratchBucket(): Promise<ScratchBucket> {
  const client = new S3Client();
  const name = `clientele-verify-${randomUUID()}`;
  const region = await client.config.region();
  await client.send(
    new CreateBucketCommand({
      Bucket: name,
      ...(region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as never } }),
    }),
  );
  const store = openS3Store({ client, bucket: name });
  return {
    name,
    store,
    remove: async () => {
      for await (const { key } of store.list('')) await store.delete(key);
      await client.send(new DeleteBucketCommand({ Bucket: name }));
    },
  };
}
