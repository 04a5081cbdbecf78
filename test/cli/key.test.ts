import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { textsOfFolder } from '../keys/texts-of-folder.ts';
import { testSecretText } from '../secret.ts';

const main = fileURLToPath(new URL('../../lib/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'clientele-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function clientele(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr, all: `${stdout}${stderr}` };
}

function makeHome(name: string): string {
  const home = join(folder, name);
  mkdirSync(join(home, 'drop/orders'), { recursive: true });
  writeFileSync(
    join(home, 'drop/orders/orders.csv'),
    'ordered_at,order_id,customer_id,email,amount\n2025-01-05,1,a,ann@example.com,10\n',
  );
  return home;
}

test('key tells where the secret is, its fingerprint and how to keep it, and never the secret', async () => {
  const home = makeHome('told');
  const run = clientele('run', '--home', home, '--as-of', '2025-01-31');
  expect(run.status).toBe(0);
  const file = join(home, '.secret-key');
  const secret = readFileSync(file, 'utf8').trim();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const told = clientele('key', '--home', home);
  const { fingerprint } = JSON.parse(readFileSync(join(home, 'keys/fingerprint.json'), 'utf8'));
  expect(told.stdout).toContain(`Secret: ${file}\nFingerprint: ${fingerprint}`);
  expect(told.stdout).toContain('Keep a copy');
  const { stdout } = clientele('key', '--home', home, '--json');
  expect(JSON.parse(stdout)).toEqual({ place: file, fingerprint });
  for (const { all } of [run, told]) expect(all).not.toContain(secret);
  const texts = await textsOfFolder(home);
  expect([...texts].filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([
    '.secret-key',
  ]);
});

test('another secret is refused by ingest, run and night with exit 3, and nothing is written', () => {
  const home = makeHome('refused');
  clientele('run', '--home', home, '--as-of', '2025-01-31');
  const published = readFileSync(join(home, 'published/latest.json'), 'utf8');
  writeFileSync(join(home, '.secret-key'), testSecretText);
  for (const command of ['ingest', 'run', 'night', 'key']) {
    const { status, all } = clientele(command, '--home', home);
    expect(status, command).toBe(3);
    expect(all, command).toContain('every customer would get another key');
    expect(all, command).not.toContain(testSecretText);
  }
  expect(readFileSync(join(home, 'published/latest.json'), 'utf8')).toBe(published);
});

test("the demo's secret is everybody's, and no other home has it", () => {
  const demo = join(folder, 'demo');
  expect(clientele('demo', '--customers', '20', '--home', demo, '--json').status).toBe(0);
  const fingerprint = (home: string) =>
    JSON.parse(clientele('key', '--home', home, '--json').stdout).fingerprint;
  expect(fingerprint(demo)).toBe('0a1b757d0bf62ef3');
  expect(fingerprint(makeHome('another'))).not.toBe(fingerprint(demo));
});
