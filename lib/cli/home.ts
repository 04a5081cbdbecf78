import { chmod, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openFileEngine } from '../adapters/duckdb/file-engine.ts';
import { type DuckDbEngine, openDuckDbEngine } from '../adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../adapters/folder/object-store.ts';
import { beginWork } from '../adapters/folder/scratch.ts';
import { openSecretFile } from '../adapters/folder/secret-file.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { Config } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileEngine } from '../ports/file-engine.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { SecretKeeper } from '../ports/secret-keeper.ts';
import { readPublishedRun } from '../stages/publish/pointer.ts';
import { allTables } from '../tables/all.ts';
import { readConfig } from './config-file.ts';

export interface HomeOptions {
  readonly home: string;
  readonly config?: string;
}

/** Everything a command needs of a home folder: the embedded engine and the folder as the bucket. */
export interface Home {
  readonly folder: string;
  readonly config: Config;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly engine: DuckDbEngine;
  readonly openFileEngine: (folder: string) => Promise<FileEngine>;
  readonly keeper: SecretKeeper;
}

/**
 * Opens a home folder and runs the work with it.
 * Fails with a ConfigurationError where there is no such folder: a mistyped name makes no new home;
 * and as `beginWork` does.
 */
export async function withHome<T>(
  options: HomeOptions,
  work: (home: Home) => Promise<T>,
): Promise<T> {
  const folder = resolve(options.home);
  const config = await readConfig(options.config, [folder]);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new ConfigurationError(
      `Cannot open the home ${options.home}: it must be a folder: found none. Make it with what it shall read: mkdir -p ${options.home}/drop/orders`,
    );
  }
  const working = beginWork(folder);
  try {
    await closeToOthers(folder);
    const store = openFolderStore(folder);
    const readRun = (runId: string) => readPublishedRun(store, runId);
    const { memory } = config;
    const engine = await openDuckDbEngine({ folder, tables: allTables, memory, readRun });
    try {
      const keeper = openSecretFile(folder);
      const clock = systemClock;
      return await work({ folder, config, store, clock, engine, openFileEngine, keeper });
    } finally {
      await engine.close();
    }
  } finally {
    working.end();
  }
}

/** Personal data lie in it: of what is made there `umask` sees to the same. */
async function closeToOthers(folder: string): Promise<void> {
  const { mode, uid } = await stat(folder);
  const isOwn = uid === process.getuid?.();
  // A folder that is everybody's to write to, such as /tmp, has its own ways to keep files apart.
  const isShared = (mode & 0o1000) !== 0;
  if (isOwn && !isShared && (mode & 0o077) !== 0) await chmod(folder, mode & 0o700);
}
