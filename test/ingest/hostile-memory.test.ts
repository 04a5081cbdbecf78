import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';
import { hostileFiles } from './hostile-files.ts';

const script = fileURLToPath(new URL('ingest-in-a-process.ts', import.meta.url));

test('ingestDrop() of all hostile files, a line of 64 MB and a gzip bomb among them, stays under 512 MB', async () => {
  const home = await makeDropHome();
  for (const { key, content } of hostileFiles) await home.drop({ [key]: content() });
  const { stdout } = await promisify(execFile)(process.execPath, [script, home.folder]);
  const { loads, megabytes } = JSON.parse(stdout);
  expect(loads).toBe(hostileFiles.length);
  expect(megabytes).toBeLessThan(512);
});
