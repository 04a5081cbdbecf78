import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDuckDbEngine } from '../../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../../lib/adapters/folder/object-store.ts';
import { systemClock } from '../../../lib/adapters/system-clock.ts';
import { parseConfig } from '../../../lib/config.ts';
import { runNight } from '../../../lib/night/run-night.ts';
import type { QueryEngine, Row, Run } from '../../../lib/ports/query-engine.ts';
import { sampleAsOf } from '../../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { allTables } from '../../../lib/tables/all.ts';
import type { TableContract } from '../../../lib/tables/contract.ts';
import { type Drop, makeHome } from '../../night/home.ts';
import { dialectFaults } from '../../sql/allow-list.ts';
import { openTrinoEngine, type TrinoEngine } from './engine.ts';
import { bareDrop, firstDrop, nastyConfiguration, nastyNights, secondDrop } from './nasty-shop.ts';
import { differences, rowsOfRun } from './same-rows.ts';

const { url, lake } = inject('trino');

/** The moment a night was published is the clock's, and no promise. */
const ofTheClock: Readonly<Record<string, readonly string[]>> = { run: ['published_at'] };

const logFolders = allTables
  .filter(({ storage }) => storage.kind === 'log')
  .map(({ storage }) => storage.folder);
const runTables = allTables.filter(({ storage }) => storage.kind === 'run');

interface Shop {
  readonly configuration: unknown;
  readonly nights: readonly { readonly drop: Drop; readonly asOf: string }[];
  /** Whether ingest must refuse rows of it. */
  readonly hasBadRows: boolean;
  /** Whether a table must have rows here, or nothing of it is compared. */
  readonly fills: (table: string) => boolean;
}

const shops: Readonly<Record<string, Shop>> = {
  'the sample shop': {
    configuration: sampleConfiguration,
    hasBadRows: true,
    nights: [{ drop: sampleDrop(), asOf: sampleAsOf }],
    // Its orders tell no amounts of the whole, none waits and none is replaced; it has models.
    fills: (table) =>
      !['orders_replaced', 'orders_amount', 'orders_share', 'waiting', 'cohort_mean'].includes(
        table,
      ),
  },
  'a nasty shop': {
    configuration: nastyConfiguration,
    hasBadRows: false,
    nights: [
      { drop: firstDrop, asOf: nastyNights[0] as string },
      { drop: secondDrop, asOf: nastyNights[1] as string },
    ],
    fills: (table) => table !== 'cohort_mean',
  },
  'a shop too small for a model': {
    configuration: {},
    hasBadRows: false,
    nights: [{ drop: smallDrop(), asOf: '2024-12-31' }],
    fills: (table) => table === 'cohort_mean',
  },
  'a shop without an order': {
    configuration: {},
    hasBadRows: false,
    nights: [{ drop: bareDrop, asOf: '2024-02-29' }],
    fills: () => false,
  },
  'a shop without anything': {
    configuration: {},
    hasBadRows: false,
    nights: [{ drop: {}, asOf: '2024-02-29' }],
    fills: () => false,
  },
};

