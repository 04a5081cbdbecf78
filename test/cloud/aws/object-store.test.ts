import { afterAll } from 'vitest';
import { objectStoreContract } from '../../contracts/object-store.ts';
import { makeScratchBucket, type ScratchBucket } from './scratch-bucket.ts';

const buckets: ScratchBucket[] = [];

afterAll(async () => {
  for (const bucket of buckets) await bucket.remove();
});

objectStoreContract('openS3Store() on S3 itself', async () => {
  const bucket = await makeScratchBucket();
  buckets.push(bucket);
  return bucket.store;
});
