import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DuckDbEngine, openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { EngineError } from '../../lib/errors.ts';
import { count, money, runTable, text } from '../../lib/tables/contract.ts';
import { queryEngineContract } from '../contracts/query-engine.ts';

queryEngineContract('openDuckDbEngine()', async (tables) => {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-duckdb-'));
  const engine = await openDuckDbEngine({ folder, tables });
  return {
    engine,
    store: openFolderStore(folder),
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

describe('openDuckDbEngine()', () => {
  let folder: string;
  let engine: DuckDbEngine;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clientele-duckdb-'));
    engine = await openDuckDbEngine({ folder, tables: [] });
  });

  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('names table, column and record where a value cannot be made, and never the value', async () => {
    const columns = { load_id: text(''), record_number: count('records', ''), amount: money('') };
    const key = ['load_id', 'record_number'];
    const lines = runTable({ name: 'line', grain: '', key, promise: 'pure', columns });
    const run = { snapshotOn: '2025-01-31', runId: '2025-01-31-1' };
    const rows = "(values ('l1', 1, '5'), ('l1', 2, '98765432101234567890'), ('l2', 1, 'Ann'))";
    const write = (amount: string) =>
      engine.write(
        lines,
        run,
        `select load_id, record_number, ${amount} as amount from ${rows} as t (load_id, record_number, amount)`,
      );
    await expect(write('amount')).rejects.toThrow(
      /^Cannot write table line: column amount of record 2 of load l1 must be decimal\(18,4\): Conversion Error$/,
    );
    await expect(write('cast(amount as decimal(18,4))')).rejects.toThrow(
      /^Cannot write table line: column amount must be decimal\(18,4\): Conversion Error$/,
    );
  });

  it('holds a few rows of a long result at a time', async () => {
    const million = "select n, repeat('x', 200) || n as long_text from range(1000000) as t(n)";
    const before = heapBytes();
    let found = 0;
    for await (const _ of engine.rows(million)) {
      found += 1;
      // All of these rows would be 200 MB and more.
      if (found % 250_000 === 0) expect(heapBytes() - before).toBeLessThan(20_000_000);
    }
    expect(found).toBe(1_000_000);
  });

  it('holds what it was given, else a quarter of what the process may use, and spills beyond', async () => {
    const limit = "select current_setting('memory_limit') as shown";
    const small = await openDuckDbEngine({ folder, tables: [], memory: '64MB' });
    expect(await small.read(limit)).toEqual([{ shown: '61.0 MiB' }]);
    const [last] = await small.read(
      "select max(length(long_text)) as longest, max(place) as rows from (select long_text, row_number() over (order by long_text) as place from (select n || repeat('x', 60) as long_text from range(1000000) as t(n)) as texts) as placed",
    );
    expect(last).toEqual({ longest: 66, rows: 1_000_000 });
    await small.close();
    const constrained = process.constrainedMemory() || totalmem();
    const quarter = Math.min(totalmem(), constrained) / 4;
    const [found] = await engine.read(limit);
    const [amount, unit] = String(found?.shown).split(' ');
    expect(Number(amount) * (unit === 'GiB' ? 2 ** 30 : 2 ** 20)).toBeCloseTo(quarter, -9);
  });

  it('can be closed beside a result that is half read, and more than once', async () => {
    for await (const { n } of engine.rows('select n from range(100000) as t(n)')) {
      if (n === 10) await engine.close();
    }
    await engine.close();
    await expect(engine.read('select 1 as one')).rejects.toThrow(EngineError);
  });

  it('interrupts what still runs when it is closed, and waits for it', async () => {
    const endless =
      'select count(*) as n from range(10000000) a, range(10000000) b where a.range + b.range = 7';
    const outcomes = Promise.allSettled([
      engine.read(endless),
      engine.read(endless),
      Array.fromAsync(engine.rows(endless)),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await engine.close();
    for (const outcome of await outcomes) {
      expect(outcome.status).toBe('rejected');
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(EngineError);
    }
  });
});

/** What is in use after a collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
