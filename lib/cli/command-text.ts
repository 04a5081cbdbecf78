import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HomeOptions } from './home.ts';

/** The folder of the package or the checkout. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** How this process was started. */
interface Start {
  /** Of the checkout, or of the installed package. */
  readonly root: string;
  /** Whether it runs from the checkout's source. */
  readonly isSource: boolean;
  readonly cwd: string;
  /** Whether npm or npx started it, which know commands that the shell may not. */
  readonly byNpm: boolean;
}

const ownStart: Start = {
  root,
  isSource: import.meta.url.endsWith('.ts'),
  cwd: process.cwd(),
  byNpm: process.env.npm_command !== undefined,
};

/** What stands before the arguments where Clientele is to be started again as it was. */
export function programText({ root, isSource, cwd, byNpm }: Start = ownStart): string {
  if (!isSource) return byNpm ? 'npx clientele' : 'clientele';
  return join(cwd, '.') === join(root, '.')
    ? 'npm run -s clientele --'
    : `node ${quoted(join(root, 'lib', 'cli', 'main.ts'))}`;
}

/** A command on a home as it can be typed where the user stands, with the same configuration. */
export function commandText(
  name: string,
  { home, config }: HomeOptions,
  ...more: readonly string[]
): string {
  const settings = config === undefined ? [] : ['--config', config];
  return [programText(), ...[name, '--home', home, ...settings, ...more].map(quoted)].join(' ');
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : `"${word}"`;
}
