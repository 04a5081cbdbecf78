import { EngineError } from '../../errors.ts';

/** The key of an `s3://bucket/key` location. Fails with an EngineError when it is none. */
export function keyOfLocation(location: string): string {
  const key = /^s3:\/\/[^/]+\/(.+)$/.exec(location)?.[1];
  if (key === undefined) {
    throw new EngineError('Cannot find what Athena wrote: a location s3://bucket/key is required.');
  }
  return key;
}
