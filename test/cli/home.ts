import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export const main = join(import.meta.dirname, '../../lib/cli/main.ts');

/** The machine's own zone and language must not matter. */
export const environment = {
  PATH: process.env.PATH,
  TZ: 'Pacific/Apia',
  LANG: 'tr_TR.UTF-8',
  NO_COLOR: '1',
};

/** Two orders by the contract. */
export const twoOrders = `ordered_at,order_id,customer_id,email,amount
2025-01-05,1,a,ann@example.com,10
2025-01-06,2,b,bob@example.com,20
`;

/** A folder that is gone after the tests of the file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A home below the folder with these files; its path. */
export function makeHome(
  folder: string,
  name: string,
  files: Readonly<Record<string, string | Buffer>>,
) {
  const home = join(folder, name);
  for (const [key, body] of Object.entries(files)) {
    mkdirSync(dirname(join(home, key)), { recursive: true });
    writeFileSync(join(home, key), body);
  }
  return home;
}

/** Runs the command line in a process of its own. */
export function clientele(cwd: string, ...args: readonly string[]) {
  const options = { cwd, encoding: 'utf8', env: environment } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
  return { status, stdout, stderr };
}
