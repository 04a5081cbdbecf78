import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the content changes. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** What an object was when it was written. */
export interface KnownObject {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  /** As `putStream` returned it. */
  readonly etag?: string | null;
}

/** An object that is gone, or else not as it was written. */
export interface SpoiltObject {
  readonly key: string;
  readonly isLost: boolean;
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

  /**
   * The same for what is large. Returns the etag by which the store vouches for these bytes from now
   * on; null where only reading them tells (a folder).
   */
  putStream(key: string, body: Readable): Promise<string | null>;

  /** False, and nothing written, when the object exists already. */
  putIfAbsent(key: string, body: Buffer | string): Promise<boolean>;

  /** Replaces the object whose etag is `expected` (null: no object yet). False when it is another. */
  compareAndSet(key: string, body: Buffer | string, expected: string | null): Promise<boolean>;

  /**
   * Those of the objects that are gone or not as they were written: a folder reads them, a bucket
   * vouches for its etags. Each is told once, in the order given.
   */
  spoilt(objects: readonly KnownObject[]): Promise<readonly SpoiltObject[]>;

  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
}
