import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../errors.ts';

/** Below a home: unfinished files. Its name begins with a dot: nothing in it is an object. */
export const scratchFolder = '.scratch';

const locks = ['lock.sqlite', 'work.sqlite'];
const patienceMs = 10_000;

/** Held for as long as a command works in a home. */
export interface Work {
  end(): void;
}

/**
 * Begins to work in a home. Whoever is the only one there first removes what processes that died left
 * in the scratch; beside others, whose files lie there too, it is left to the next command.
 *
 * Those at work share a lock of SQLite on an empty database, which the operating system drops when
 * its holder dies. Fails with a StorageError where this user may not write to the folder.
 */
export function beginWork(folder: string): Work {
  const scratch = join(folder, scratchFolder);
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(scratch, { recursive: true });
    database = new DatabaseSync(join(scratch, 'work.sqlite'), { timeout: 0 });
    sweepIfAlone(database, scratch);
    database.exec(`pragma busy_timeout = ${patienceMs}`);
    database.exec('begin; select count(*) from sqlite_schema');
    const held = database;
    return { end: () => held.close() };
  } catch (cause) {
    database?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(
      `Cannot work in ${folder}: this user must have the right to write to the folder and to ${scratchFolder} in it: ${reason}`,
      { cause },
    );
  }
}

function sweepIfAlone(database: DatabaseSync, scratch: string): void {
  try {
    database.exec('begin exclusive');
  } catch (error) {
    if ((error as { errcode?: number }).errcode === sqliteBusy) return;
    throw error;
  }
  for (const name of readdirSync(scratch)) {
    if (locks.some((lock) => name.startsWith(lock))) continue;
    rmSync(join(scratch, name), { recursive: true, force: true });
  }
  database.exec('commit');
}

const sqliteBusy = 5;
