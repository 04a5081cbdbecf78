import type { TestProject } from 'vitest/node';
import { installMoto } from './s3/install.ts';
import { startMoto } from './s3/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cloud: { readonly s3Url: string };
  }
}

/** Starts the servers that all tests of the project share; the answer stops them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const moto = await startMoto({ installed: await installMoto(tell), tell });
  project.provide('cloud', { s3Url: moto.url });
  return moto.stop;
}
