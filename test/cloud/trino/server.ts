import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { trinoVersion } from './install.ts';

export interface TrinoServer {
  readonly url: string;
  /** The folder that Trino sees as `local:///`: home folders lie below it. */
  readonly lake: string;
  stop(): Promise<void>;
}

const readyWithinSeconds = 300;

/** Starts one node on a free port over a new, empty lake, and waits until it answers. */
export async function startTrino(options: {
  readonly installed: string;
  readonly jdk: string;
  readonly tell: (line: string) => void;
  /** More properties of the catalogue: another file system, say. */
  readonly catalogue?: Readonly<Record<string, string>>;
}): Promise<TrinoServer> {
  const { installed, jdk, tell, catalogue = {} } = options;
  const folder = await mkdtemp(join(tmpdir(), 'clientele-trino-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lake = join(folder, 'lake');
  await mkdir(lake);
  await writeConfiguration({ folder, installed, port, lake, catalogue });
  const log = openSync(join(folder, 'server.log'), 'w');
  const server = spawn(join(jdk, 'bin/java'), javaArguments(installed), {
    cwd: folder,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  // Whatever ends the tests, an interruption too, leaves neither server nor files.
  const endNow = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', endNow);
  const stop = async () => {
    await stopProcess(server);
    process.off('exit', endNow);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, server, tell);
  } catch (cause) {
    const lines = (await readFile(join(folder, 'server.log'), 'utf8')).trim().split('\n');
    await stop();
    throw new Error(`${(cause as Error).message}\n${lines.slice(-30).join('\n')}`, { cause });
  }
  return { url, lake, stop };
}

function javaArguments(installed: string): string[] {
  return [
    '-Xmx2G',
    '-XX:+ExitOnOutOfMemoryError',
    '-Duser.timezone=UTC',
    '-Dfile.encoding=UTF-8',
    '--add-modules=jdk.incubator.vector',
    '--enable-native-access=ALL-UNNAMED',
    '--sun-misc-unsafe-memory-access=allow',
    '-Dconfig=etc/config.properties',
    '-Dlog.levels-file=etc/log.properties',
    '-cp',
    join(installed, 'lib/*'),
    'io.trino.server.TrinoServer',
  ];
}

async function writeConfiguration(options: {
  readonly folder: string;
  readonly installed: string;
  readonly port: number;
  readonly lake: string;
  readonly catalogue: Readonly<Record<string, string>>;
}): Promise<void> {
  const { folder, installed, port, lake, catalogue } = options;
  const files: Record<string, Record<string, string | number>> = {
    'etc/config.properties': {
      'node.environment': 'test',
      'node.bind-ip': '127.0.0.1',
      'node.internal-address': '127.0.0.1',
      coordinator: 'true',
      'node-scheduler.include-coordinator': 'true',
      'http-server.http.port': port,
      'discovery.uri': `http://127.0.0.1:${port}`,
      'plugin.dir': join(installed, 'plugin'),
    },
    'etc/log.properties': { 'io.trino': 'WARN', 'io.airlift': 'WARN' },
    // The catalogue has Athena's name, so that the same three-part names mean the same tables.
    'etc/catalog/awsdatacatalog.properties': {
      'connector.name': 'hive',
      'hive.metastore': 'file',
      'hive.metastore.catalog.dir': 'local:///metastore',
      'fs.native-local.enabled': 'true',
      'local.location': lake,
      'hive.non-managed-table-writes-enabled': 'true',
      'hive.non-managed-table-creates-enabled': 'true',
      // Without it the subfolders of a log table read as no rows, silently.
      'hive.recursive-directories': 'true',
      'hive.parquet.use-column-names': 'true',
      'hive.parquet.time-zone': 'UTC',
      'hive.allow-register-partition-procedure': 'true',
      ...catalogue,
    },
  };
  await mkdir(join(folder, 'etc/catalog'), { recursive: true });
  for (const [file, properties] of Object.entries(files)) {
    const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(folder, file), lines.join(''));
  }
}

async function untilReady(
  url: string,
  server: ChildProcess,
  tell: (line: string) => void,
): Promise<void> {
  for (let seconds = 0; seconds < readyWithinSeconds; seconds += 1) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`Cannot start Trino ${trinoVersion}: the server ended. Its last lines:`);
    }
    const isReady = await fetch(`${url}/v1/info`, { signal: AbortSignal.timeout(2_000) })
      .then(async (response) => ((await response.json()) as { starting: boolean }).starting)
      .then((isStarting) => !isStarting)
      .catch(() => false);
    if (isReady) {
      tell(`Trino ${trinoVersion} is ready after ${seconds} s at ${url}`);
      return;
    }
    if (seconds % 10 === 0) tell(`Waiting for Trino ${trinoVersion}: ${seconds} s`);
    await sleep(1_000);
  }
  throw new Error(
    `Cannot start Trino ${trinoVersion}: it must be ready within ${readyWithinSeconds} s. Its last lines:`,
  );
}

async function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const patience = setTimeout(() => server.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(patience);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
