import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openFileEngine } from '../adapters/duckdb/file-engine.ts';
import { type DuckDbEngine, openDuckDbEngine } from '../adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../adapters/folder/object-store.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { type Config, loadConfig } from '../config.ts';
import { ConfigurationError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileEngine } from '../ports/file-engine.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { allTables } from '../tables/all.ts';

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
}

const configName = 'clientele.config.json';

/** Opens a home folder, making it where it is missing, and runs the work with it. */
export async function withHome<T>(
  options: HomeOptions,
  work: (home: Home) => Promise<T>,
): Promise<T> {
  const folder = resolve(options.home);
  await mkdir(folder, { recursive: true });
  const config = await homeConfig(folder, options.config);
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  try {
    const store = openFolderStore(folder);
    return await work({ folder, config, store, clock: systemClock, engine, openFileEngine });
  } finally {
    engine.close();
  }
}

/** The configuration that was named, else the home's own, else the one here, else the defaults. */
async function homeConfig(folder: string, named: string | undefined): Promise<Config> {
  if (named !== undefined) {
    const text = await readIfThere(named);
    if (text !== null) return loadConfig(text, named);
    throw new ConfigurationError(`Cannot read the configuration: ${named} is no file.`);
  }
  for (const file of [join(folder, configName), configName]) {
    const text = await readIfThere(file);
    if (text !== null) return loadConfig(text, file);
  }
  return loadConfig('{}', 'defaults');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
