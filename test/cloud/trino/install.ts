import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const trinoVersion = '476';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '../../../.cache/trino');

/**
 * The folder of Trino's server (`lib/`) and of its one plug-in (`plugin/hive/`), by Maven: 450 MB
 * the first time, then kept in `.cache/trino/`.
 */
export async function installTrino(options: {
  readonly jdk: string;
  readonly tell: (line: string) => void;
}): Promise<string> {
  const { jdk, tell } = options;
  const installed = join(cache, trinoVersion);
  if (await isFolder(installed)) return installed;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    for (const [artifact, type] of [
      ['trino-server-core', 'tar.gz'],
      ['trino-hive', 'zip'],
    ] as const) {
      tell(`Fetching ${artifact} ${trinoVersion} by Maven`);
      await fetchArtifact(`io.trino:${artifact}:${trinoVersion}:${type}`, unfinished);
    }
    tell('Unpacking Trino');
    await run('tar', ['-xzf', `trino-server-core-${trinoVersion}.tar.gz`], { cwd: unfinished });
    await run(join(jdk, 'bin/jar'), ['-xf', `trino-hive-${trinoVersion}.zip`], { cwd: unfinished });
    const server = join(unfinished, `trino-server-core-${trinoVersion}`);
    const plugins = join(server, 'plugin');
    await rm(plugins, { recursive: true });
    await mkdir(plugins);
    await rename(join(unfinished, `trino-hive-${trinoVersion}`), join(plugins, 'hive'));
    await rename(server, installed).catch(async (error: unknown) => {
      // Another run may have finished first.
      if (!(await isFolder(installed))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return installed;
}

async function fetchArtifact(artifact: string, folder: string): Promise<void> {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';
  const flags = ['--batch-mode', '--quiet', '--strict-checksums'];
  try {
    await run('mvn', [...flags, goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`]);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'found no mvn on the PATH' : String((cause as Error).message);
    throw new Error(
      `Cannot fetch ${artifact}: Apache Maven and a package registry are required: ${reason}`,
      { cause },
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
