import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { motoVersion } from './install.ts';

export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

const readyWithinSeconds = 60;

/**
 * moto compares and writes in two steps, so that of two conditional writes at once both may win. S3
 * is atomic: here one request is answered after the other.
 */
const serveOneByOne = `
import sys, threading
import moto.server as server
lock, run_simple = threading.Lock(), server.run_simple
def one_by_one(app):
    def answer(environ, start_response):
        with lock:
            return list(app(environ, start_response))
    return answer
server.run_simple = lambda host, port, app, **rest: run_simple(host, port, one_by_one(app), **rest)
server.main(["-H", "127.0.0.1", "-p", sys.argv[1]])
`;

/** Starts the stand-in of S3, SQS and EventBridge on a free port, and waits until it answers. */
export async function startMoto(options: {
  readonly installed: string;
  readonly tell: (line: string) => void;
}): Promise<MotoServer> {
  const { installed, tell } = options;
  const folder = await mkdtemp(join(tmpdir(), 'clientele-moto-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = openSync(join(folder, 'server.log'), 'w');
  const server = spawn('python3', ['-c', serveOneByOne, String(port)], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { ...process.env, PYTHONPATH: installed, MOTO_S3_CUSTOM_ENDPOINTS: url, TZ: 'UTC' },
  });
  closeSync(log);
  const killNow = () => server.kill('SIGKILL');
  process.on('exit', killNow);
  const stop = async () => {
    await stopProcess(server);
    process.off('exit', killNow);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const seconds = await untilReady(url, server);
    tell(`moto ${motoVersion} is ready after ${seconds} s at ${url}`);
  } catch (cause) {
    const lines = (await readFile(join(folder, 'server.log'), 'utf8')).trim().split('\n');
    await stop();
    throw new Error(`${(cause as Error).message}\n${lines.slice(-30).join('\n')}`, { cause });
  }
  return { url, stop };
}

async function untilReady(url: string, server: ChildProcess): Promise<number> {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  while (seconds() < readyWithinSeconds) {
    if (server.exitCode !== null || server.signalCode !== null) break;
    const answer = await fetch(`${url}/moto-api/`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => null,
    );
    if (answer?.ok) return seconds();
    await sleep(200);
  }
  throw new Error(
    `Cannot start moto ${motoVersion}: it must be ready within ${readyWithinSeconds} s. Its last lines:`,
  );
}

async function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  const patience = setTimeout(() => server.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
}
