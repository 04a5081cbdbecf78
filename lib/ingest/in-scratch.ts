import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEngine } from '../ports/file-engine.ts';
import type { IngestServices } from './services.ts';

type Scratch = Pick<IngestServices, 'scratch' | 'openFileEngine'>;

/** Lends an engine over an empty folder for a piece of work; the folder is gone afterwards. */
export type LendEngine = <T>(work: (engine: FileEngine) => Promise<T>) => Promise<T>;

/** Works with an engine over a folder of its own, which is gone afterwards. */
export async function inScratch<T>(
  services: Scratch,
  work: (engine: FileEngine) => Promise<T>,
): Promise<T> {
  const engine = await openInScratch(services);
  try {
    return await work(engine);
  } finally {
    await closeInScratch(engine);
  }
}

/** More works leave more in an engine's memory than opening another one costs. */
const mostWorks = 100;

/**
 * One engine for many small pieces of work: opening one costs as much as a small file. Each has a
 * folder of its own in that of the engine, as an engine may remember files by their paths. One that
 * failed a work is not lent again.
 */
export function lendInTurn(services: Scratch): {
  readonly lend: LendEngine;
  readonly close: () => Promise<void>;
} {
  let shared: FileEngine | null = null;
  let works = 0;

  async function close(): Promise<void> {
    if (shared !== null) await closeInScratch(shared);
    shared = null;
    works = 0;
  }

  async function lend<T>(work: (engine: FileEngine) => Promise<T>): Promise<T> {
    if (works === mostWorks) await close();
    shared ??= await openInScratch(services);
    works += 1;
    const folder = join(shared.folder, String(works));
    await mkdir(folder);
    try {
      return await work(within(shared, folder));
    } catch (error) {
      await close();
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return { lend, close };
}

/** The same engine, which works in a folder below its own. */
function within(engine: FileEngine, folder: string): FileEngine {
  const openAnother = async () => within(await engine.openAnother(), folder);
  return { ...engine, folder, openAnother };
}

async function openInScratch({ scratch, openFileEngine }: Scratch): Promise<FileEngine> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'ingest-'));
  try {
    return await openFileEngine(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function closeInScratch(engine: FileEngine): Promise<void> {
  engine.close();
  await rm(engine.folder, { recursive: true, force: true });
}
