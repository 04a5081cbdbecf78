import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Suites = typeof import('./vitest.ts');

const own = new URL('./vitest.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' && context.parentURL !== own
      ? { url: own, shortCircuit: true }
      : next(specifier, context),
});

/** Tests that are loaded once and run again in this process, in a folder that holds a checkout. */
export class QuickTests {
  readonly #folder: string;
  readonly #suites: Promise<Suites> = import('./vitest.ts');
  readonly #loaded = new Map<string, Awaited<ReturnType<Suites['registered']>>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Loads a file of tests where it is not loaded yet: they must pass before anything is changed, else
   * their failing says nothing.
   */
  async load(file: string): Promise<void> {
    if (this.#loaded.has(file)) return;
    const { registered, runSuite } = await this.#suites;
    const suite = await registered(() => import(pathToFileURL(join(this.#folder, file)).href));
    try {
      await runSuite(suite);
    } catch (cause) {
      throw new Error(`Cannot judge a change: must pass unchanged: ${file}`, { cause });
    }
    this.#loaded.set(file, suite);
  }

  /** Whether a test of a file that is loaded fails. */
  async fails(file: string): Promise<boolean> {
    const { runSuite } = await this.#suites;
    const suite = this.#loaded.get(file);
    if (suite === undefined) throw new Error(`Cannot run ${file}: it must be loaded.`);
    try {
      await runSuite(suite);
      return false;
    } catch {
      return true;
    }
  }
}
