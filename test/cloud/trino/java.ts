import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const required = 24;
const run = promisify(execFile);

/**
 * The home of a JDK that is new enough for Trino: the first of JAVA_HOME_25, JAVA_HOME_24 and
 * JAVA_HOME, the machine's usual folder of JDKs, and the `java` on the PATH.
 */
export async function findJdk(): Promise<string> {
  const found: string[] = [];
  for (const home of await candidates()) {
    const version = await versionOf(join(home, 'bin/java'));
    if (version !== null && version.feature >= required) return home;
    if (version !== null) found.push(String(version.feature));
  }
  const onPath = await versionOf('java');
  if (onPath !== null && onPath.feature >= required) return onPath.home;
  if (onPath !== null) found.push(String(onPath.feature));
  throw new Error(
    `Cannot start Trino: a JDK ${required} or newer is required (set JAVA_HOME_25 to it): found ${[...new Set(found)].join(', ') || 'none'}.`,
  );
}

async function candidates(): Promise<string[]> {
  const named = ['JAVA_HOME_25', 'JAVA_HOME_24', 'JAVA_HOME'].map((name) => process.env[name]);
  const folder = '/usr/lib/jvm';
  const installed = (await readdir(folder).catch(() => [])).sort().reverse();
  return [
    ...named.filter((home) => home !== undefined),
    ...installed.map((name) => join(folder, name)),
  ];
}

/** Java prints its settings, version and home among them, to stderr. */
async function versionOf(java: string): Promise<{ feature: number; home: string } | null> {
  try {
    const { stderr } = await run(java, ['-XshowSettings:properties', '-version']);
    const feature = /java\.specification\.version = (\d+)\s*$/m.exec(stderr)?.[1];
    const home = /java\.home = (.+)$/m.exec(stderr)?.[1];
    return feature === undefined || home === undefined ? null : { feature: Number(feature), home };
  } catch {
    return null;
  }
}
