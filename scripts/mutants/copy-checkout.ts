import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the checkout in which texts may be changed. */
export interface CheckoutCopy {
  readonly folder: string;
  /** What `work` answers while a file holds another text; it may ask whether given tests then fail. */
  readonly withText: <T>(
    file: string,
    text: string,
    work: (fails: (tests: readonly string[]) => boolean) => T,
  ) => T;
  readonly remove: () => void;
}

/**
 * Tests must pass before anything is changed, else their failing says nothing.
 * Fails with an Error that shows what vitest said where they do not.
 */
export function copyCheckout(root: string): CheckoutCopy {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-mutants-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root });
  for (const file of files
    .toString()
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const known = new Set<string>();
  const run = (tests: readonly string[]) =>
    spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--bail', '1', ...tests],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
    );
  /** Failing says something only where they pass unchanged. */
  const requireToPass = (tests: readonly string[]) => {
    const name = tests.join(' ');
    if (known.has(name)) return;
    const { status, stdout, stderr } = run(tests);
    if (status !== 0) {
      throw new Error(`Cannot judge a change: must pass unchanged: ${name}\n${stdout}${stderr}`);
    }
    known.add(name);
  };
  return {
    folder,
    withText: (file, text, work) => {
      const original = readFileSync(join(folder, file), 'utf8');
      try {
        return work((tests) => {
          writeFileSync(join(folder, file), original);
          requireToPass(tests);
          writeFileSync(join(folder, file), text);
          return run(tests).status !== 0;
        });
      } finally {
        writeFileSync(join(folder, file), original);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
