import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { IngestLimits } from './limits.ts';
import { RefusedFile } from './refused-file.ts';

interface Fetch {
  readonly stream: Readable;
  readonly isGzip: boolean;
  /** Where the inflated content goes. */
  readonly path: string;
  readonly limits: IngestLimits;
}

/** The content as it will be read, on the local disk. */
export interface Content {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Brings an object to the local disk, inflated, and hashes it.
 * Fails with a RefusedFile when it is cut short, too large, or inflates beyond the limits.
 */
export async function fetchContent({ stream, isGzip, path, limits }: Fetch): Promise<Content> {
  const hash = createHash('sha256');
  let stored = 0;
  let bytes = 0;
  async function* count(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      stored += chunk.length;
      yield chunk;
    }
  }
  async function* check(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limits.fileBytes) {
        throw new RefusedFile(isGzip ? 'inflates_too_much' : 'file_too_large', {
          byteOffset: limits.fileBytes,
        });
      }
      if (isGzip && bytes > limits.ratioFrom && bytes > stored * limits.inflationRatio) {
        throw new RefusedFile('inflates_too_much', { byteOffset: bytes });
      }
      hash.update(chunk);
      yield chunk;
    }
  }
  const write = createWriteStream(path);
  try {
    if (isGzip) await pipeline(stream, count, createGunzip(), check, write);
    else await pipeline(stream, check, write);
  } catch (error) {
    if (isZlibError(error)) throw new RefusedFile('truncated_gzip', { byteOffset: bytes });
    throw error;
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

function isZlibError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('Z_') || code.startsWith('ERR_ZLIB'));
}
