import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import type { CompactServices } from '../../lib/keeping/compact-parts.ts';
import { emptyScratch } from './empty-scratch.ts';
import { openStore } from './open.ts';

/** Opens what one call of compacting needs. */
export type CompactServicesNow = () => CompactServices;

/** The bucket of the lake, and the embedded engine over /tmp. */
export async function openCompact(): Promise<CompactServicesNow> {
  const { store } = await openStore();
  return () => ({ store, openFileEngine, clock: systemClock, scratch: emptyScratch() });
}
