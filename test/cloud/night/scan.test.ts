import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Run } from '../../../lib/ports/query-engine.ts';
import { sampleAsOf } from '../../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { allTables } from '../../../lib/tables/all.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { type QueryScan, ratioOf, repeatedReads, scanReport, scansOf, sumOf } from './scan.ts';

/** So many that what an opening of a file costs is small beside what the columns do. */
const customers = 20_000;

/** Another run that lies in the lake: reading it would be waste. */
const earlierRun: Run = { snapshotOn: '2025-12-30', runId: '2025-12-30-1' };

/** What is read more than once by one query, because what it computes needs it so. */
const neededTwice = {
  // Lines of numbered orders and copies of others: two ways of winning.
  'orders_winner reads accepted_orders': 2,
  'orders_winner reads run_input': 2,
  'orders_winner reads orders_numbering': 2,
  // The parts of the night, by line and by load.
  'orders_delivery reads run_input': 2,
  // Deliveries, and those after them.
  'orders_replaced reads orders_delivery': 2,
  'orders_replaced reads run_input': 4,
  // Connected components join the labels with themselves.
  'identity_component reads identity_component': 2,
  'record_identifier reads run_input': 2,
  // Names are compared pair by pair, and people counted over them.
  'shared_name reads shared_identifier': 5,
  'shared_evidence reads shared_identifier': 3,
  'shared_evidence reads shared_name': 3,
  // Steps up and steps down; no row where a model tells.
  'cohort_mean reads customer_features': 2,
  'cohort_mean reads model_score': 2,
};

describe('what a night scans', () => {
  let cloud: Cloud;
  let scans: readonly QueryScan[];
  let countAsked: number;

  beforeAll(async () => {
    cloud = await openCloud({ servers: inject('cloud'), configuration: sampleConfiguration });
    await cloud.drop(
      Object.fromEntries(
        [...makeSampleShop({ customers, seed: 1 })].map(({ key, body }) => [key, body]),
      ),
    );
    expect(await cloud.deliver(await cloud.messages())).toEqual([]);
    for (const table of allTables) {
      if (table.storage.kind === 'run') await cloud.engine.writeRows(table, earlierRun, [{}]);
    }
    const before = cloud.athena.executions.length;
    await cloud.night({ name: 'scanned', input: { as_of: sampleAsOf } });
    const asked = cloud.athena.executions.slice(before).map(({ text }) => text);
    countAsked = asked.filter((text) => !/^(alter|create) /.test(text)).length;
    scans = await scansOf(cloud, inject('cloud').trinoUrl, before);
    process.stderr.write(`${scanReport(scans)}\n`);
  });

  afterAll(async () => {
    await cloud?.close();
  });

  it('is at most 1.5 times the bytes of the columns it needs', () => {
    const sum = sumOf(scans, 'the night');
    expect(sum.needed).toBeGreaterThan(20 * 2 ** 20);
    expect(ratioOf(sum)).toBeLessThan(1.5);
  });

  it('is each table once a query, but where it must be more', () => {
    expect(repeatedReads(scans)).toEqual(neededTwice);
  });

  it('is asked for by as many queries as the guide to deployment pays for', async () => {
    const guide = await readFile(join(import.meta.dirname, '../../../docs/deployment.md'), 'utf8');
    expect(guide).toContain(`| ${countAsked} queries × 10 MB`);
  });

  it('is of its own run and rounds, of two in the lake', () => {
    const runs = scans.flatMap(({ reads }) => reads.flatMap(({ runs: read }) => read ?? []));
    const own = new RegExp(`^snapshot_on=${sampleAsOf}/run_id=${sampleAsOf}-1(-r\\d+)?$`);
    expect(runs.length).toBeGreaterThan(100);
    expect([...new Set(runs)].filter((run) => !own.test(run))).toEqual([]);
    // Planned without its partitions a table would be read whole.
    const unplanned = scans.flatMap(({ reads }) => reads).filter(({ runs: r }) => r?.length === 0);
    expect(unplanned).toEqual([]);
  });
});
