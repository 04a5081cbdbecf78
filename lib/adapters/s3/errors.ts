import { S3ServiceException } from '@aws-sdk/client-s3';
import { StorageError } from '../../errors.ts';

/** Absent: no such object, version or delete marker (404, or 405 for a marker asked by version). */
export function isAbsent(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchVersion', 'MethodNotAllowed'].includes(nameOf(error));
}

/** 412: the object is not the one that the condition names. */
export function isConditionUnmet(error: unknown): boolean {
  return statusOf(error) === 412;
}

/**
 * 409: another conditional write of the key was under way, so S3 decided nothing: ask again.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** Gives what `work` gives; its errors become StorageErrors that say what was tried on which key. */
export async function guard<T>(action: string, key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    const name = cause instanceof Error ? cause.name : typeof cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(`Cannot ${action} ${key}: ${name}: ${message}`, { cause });
  }
}

function nameOf(error: unknown): string {
  return error instanceof S3ServiceException ? error.name : '';
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
