import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../lib/ports/query-engine.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { makeHome, type TestHome } from '../night/home.ts';

type Line = Readonly<Record<string, string>>;

let home: TestHome;
let earlier: Run;
let later: Run;

beforeAll(async () => {
  home = await makeHome(sampleConfiguration);
  await home.drop(
    Object.fromEntries(
      [...makeSampleShop({ customers: 200, seed: 1 })].map(({ key, body }) => [key, body]),
    ),
  );
  await home.ingest();
  ({ run: earlier } = await home.night({ asOf: '2025-06-30' }));
  await home.deliver();
  ({ run: later } = await home.night({ asOf: '2025-12-31' }));
  await home.deliver({ isConfirmed: true });
});

async function text(run: Run, segment: string, file: string): Promise<string> {
  const folder = `audiences/generic/rfm-${segment}/run_id=${run.runId}`;
  return await readFile(join(home.folder, folder, file), 'utf8');
}

async function records(run: Run, segment: string, op: string): Promise<Line[]> {
  return parse(await text(run, segment, `${op}-0001.csv`), { columns: true });
}

async function segments(): Promise<string[]> {
  const rows = await home.ask("select segment from segment_profile_current where scheme = 'rfm'");
  return rows.map(({ segment }) => String(segment));
}

async function keysOf(select: string): Promise<string[]> {
  return (await home.ask(select)).map(({ customer_key }) => String(customer_key)).sort();
}

const membersOn = (run: Run, segment: string) =>
  `select customer_key from segment_member_history
   where run_id = '${run.runId}' and scheme = 'rfm' and segment = '${segment}'`;

describe('the files of the generic destination', () => {
  it('writes every member of every segment, in the order of keys', async () => {
    let members = 0;
    for (const segment of await segments()) {
      const found = (await records(later, segment, 'upsert')).map((row) => row.customer_key);
      expect(found).toEqual(await keysOf(membersOn(later, segment)));
      members += found.length;
    }
    expect(members).toBeGreaterThan(100);
  });

  it('writes those who left a segment since the night before, and nobody else', async () => {
    let leavers = 0;
    for (const segment of await segments()) {
      const left = await keysOf(
        `${membersOn(earlier, segment)} except ${membersOn(later, segment)}`,
      );
      const found = (await records(later, segment, 'remove')).map((row) => row.customer_key);
      expect(found).toEqual(left);
      leavers += left.length;
      expect(await records(earlier, segment, 'remove')).toEqual([]);
    }
    expect(leavers).toBeGreaterThan(20);
  });

  it('writes value and chance of a member, and of a leaver the key alone', async () => {
    const values = await home.ask(
      'select customer_key, predicted_clv_12m, p_alive from customer_value_current',
    );
    const byCustomer = new Map(values.map((value) => [value.customer_key, value]));
    for (const segment of await segments()) {
      for (const row of await records(later, segment, 'upsert')) {
        const value = byCustomer.get(row.customer_key as string);
        expect(row).toEqual({
          customer_key: row.customer_key,
          scheme: 'rfm',
          segment,
          predicted_clv_12m: String(value?.predicted_clv_12m ?? ''),
          p_alive: String(value?.p_alive ?? ''),
          snapshot_on: '2025-12-31',
          op: 'upsert',
        });
      }
      for (const row of await records(later, segment, 'remove')) {
        expect(row).toMatchObject({ p_alive: '', snapshot_on: '2025-12-31', op: 'remove' });
      }
    }
  });

  it('names both files, their rows and hashes in the manifest, of an empty segment too', async () => {
    let files = 0;
    for (const segment of await segments()) {
      const manifest = JSON.parse(await text(later, segment, 'manifest.json'));
      expect(manifest).toMatchObject({
        audience: `rfm-${segment}`,
        run_id: later.runId,
        replace: false,
      });
      for (const { key, op, rows, sha256 } of manifest.files) {
        const body = await readFile(join(home.folder, key), 'utf8');
        expect(body.startsWith('customer_key,scheme,segment,')).toBe(true);
        expect(rows).toBe((await records(later, segment, op)).length);
        expect(sha256).toBe(createHash('sha256').update(body).digest('hex'));
        files += 1;
      }
    }
    expect(files).toBe(22);
  });
});
