import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openS3Store } from '../../lib/adapters/s3/object-store.ts';
import { StorageError } from '../../lib/errors.ts';

// biome-ignore lint/suspicious/noExplicitAny: the mock's own types of any command
let s3: AwsStub<any, any, any>;

beforeEach(() => {
  s3 = mockClient(S3Client);
});

afterEach(() => {
  s3.restore();
});

const store = openS3Store({ client: new S3Client({ region: 'eu-west-1' }), bucket: 'lake' });

function failure(name: string, httpStatusCode: number): S3ServiceException {
  const message = `the service says ${name}`;
  return new S3ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
}

const unmet = failure('PreconditionFailed', 412);
const conflict = failure('ConditionalRequestConflict', 409);
const denied = failure('AccessDenied', 403);

describe('putIfAbsent()', () => {
  it('asks S3 to write only where nothing is', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await store.putIfAbsent('a', 'x')).toBe(true);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'lake',
      Key: 'a',
      IfNoneMatch: '*',
    });
  });

  it('is false on 412', async () => {
    s3.on(PutObjectCommand).rejects(unmet);
    expect(await store.putIfAbsent('a', 'x')).toBe(false);
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(1);
  });

  it('asks again on 409, which decides nothing', async () => {
    s3.on(PutObjectCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await store.putIfAbsent('a', 'x')).toBe(true);
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(3);
  });

  it('gives up after eight conflicts and never says that it wrote', async () => {
    s3.on(PutObjectCommand).rejects(conflict);
    await expect(store.putIfAbsent('a', 'x')).rejects.toThrow(
      'Cannot write a: ConditionalRequestConflict',
    );
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(8);
  }, 30_000);
});

describe('compareAndSet()', () => {
  it('names the version it expects', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await store.compareAndSet('a', 'x', '"1"')).toBe(true);
    const { input } = s3.commandCalls(PutObjectCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({ IfMatch: '"1"' });
    expect(input).not.toHaveProperty('IfNoneMatch');
  });

  it.each([
    ['another version is there (412)', unmet],
    ['the object is gone (404)', failure('NoSuchKey', 404)],
  ])('is false when %s', async (_, error) => {
    s3.on(PutObjectCommand).rejects(error);
    expect(await store.compareAndSet('a', 'x', '"1"')).toBe(false);
  });
});

describe('errors', () => {
  it('are StorageErrors with the action, the key and the name that S3 gave', async () => {
    for (const command of [
      PutObjectCommand,
      GetObjectCommand,
      HeadObjectCommand,
      DeleteObjectCommand,
    ]) {
      s3.on(command).rejects(denied);
    }
    for (const attempt of [
      () => store.put('a', 'x'),
      () => store.putStream('a', Readable.from(['x'])),
      () => store.putIfAbsent('a', 'x'),
      () => store.compareAndSet('a', 'x', '"1"'),
      () => store.get('a'),
      () => store.getStream('a'),
      () => store.head('a'),
      () => store.delete('a'),
    ]) {
      const error: unknown = await attempt().catch((found: unknown) => found);
      expect(error).toBeInstanceOf(StorageError);
      expect(String(error)).toMatch(/Cannot (read|write|look at|delete) a: AccessDenied/);
    }
  });

  it('of access are not taken for absence', async () => {
    s3.on(HeadObjectCommand).rejects(denied);
    await expect(store.head('a')).rejects.toBeInstanceOf(StorageError);
  });

  it('of a list are StorageErrors too', async () => {
    s3.on(ListObjectsV2Command).rejects(denied);
    await expect(store.list('a/')[Symbol.asyncIterator]().next()).rejects.toThrow(
      'Cannot list a/: AccessDenied',
    );
  });
});

describe('list()', () => {
  it('asks for the next page with the token of the one before', async () => {
    const found = (Key: string) => ({ Key, Size: 1, ETag: '"1"', LastModified: new Date(0) });
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [found('a/1')], NextContinuationToken: 'next' })
      .resolvesOnce({ Contents: [found('a/2')] });
    const keys: string[] = [];
    for await (const { key } of store.list('a/')) keys.push(key);
    expect(keys).toEqual(['a/1', 'a/2']);
    expect(
      s3.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.ContinuationToken),
    ).toEqual([undefined, 'next']);
  });

  it('passes over the markers of empty folders and hidden names', async () => {
    const found = (Key: string) => ({ Key, Size: 0, ETag: '"1"', LastModified: new Date(0) });
    s3.on(ListObjectsV2Command).resolves({
      Contents: ['drop/orders/', 'drop/orders/.part', 'drop/orders/a+b%2Bc.csv'].map(found),
    });
    const keys: string[] = [];
    for await (const { key } of store.list('drop/')) keys.push(key);
    expect(keys).toEqual(['drop/orders/a b+c.csv']);
  });
});

describe('a pinned version', () => {
  const pinnedStore = openS3Store({
    client: new S3Client({ region: 'eu-west-1' }),
    bucket: 'lake',
    pinned: { key: 'drop/orders/a.csv', versionId: 'v1' },
  });

  it('is what reads of its key give, and reads of no other', async () => {
    s3.on(HeadObjectCommand).rejects(new NoSuchKey({ message: '', $metadata: {} }));
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: '', $metadata: {} }));
    await pinnedStore.head('drop/orders/a.csv');
    await pinnedStore.get('drop/orders/a.csv');
    await pinnedStore.head('drop/orders/b.csv');
    expect(
      s3.calls().map(({ args }) => (args[0].input as { VersionId?: string }).VersionId),
    ).toEqual(['v1', 'v1', undefined]);
  });

  it('that is deleted is not there', async () => {
    s3.on(HeadObjectCommand).rejects(failure('NoSuchVersion', 404));
    expect(await pinnedStore.head('drop/orders/a.csv')).toBeNull();
  });
});
