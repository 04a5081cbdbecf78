import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { openSecretFile } from '../../lib/adapters/folder/secret-file.ts';
import { openHomeSecret } from '../../lib/keys/home-secret.ts';
import { testSecretText } from '../secret.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  openHomeSecret({ store: openFolderStore(folder), keeper: openSecretFile(folder) });
const file = () => join(folder, '.secret-key');
const note = () => join(folder, 'keys/fingerprint.json');

test('openHomeSecret() makes a secret that its owner alone can read, and gives it again', async () => {
  const made = await open();
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readFile(file(), 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
  expect((await open()).mac('x')).toBe(made.mac('x'));
  expect(JSON.parse(await readFile(note(), 'utf8'))).toMatchObject({
    fingerprint: made.fingerprint,
  });
});

test('openHomeSecret() of many processes at once makes one secret', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, open));
  expect(new Set(secrets.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('.secret'))).toHaveLength(1);
});

test('two homes have two secrets, and a fingerprint tells nothing but which', async () => {
  const one = await open();
  const text = (await readFile(file(), 'utf8')).trim();
  await rm(folder, { recursive: true });
  const other = await open();
  expect(other.fingerprint).not.toBe(one.fingerprint);
  expect(one.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(text).not.toContain(one.fingerprint);
});

test('another secret is refused with what it would cost, and neither is quoted', async () => {
  const { fingerprint } = await open();
  const before = (await readFile(file(), 'utf8')).trim();
  await writeFile(file(), testSecretText);
  const error = await open().catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'ConfigurationError', exitCode: 3 });
  const { message } = error as Error;
  expect(message).toContain(fingerprint);
  expect(message).toMatch(/every customer would get another key/);
  expect(message).not.toContain(testSecretText);
  expect(message).not.toContain(before);
  await writeFile(file(), before);
  expect((await open()).fingerprint).toBe(fingerprint);
});

test('a secret that is gone is asked for, and never made anew', async () => {
  const { fingerprint } = await open();
  await rm(file());
  await expect(open()).rejects.toThrow(`the one of fingerprint ${fingerprint}`);
  expect(await readdir(folder)).toEqual(['.scratch', 'keys']);
});

test('a secret that others can read is refused until they cannot', async () => {
  await open();
  for (const mode of [0o644, 0o640, 0o604, 0o602]) {
    await chmod(file(), mode);
    await expect(open()).rejects.toThrow(/chmod 600.*found mode 6/);
  }
  await chmod(file(), 0o400);
  await expect(open()).resolves.toBeDefined();
});

test('a file that is no secret is refused', async () => {
  await writeFile(file(), 'password', { mode: 0o600 });
  await expect(open()).rejects.toThrow('must be 32 to 64');
});
