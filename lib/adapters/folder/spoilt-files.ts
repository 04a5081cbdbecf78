import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { KnownObject, SpoiltObject } from '../../ports/object-store.ts';

/** Calls that wait for the disk here are a tenth of a trip through the pool of threads. */
const filesOfTurn = 100;

/** Files that are gone or changed, by reading every one of them. */
export async function spoiltFiles(
  files: readonly KnownObject[],
  pathOf: (key: string) => string,
): Promise<readonly SpoiltObject[]> {
  const spoilt: SpoiltObject[] = [];
  for (const [i, { key, bytes, sha256 }] of files.entries()) {
    if (i % filesOfTurn === 0) await turn();
    const path = pathOf(key);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true) spoilt.push({ key, isLost: true });
    else if (found.size !== bytes || hashOf(path, bytes) !== sha256) {
      spoilt.push({ key, isLost: false });
    }
  }
  return spoilt;
}

const wholeBytes = 4 * 2 ** 20;

function hashOf(path: string, bytes: number): string {
  const hash = createHash('sha256');
  if (bytes <= wholeBytes) return hash.update(readFileSync(path)).digest('hex');
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(wholeBytes);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
