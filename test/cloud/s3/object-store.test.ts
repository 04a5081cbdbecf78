import { text } from 'node:stream/consumers';
import { HeadObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { openS3Store } from '../../../lib/adapters/s3/object-store.ts';
import { objectStoreContract } from '../../contracts/object-store.ts';
import { makeBucket } from './bucket.ts';

const { awsUrl } = inject('cloud');

objectStoreContract('openS3Store()', async () => (await makeBucket(awsUrl)).store);

describe('openS3Store() with a pinned version', () => {
  it('reads the version of the event, though the object was replaced and deleted since', async () => {
    const { client, name, store } = await makeBucket(awsUrl);
    await client.send(
      new PutBucketVersioningCommand({
        Bucket: name,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    const key = 'drop/orders/a.csv';
    await store.put(key, 'first');
    const { VersionId = '' } = await client.send(new HeadObjectCommand({ Bucket: name, Key: key }));
    const first = await store.head(key);
    await store.put(key, 'second, longer');
    await store.delete(key);
    const pinned = openS3Store({ client, bucket: name, pinned: { key, versionId: VersionId } });
    expect((await pinned.get(key))?.body.toString()).toBe('first');
    expect(await text(await pinned.getStream(key))).toBe('first');
    expect(await pinned.head(key)).toEqual(first);
    expect(await store.get(key)).toBeNull();
  });
});
