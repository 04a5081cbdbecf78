import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { StorageError } from '../../errors.ts';
import type { ObjectStore, OddObject, StoredObject } from '../../ports/object-store.ts';
import { checkedKey, checkedPrefix, isUsableKey } from '../object-key.ts';
import { guard, isAbsent, isConditionUnmet, isConflict } from './errors.ts';
import { spoiltObjects } from './spoilt-objects.ts';

export interface S3StoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /**
   * Reads of this key give this version of it, whatever was put since: an event tells of one
   * version, and the object may have been replaced before the event is read.
   */
  readonly pinned?: { readonly key: string; readonly versionId: string };
}

const partBytes = 8 * 1024 * 1024;
const conflictAttempts = 8;

/**
 * The objects of an S3 bucket. Whole objects are put in one request and streams in parts, so that a
 * reader sees the old object or the new one; conditions are S3's own (`If-None-Match`, `If-Match`).
 */
export function openS3Store({ client, bucket, pinned }: S3StoreOptions): ObjectStore {
  function reading(key: string) {
    const Key = checkedKey(key);
    const version = pinned?.key === key ? { VersionId: pinned.versionId } : {};
    return { Bucket: bucket, Key, ...version };
  }

  async function head(key: string): Promise<StoredObject | null> {
    return await guard('look at', key, async () => {
      const found = await client.send(new HeadObjectCommand(reading(key))).catch(absentAsNull);
      if (found === null) return null;
      return {
        key,
        bytes: found.ContentLength ?? 0,
        etag: required(found.ETag, 'an etag'),
        modifiedAt: required(found.LastModified, 'a time of modification'),
      };
    });
  }

  /** A thousand objects a page; the next page is asked for when this one has been used up. */
  async function* list(
    prefix: string,
    onOdd?: (odd: OddObject) => void,
  ): AsyncIterable<StoredObject> {
    const Prefix = checkedPrefix(prefix);
    for (let ContinuationToken: string | undefined; ; ) {
      const page = await guard('list', prefix, () =>
        client.send(
          // Names are asked for in their URL form: XML cannot hold every character of a key.
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix,
            EncodingType: 'url',
            ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
          }),
        ),
      );
      for (const found of page.Contents ?? []) {
        const key = decodeURIComponent(required(found.Key, 'a key').replaceAll('+', ' '));
        if (isMarkerOrHidden(key)) continue;
        if (onOdd !== undefined && !isUsableKey(key)) {
          onOdd({ key, reason: 'unusable_name' });
          continue;
        }
        yield {
          key: checkedKey(key),
          bytes: found.Size ?? 0,
          etag: required(found.ETag, 'an etag'),
          modifiedAt: required(found.LastModified, 'a time of modification'),
        };
      }
      ContinuationToken = page.NextContinuationToken;
      if (ContinuationToken === undefined) return;
    }
  }

  async function getObject(key: string): Promise<GetObjectCommandOutput | null> {
    return await client.send(new GetObjectCommand(reading(key))).catch(absentAsNull);
  }

  async function get(key: string): ReturnType<ObjectStore['get']> {
    return await guard('read', key, async () => {
      const found = await getObject(key);
      if (found === null) return null;
      const body = Buffer.from(await required(found.Body, 'a body').transformToByteArray());
      return { body, etag: required(found.ETag, 'an etag') };
    });
  }

  async function getStream(key: string): Promise<Readable> {
    return await guard('read', key, async () => {
      const found = await getObject(key);
      if (found === null) {
        throw new StorageError(`Cannot read ${key}: there must be such an object.`);
      }
      return required(found.Body, 'a body') as Readable;
    });
  }

  async function put(key: string, body: Buffer | string): Promise<void> {
    const Key = checkedKey(key);
    await guard('write', key, () =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key, ...whole(body) })),
    );
  }

  async function putStream(key: string, body: Readable): Promise<string> {
    const Key = checkedKey(key);
    return await guard('write', key, async () => {
      // Of an upload that fails S3 keeps no object, and lib-storage removes its parts.
      const upload = new Upload({
        client,
        params: { Bucket: bucket, Key, Body: body },
        partSize: partBytes,
        queueSize: 2,
      });
      return required((await upload.done()).ETag, 'an etag');
    });
  }

  /** False when the condition is not met. */
  async function putIf(
    key: string,
    body: Buffer | string,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  ): Promise<boolean> {
    const Key = checkedKey(key);
    return await guard('write', key, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(
            new PutObjectCommand({ Bucket: bucket, Key, ...whole(body), ...condition }),
          );
          return true;
        } catch (error) {
          // An object that is gone is not the version that was expected.
          if (isConditionUnmet(error) || isAbsent(error)) return false;
          if (!isConflict(error) || attempt === conflictAttempts) throw error;
          await sleep(Math.random() * 20 * 2 ** attempt);
        }
      }
    });
  }

  async function remove(key: string): Promise<void> {
    const Key = checkedKey(key);
    await guard('delete', key, () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key })));
  }

  return {
    list,
    head,
    get,
    getStream,
    spoilt: (objects) => spoiltObjects({ list, head, getStream }, objects),
    put,
    putStream,
    putIfAbsent: (key, body) => putIf(key, body, { IfNoneMatch: '*' }),
    compareAndSet: (key, body, expected) =>
      putIf(key, body, expected === null ? { IfNoneMatch: '*' } : { IfMatch: expected }),
    delete: remove,
  };
}

/** The length is told, because the SDK takes a body of no bytes for a stream. */
function whole(body: Buffer | string) {
  const Body = Buffer.from(body);
  return { Body, ContentLength: Body.length };
}

/** What the console leaves for an empty folder, and names that belong to a machine. */
function isMarkerOrHidden(key: string): boolean {
  return key.endsWith('/') || key.split('/').some((segment) => segment.startsWith('.'));
}

function absentAsNull(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}

function required<T>(part: T | undefined, what: string): T {
  if (part === undefined)
    throw new StorageError(`Cannot read the answer of S3: ${what} is required.`);
  return part;
}
