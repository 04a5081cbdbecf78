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
  const database = new DatabaseSync(join(scratch, 'lock.sqlite'), { timeout: patienceMs });
  try {
    database.exec('begin exclusive');
    return work();
  } catch (cause) {
    if ((cause as { errcode?: number }).errcode !== sqliteBusy) throw cause;
    throw new StorageError(
      `Cannot change the folder: its lock must be free within ${patienceMs / 1000} s: another process still holds it.`,
      { cause },
    );
  } finally {
    database.close();
  }
}

const sqliteBusy = 5;
