import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the content changes. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** What lies among the objects and can be none. */
export interface OddObject {
  readonly key: string;
  /** A link that leads back to a folder it lies in, to nothing, or a pipe is `not_a_file`. */
  readonly reason: 'unusable_name' | 'no_access' | 'not_a_file' | 'empty_folder';
}

/** Keyed objects: an S3 bucket, or a folder with the same keys. Keys use `/` and never begin with it. */
export interface ObjectStore {
  /**
   * Every object whose key begins with the prefix, in key order (byte order). What can be no object
   * is told and passed over; where nobody listens, it is a StorageError.
   */
  list(prefix: string, onOdd?: (odd: OddObject) => void): AsyncIterable<StoredObject>;

  /** What is known of an object without reading it; null when there is none. */
  head(key: string): Promise<StoredObject | null>;

  /** The whole object; null when there is none. For small objects: pointer, manifest, report. */
  get(key: string): Promise<{ readonly body: Buffer; readonly etag: string } | null>;

  /** Fails with a StorageError when there is no such object. */
  getStream(key: string): Promise<Readable>;

  /** A reader sees the old object or the whole new one, never a part. */
  put(key: string, body: Buffer | string): Promise<void>;
  putStream(key: string, body: Readable): Promise<void>;

  /** False, and nothing written, when the object exists already. */
  putIfAbsent(key: string, body: Buffer | string): Promise<boolean>;

  /** Replaces the object whose etag is `expected` (null: no object yet). False when it is another. */
  compareAndSet(key: string, body: Buffer | string, expected: string | null): Promise<boolean>;

  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
}
