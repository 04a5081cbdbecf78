import type { SqlStep } from '../../lib/stages/stage.ts';
import type { MemoryEngine } from '../night/memory-engine.ts';
import type { NightOfTexts } from '../night/memory-night.ts';

/** Rows of a table as they were found and as plain code makes them, in one order. */
export interface Compared {
  readonly table: string;
  readonly found: readonly unknown[];
  readonly expected: readonly unknown[];
}

/** A small night in memory of which plain code knows the outcome. */
export interface World {
  /** The texts that make its tables, in turn. */
  readonly steps: readonly SqlStep[];
  /** Writes what it is made of and its tables into an empty engine. */
  readonly write: (engine: MemoryEngine) => Promise<NightOfTexts>;
  /** The first table that is not as it should be; null where all are. */
  readonly firstDifference: (engine: MemoryEngine) => Promise<Compared | null>;
}
