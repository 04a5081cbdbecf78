import type { TestProject } from 'vitest/node';
import { installTrino } from './install.ts';
import { findJdk } from './java.ts';
import { startTrino } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    trino: { readonly url: string; readonly lake: string };
  }
}

/** Starts the one Trino that all tests of the project share; the answer stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const jdk = await findJdk();
  const installed = await installTrino({ jdk, tell });
  const server = await startTrino({ installed, jdk, tell });
  project.provide('trino', { url: server.url, lake: server.lake });
  return server.stop;
}
