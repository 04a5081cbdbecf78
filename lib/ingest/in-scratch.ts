import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEngine } from '../ports/file-engine.ts';
import type { IngestServices } from './services.ts';

/** Works with an engine over a folder of its own, which is gone afterwards. */
export async function inScratch<T>(
  { scratch, openFileEngine }: IngestServices,
  work: (engine: FileEngine) => Promise<T>,
): Promise<T> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'ingest-'));
  try {
    const engine = await openFileEngine(folder);
    try {
      return await work(engine);
    } finally {
      engine.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