describe.each(Object.entries(shops))('the night of %s', (_, shop) => {
  const { configuration, nights, hasBadRows, fills } = shop;
  let onDuckDb: QueryEngine;
  let onTrino: TrinoEngine;
  let closeAll: () => Promise<void>;
  const runs: { readonly duckDb: Run; readonly trino: Run }[] = [];
  const texts = new Set<string>();

  beforeAll(async () => {
    const home = await makeHome(configuration);
    const folder = await mkdtemp(join(lake, 'night-'));
    const embedded = await openDuckDbEngine({ folder: home.folder, tables: allTables });
    onDuckDb = embedded;
    onTrino = await openTrinoEngine({ url, lake, folder, tables: allTables });
    closeAll = async () => {
      await embedded.close();
      await onTrino.close();
      await rm(folder, { recursive: true, force: true });
    };
    const services = {
      engine: recording(onTrino, texts),
      store: openFolderStore(folder),
      clock: systemClock,
      config: parseConfig(configuration),
    };
    for (const { drop, asOf } of nights) {
      await home.drop(drop);
      const loads = await home.ingest();
      expect(loads.filter(({ status }) => status === 'refused')).toEqual([]);
      // A nasty row that is refused on arrival would compare nothing.
      const isRefused = loads.some(({ quarantined }) => quarantined > 0);
      expect(isRefused, 'has rows refused').toBe(hasBadRows);
      await copyLogs(home.folder, folder);
      const { run: duckDb } = await home.night({ asOf });
      const { run: trino } = await runNight(services, { asOf });
      runs.push({ duckDb, trino });
    }
  });

  afterAll(async () => {
    await closeAll?.();
  });

  async function rowsOnBoth(
    table: TableContract,
    run: { readonly duckDb: Run; readonly trino: Run },
  ): Promise<{ left: readonly Row[]; right: readonly Row[] }> {
    return {
      left: await rowsOfRun(onDuckDb, table, run.duckDb),
      right: await rowsOfRun(onTrino, table, run.trino),
    };
  }

  it.each(runTables)('has the same rows in $name on DuckDB and Trino', async (table) => {
    expect(runs).toHaveLength(nights.length);
    for (const run of runs) {
      const rows = await rowsOnBoth(table, run);
      expect(differences(table, rows, ofTheClock[table.name])).toEqual([]);
      if (fills(table.name)) expect(rows.left.length).toBeGreaterThan(0);
    }
  });

  it('asks in the dialect of the allow-list alone, wherever its texts are written', () => {
    expect(texts.size).toBeGreaterThan(runTables.length);
    const faults = [...texts].flatMap((text) =>
      dialectFaults(text)
        // Whether a divisor can be 0 is looked at where the text stands; a read may take first rows.
        .filter(({ says }) => !says.startsWith('x / 0') && !says.startsWith('limit '))
        .map(({ line, says }) => `${says}: ${text.split('\n')[line - 1]}`),
    );
    expect(faults).toEqual([]);
  });

  it('shows the last run to readers on both', async () => {
    await onDuckDb.replaceViews(runs.map((run) => run.duckDb).toReversed());
    for (const table of runTables) {
      const count = `select count(*) as n from ${table.name}_current`;
      const [duckDb, trino] = [await onDuckDb.read(count), await onTrino.read(count)];
      expect(trino, table.name).toEqual(duckDb);
    }
  });
});

/** The engine, noting every SELECT it is given. */
function recording(engine: QueryEngine, texts: Set<string>): QueryEngine {
  return {
    ...engine,
    read: (select) => engine.read(noted(select)),
    rows: (select) => engine.rows(noted(select)),
    write: (table, run, select) => engine.write(table, run, noted(select)),
  };

  function noted(select: string): string {
    texts.add(select);
    return select;
  }
}

function sampleDrop(): Drop {
  const shop = [...makeSampleShop({ customers: 2_000, seed: 1 })].map(({ key, body }) => [
    key,
    body,
  ]);
  const shared = 'customer_id,email,first_name\n1,desk@shop.example,Ada\n2,desk@shop.example,Bea\n';
  return { ...Object.fromEntries(shop), 'drop/customers/desk.csv': shared };
}

/** Forty customers of four years, each with an order every hundred days. */
function smallDrop(): Drop {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 0, 1 + (i % 40) + 100 * Math.floor(i / 40)));
    const last = '2024-12-31';
    const on = day.toISOString().slice(0, 10);
    return on <= last ? [`${on},c${i % 40},${10 + (i % 7)}.25`] : [];
  }).flat();
  return { 'drop/orders/few.csv': `ordered_at,customer_id,amount\n${lines.join('\n')}\n` };
}

/** What ingest wrote, the same bytes for both engines. */
async function copyLogs(from: string, to: string): Promise<void> {
  for (const folder of logFolders) {
    const isThere = await stat(join(from, folder)).catch(() => null);
    if (isThere !== null) await cp(join(from, folder), join(to, folder), { recursive: true });
  }
}
