import { execFileSync } from 'node:child_process';
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
  /** What `work` answers while a file holds another text. */
  readonly withText: <T>(file: string, text: string, work: () => Promise<T>) => Promise<T>;
  readonly remove: () => void;
}

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
  return {
    folder,
    withText: async (file, text, work) => {
      const original = readFileSync(join(folder, file), 'utf8');
      writeFileSync(join(folder, file), text);
      try {
        return await work();
      } finally {
        writeFileSync(join(folder, file), original);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
