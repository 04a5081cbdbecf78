import { type BigIntStats, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What changes whenever the content changes, without reading it: a file's number, size and times.
 * Every write of the store makes a new file, and the change time, which nobody can set, tells of a
 * file rewritten in place. It may change where content did not (a copied home, `chmod`): a reader
 * then looks once more than it had to.
 */
export function etagOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].map((part) => part.toString(36)).join('-');
}

/**
 * The state of a file at rest; null when there is none. Time stamps have the grain of the kernel's
 * tick (up to 10 ms; 2 s where the file system keeps whole seconds), so a file changed just now
 * could change again under the same stamp. Such a file is looked at again when its tick is over:
 * from then on every change has another stamp, and so another etag.
 */
export async function statAtRest(path: string): Promise<BigIntStats | null> {
  for (;;) {
    const found = statNow(path);
    if (found === null || !found.isFile()) return null;
    const wait = unrestMs(found);
    if (wait <= 0) return found;
    await sleep(wait);
  }
}

/** At once: that takes a tenth of a trip through the pool of threads. */
function statNow(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return absentAsNull(error as NodeJS.ErrnoException);
  }
}

/** The etag of a file now, to compare with one that was given at rest; null when there is none. */
export function etagNow(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found?.isFile() ? etagOf(found) : null;
}

function unrestMs({ ctimeNs }: BigIntStats): number {
  const grain = ctimeNs % 1_000_000_000n === 0n ? 2_000 : 20;
  const age = Date.now() - Number(ctimeNs / 1_000_000n);
  // A change in the future was stamped by another clock: waiting for it would not help.
  return age < 0 ? 0 : grain - age;
}

export function absentAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
