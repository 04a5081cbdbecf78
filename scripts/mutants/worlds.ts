import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EngineError } from '../../lib/errors.ts';
import type { SqlStep } from '../../lib/stages/stage.ts';
import { type MemoryEngine, openMemoryEngine } from '../../test/night/memory-engine.ts';
import { type NightOfTexts, writeTables } from '../../test/night/memory-night.ts';
import type { World } from '../../test/twin/world.ts';

interface OpenWorld extends World {
  readonly engine: MemoryEngine;
  readonly night: NightOfTexts;
}

/** Worlds as the texts make them, kept in memory once they are asked: a changed text is tried on what is before it. */
export class OpenWorlds {
  readonly #worlds: readonly World[];
  readonly #open: OpenWorld[] = [];
  readonly #root: string;
  readonly #copy: string;

  /** Texts are read in a copy of the checkout. */
  constructor(worlds: readonly World[], folders: { readonly root: string; readonly copy: string }) {
    this.#worlds = worlds;
    this.#root = folders.root;
    this.#copy = folders.copy;
  }

  /**
   * Whether a table that plain code knows is another one in some world with this text.
   * Fails with an Error where a world is not as plain code says before anything is changed.
   */
  async notice(table: string, text: string): Promise<boolean> {
    const file = join(this.#copy, `${table}.sql`);
    await writeFile(file, text);
    for (const index of this.#worlds.keys()) {
      const world = this.#open[index] ?? (await this.#openNext());
      const at = world.steps.findIndex(({ writes }) => writes.name === table);
      const step = world.steps[at];
      if (step === undefined) continue;
      const changed = { ...step, file: pathToFileURL(file) };
      if (await isNoticed(world, changed, world.steps.slice(at + 1))) return true;
    }
    return false;
  }

  async close(): Promise<void> {
    for (const { engine } of this.#open) await engine.close();
  }

  async #openNext(): Promise<OpenWorld> {
    const world = this.#worlds[this.#open.length];
    if (world === undefined) throw new Error('Cannot open a world: all are open.');
    const steps = world.steps.map((step) => ({
      ...step,
      file: pathToFileURL(join(this.#copy, relative(this.#root, fileURLToPath(step.file)))),
    }));
    const engine = await openMemoryEngine();
    const night = await world.write(engine);
    const difference = await world.firstDifference(engine);
    if (difference !== null) {
      throw new Error(`Cannot judge a change: ${difference.table} must be right unchanged`);
    }
    const open = { ...world, steps, engine, night };
    this.#open.push(open);
    return open;
  }
}

/** The steps after it are done again where its rows are others. */
async function isNoticed(
  { engine, night, firstDifference }: OpenWorld,
  changed: SqlStep,
  after: readonly SqlStep[],
): Promise<boolean> {
  const own = `select * from ${changed.writes.name} where run_id = '${night.run.runId}'`;
  const hasty = impatient(engine);
  return await engine.attempt(async () => {
    const before = await engine.read(own);
    try {
      await writeTables(hasty, night, [changed]);
      if (JSON.stringify(await engine.read(own)) === JSON.stringify(before)) return false;
      await writeTables(hasty, night, after);
    } catch (error) {
      // a text that cannot be read, or never ends
      if (error instanceof EngineError) return true;
      throw error;
    }
    return (await firstDifference(engine)) !== null;
  });
}

const mostWrites = 200;

/** A step whose rounds never end is an error. */
function impatient(engine: MemoryEngine): MemoryEngine {
  let writes = 0;
  return {
    ...engine,
    write: async (...what) => {
      writes += 1;
      if (writes > mostWrites) throw new EngineError('Cannot go on: rounds must end.');
      return await engine.write(...what);
    },
  };
}
