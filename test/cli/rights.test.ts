import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { clientele, environment, main, makeFolder, makeHome, twoOrders } from './home.ts';

const folder = makeFolder();

beforeAll(() => {
  process.umask(0o022);
});

test('a home and all that is made in it is its owner’s alone, whatever the umask', () => {
  const home = makeHome(folder, 'home', { 'drop/orders/a.csv': `${twoOrders}never,3,c,,1\n` });
  // What processes that died left behind.
  mkdirSync(join(home, '.scratch/ingest-dead'), { recursive: true });
  writeFileSync(join(home, '.scratch/put-dead'), 'x');
  expect(clientele(folder, 'ingest', '--home', home)).toMatchObject({ status: 2 });

  const made = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('drop'),
  );
  expect(made).toContain('.secret-key');
  expect(made.filter((path) => /ingest-dead|put-dead/.test(path))).toEqual([]);
  const open = ['.', ...made].filter((path) => (statSync(join(home, path)).mode & 0o077) !== 0);
  expect(open.filter((path) => path !== '.scratch')).toEqual([]);
});

test('a home that may not be written to is told in a sentence', () => {
  const home = makeHome(folder, 'read-only', { 'drop/orders/a.csv': twoOrders });
  chmodSync(folder, 0o755);
  chmodSync(home, 0o555);
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  for (const command of ['ingest', 'run', 'sql']) {
    const args = [main, command, '--home', home, ...(command === 'sql' ? ['select 1'] : [])];
    const { status, stderr } = spawnSync(process.execPath, args, {
      ...{ cwd: folder, encoding: 'utf8', env: environment },
      ...nobody,
    });
    expect(stderr).toMatch(/^Cannot work in \S+: this user must have the right to write to .*\n$/);
    expect(status).toBe(4);
  }
});
