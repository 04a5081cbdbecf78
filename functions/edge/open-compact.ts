import { tmpdir } from 'node:os';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import type { CompactServices } from '../../lib/keeping/compact-parts.ts';
import { openStore } from './open.ts';

/** The bucket of the lake, and the embedded engine over /tmp. */
export async function openCompact(): Promise<CompactServices> {
  return { ...(await openStore()), openFileEngine, clock: systemClock, scratch: tmpdir() };
}
