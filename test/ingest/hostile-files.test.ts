import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadSummary } from '../../lib/ingest/services.ts';
import { type DropHome, makeDropHome } from './home.ts';
import { hostileFiles } from './hostile-files.ts';

describe('ingestDrop()', () => {
  let home: DropHome;
  let loads: readonly LoadSummary[];
  beforeAll(async () => {
    home = await makeDropHome();
    for (const { key, content } of hostileFiles) await home.drop({ [key]: content() });
    loads = await home.ingest();
  }, 120_000);

  for (const { name, key, verdict } of hostileFiles) {
    const what =
      'read' in verdict
        ? 'reads'
        : 'file' in verdict
          ? `refuses by ${verdict.file}`
          : 'value' in verdict
            ? `drops a value by ${verdict.value} of`
            : `refuses a row by ${verdict.row.join(', ')} of`;
    test(`${what} ${name}`, async () => {
      const load = loads.find((found) => found.file === `drop/${key}`) as LoadSummary;
      const rows = await home.read(
        'accepted/orders',
        `select count(*) as accepted from rows where load_id = '${load.loadId}'`,
      );
      const accepted = rows[0]?.accepted;
      expect(load.recordsIn).toBe(load.accepted + load.quarantined + load.ignored);
      expect(accepted).toBe(load.accepted);
      if ('file' in verdict) {
        expect(load).toMatchObject({ status: 'refused', accepted: 0 });
        expect(load.problems[0]?.rule).toBe(verdict.file);
        expect(load.problems[0]?.hint.length).toBeGreaterThan(20);
      } else if ('value' in verdict) {
        expect(load.problems).toMatchObject([{ effect: 'value', rule: verdict.value }]);
        expect(load).toMatchObject({
          status: 'loaded',
          accepted: verdict.accepted,
          quarantined: 0,
          valuesDropped: 1,
        });
      } else if ('row' in verdict) {
        expect(load.problems.map(({ rule }) => rule)).toEqual(verdict.row);
        expect(load).toMatchObject({ status: 'loaded', accepted: verdict.accepted });
        expect(load.problems[0]?.recordNumber).toBeGreaterThan(0);
      } else {
        expect(load).toMatchObject({ status: 'loaded', accepted: verdict.read, problems: [] });
      }
    });
  }

  test('reads an integer above 2^53 of JSONL digit by digit', async () => {
    const rows = await home.read(
      'accepted/orders',
      "select customer_id, amount from rows where customer_id like '123456789%'",
    );
    expect(rows).toEqual([{ customer_id: '12345678901234567890', amount: '900719925.9301' }]);
  });

  test('refuses a Parquet file that claims more records than its size can hold', async () => {
    const bombed = await makeDropHome();
    await bombed.drop({ 'orders/bomb.parquet': '' });
    const path = join(bombed.folder, 'drop', 'orders', 'bomb.parquet');
    await bombed.run(
      `copy (select date '2026-01-05' as ordered_at, 5 as amount from range(3000000)) to '${path}' (format parquet)`,
    );
    const [load] = await bombed.ingest();
    expect((await stat(path)).size).toBeLessThan(30_000);
    expect(load).toMatchObject({ status: 'refused', recordsIn: 0 });
    expect(load?.problems[0]).toMatchObject({ rule: 'too_many_records' });
    expect(load?.problems[0]?.hint).toContain('3000000');
  });
});
