import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import type { SecretKeeper } from '../../ports/secret-keeper.ts';
import { absentAsNull } from './etag.ts';
import { scratchFolder } from './scratch.ts';

/** Its name begins with a dot: it is no object of the home, and no SQL can read it. */
const secretName = '.secret-key';

/** The secret of a home as a file that its owner alone can read. */
export function openSecretFile(folder: string): SecretKeeper {
  const place = join(folder, secretName);

  async function read(): Promise<string | null> {
    const handle = await open(place).catch(absentAsNull);
    if (handle === null) return null;
    try {
      refuseReadable(place, (await handle.stat()).mode);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  /** Written whole before it has its name: of two processes one is first, and both read the same. */
  async function keep(text: string): Promise<void> {
    const scratch = join(folder, scratchFolder);
    await mkdir(scratch, { recursive: true });
    const unfinished = join(scratch, randomUUID());
    try {
      const handle = await open(unfinished, 'wx', 0o600);
      try {
        await handle.writeFile(`${text}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await link(unfinished, place).catch(existingAsKept);
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  return { place, read, keep };
}

function existingAsKept(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Windows has no such bits: its files have the rights of their folder. */
function refuseReadable(place: string, mode: number): void {
  const others = mode & 0o077;
  if (others === 0 || process.platform === 'win32') return;
  throw new ConfigurationError(
    `Cannot use the secret of ${place}: nobody but its owner must be able to read it (chmod 600): found mode ${(mode & 0o777).toString(8)}.`,
  );
}
