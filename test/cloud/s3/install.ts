import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const motoVersion = '5.2.5';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '../../../.cache/moto');

/**
 * The folder of moto's packages, by pip: S3, SQS and EventBridge on this machine. 300 MB the first
 * time, then kept in `.cache/moto/`.
 */
export async function installMoto(tell: (line: string) => void): Promise<string> {
  const installed = join(cache, motoVersion);
  if ((await stat(installed).catch(() => null))?.isDirectory()) return installed;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    tell(`Fetching moto ${motoVersion} by pip`);
    const flags = ['--quiet', '--disable-pip-version-check', '--target', unfinished];
    await run('python3', ['-m', 'pip', 'install', ...flags, `moto[server]==${motoVersion}`]);
    await rename(unfinished, installed).catch(async (error: unknown) => {
      // Another run may have finished first.
      if (!(await stat(installed).catch(() => null))?.isDirectory()) throw error;
    });
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'found no python3 on the PATH' : String((cause as Error).message);
    throw new Error(
      `Cannot fetch moto ${motoVersion}: Python 3.10 with pip and a package registry are required: ${reason}`,
      { cause },
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return installed;
}
