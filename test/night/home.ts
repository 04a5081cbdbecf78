import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openPublishedTables } from '../../lib/adapters/duckdb/published.ts';
import { type DuckDbEngine, openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { type Delivery, deliver } from '../../lib/delivery/deliver.ts';
import { allDestinations } from '../../lib/destinations/found.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import type { LoadSummary } from '../../lib/ingest/services.ts';
import { withdraw } from '../../lib/keeping/withdraw.ts';
import type { Secret } from '../../lib/keys/secret.ts';
import { type NightOptions, runNight } from '../../lib/night/run-night.ts';
import type { Clock } from '../../lib/ports/clock.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { Row, Value } from '../../lib/ports/query-engine.ts';
import { readPointer, readPublishedRun } from '../../lib/stages/publish/pointer.ts';
import { allTables } from '../../lib/tables/all.ts';
import { testSecret } from '../secret.ts';

/** Files to drop by key, as text or bytes, in the order of delivery. */
export type Drop = Readonly<Record<string, string | Buffer>>;

/** A home in a temporary folder, on the embedded adapters, gone after the tests of the file. */
export interface TestHome {
  readonly folder: string;
  readonly drop: (files: Drop) => Promise<void>;
  /** Under the home's configuration, or another one. */
  readonly ingest: (configuration?: unknown) => Promise<readonly LoadSummary[]>;
  /** A content by the key of its file, out of the nights or back in. */
  readonly withdraw: (name: string, options?: { readonly isUndone: boolean }) => Promise<unknown>;
  /** Published and not delivered; under the home's configuration, or another one. */
  readonly night: (options: NightOptions, configuration?: unknown) => ReturnType<typeof runNight>;
  /** To every destination; on the home's store, or another over the same folder. */
  readonly deliver: (options?: {
    readonly isConfirmed?: boolean;
    readonly store?: ObjectStore;
  }) => Promise<readonly Delivery[]>;
  /** A SELECT over the published tables. */
  readonly ask: (select: string) => Promise<readonly Row[]>;
}

/** Deliveries are a second apart, whatever the machine does. */
const firstDelivery = Date.UTC(2026, 0, 1);

/** `secret` is what keys are made with where it is not that of the tests. */
export async function makeHome(
  configuration: unknown = {},
  { secret = testSecret }: { readonly secret?: Secret } = {},
): Promise<TestHome> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const config = parseConfig(configuration);
  const store = openFolderStore(folder);
  const readRun = (runId: string) => readPublishedRun(store, runId);
  let seconds = 0;
  const clock: Clock = {
    now: () => {
      seconds += 1;
      return new Date(firstDelivery + seconds * 1000);
    },
  };
  const services = {
    store,
    clock,
    config,
    secret,
    openFileEngine,
    scratch: join(folder, '.scratch'),
  };
  async function withEngine<T>(work: (engine: DuckDbEngine) => Promise<T>): Promise<T> {
    const engine = await openDuckDbEngine({ folder, tables: allTables, readRun });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  }
  return {
    folder,
    drop: async (files) => {
      for (const [key, body] of Object.entries(files)) {
        await store.put(key, body);
        await utimes(join(folder, key), clock.now(), clock.now());
      }
    },
    ingest: (other) =>
      ingestDrop(other === undefined ? services : { ...services, config: parseConfig(other) }),
    withdraw: (name, options = { isUndone: false }) =>
      withEngine((engine) => withdraw({ ...services, engine }, name, options)),
    night: (options, other) =>
      withEngine((engine) =>
        runNight(
          { ...services, engine, ...(other === undefined ? {} : { config: parseConfig(other) }) },
          options,
        ),
      ),
    deliver: ({ isConfirmed = false, store: other = store } = {}) =>
      withEngine(async (engine) => {
        const deliveries: Delivery[] = [];
        for (const destination of allDestinations) {
          deliveries.push(
            await deliver({ store: other, engine, secret }, destination, { isConfirmed }),
          );
        }
        return deliveries;
      }),
    ask: async (select) => {
      const pointer = await readPointer(store);
      const [current, ...earlier] = pointer?.runs ?? [];
      if (current === undefined) throw new Error('nothing is published in the home of the test');
      const tables = await openPublishedTables({
        folder,
        tables: allTables,
        published: [current, ...earlier],
        readRun,
      });
      try {
        const { columns, batches } = await tables.query(select);
        const rows = (await Array.fromAsync(batches)).flat();
        return rows.map((row) =>
          Object.fromEntries(columns.map((name, i) => [name, row[i] as Value])),
        );
      } finally {
        tables.close();
      }
    },
  };
}
