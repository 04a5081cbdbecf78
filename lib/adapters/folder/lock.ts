import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../errors.ts';

const patienceMs = 10_000;

/**
 * Runs `work` while no other process or store changes names below the folder. `work` is
 * synchronous: nothing of this process can come between either, and it holds the lock for
 * microseconds.
 *
 * The lock is SQLite's on an empty database (27 µs). The operating system drops it when its holder
 * dies, so no lock is ever stale; a lock file would need a rule for when to break one, and two
 * processes that apply such a rule at once both win.
 */
export function locked<T>(scratch: string, work: () => T): T {
  mkdirSync(scratch, { recursive: true });
  const lock = taken(join(scratch, 'lock.sqlite'));
  try {
    return work();
  } finally {
    lock.close();
  }
}

function taken(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: patienceMs });
    lock.exec('begin exclusive');
    return lock;
  } catch (cause) {
    lock?.close();
    const isBusy = (cause as { errcode?: number }).errcode === sqliteBusy;
    const reason = isBusy
      ? `its lock must be free within ${patienceMs / 1000} s: another process still holds it`
      : `its lock ${path} must be as it was made: ${(cause as Error).message}. Delete it while no other command works there`;
    throw new StorageError(`Cannot change the folder: ${reason}.`, { cause });
  }
}

const sqliteBusy = 5;
