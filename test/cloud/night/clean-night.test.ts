import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { addPartitionText, runFolder } from '../../../lib/adapters/athena/insert-text.ts';
import { retireRuns } from '../../../lib/keeping/retire.ts';
import type { Run } from '../../../lib/ports/query-engine.ts';
import { sampleAsOf } from '../../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { readPointer } from '../../../lib/stages/publish/pointer.ts';
import type { TableContract } from '../../../lib/tables/contract.ts';
import { orderLine } from '../../../lib/tables/facts.ts';
import { customerValue } from '../../../lib/tables/value.ts';
import { exampleTemplate } from '../../cdk/example-stack.ts';
import { formsOfSecret } from '../../keys/secret-forms.ts';
import { filesWith } from '../../keys/texts-of-folder.ts';
import type { Drop } from '../../night/home.ts';
import { testSecretText } from '../../secret.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { digestsOf, pureTables } from './digests.ts';
import type { Message } from './drops.ts';
import { type EmbeddedNight, embeddedNights } from './embedded.ts';
import type { ExecutionResult } from './execution.ts';
import { textsOfLake } from './texts-of-lake.ts';

const shop: Drop = Object.fromEntries(
  [...makeSampleShop({ customers: 400, seed: 1 })].map(({ key, body }) => [key, body]),
);

describe('the sample shop, dropped and run in the cloud', () => {
  let cloud: Cloud;
  let embedded: EmbeddedNight;
  let execution: ExecutionResult;
  let messages: readonly Message[];
  const output: string[] = [];

  beforeAll(async () => {
    [embedded] = (await embeddedNights(sampleConfiguration, [
      { drop: shop, asOf: sampleAsOf },
    ])) as [EmbeddedNight];
    cloud = await openCloud({ servers: inject('cloud'), configuration: sampleConfiguration });
    await cloud.drop(shop);
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => output.push(String(text)) > 0);
    }
    try {
      messages = await cloud.messages();
      expect(await cloud.deliver(messages)).toEqual([]);
      execution = await cloud.night({ name: 'clean', input: { as_of: sampleAsOf } });
    } finally {
      vi.restoreAllMocks();
    }
  });

  afterAll(async () => {
    await cloud?.close();
  });

  it('ends published', async () => {
    expect(execution.redrives).toBe(0);
    expect((await readPointer(cloud.lake.store))?.current).toEqual(embedded.run);
  });

  it('has the rows of the embedded run in every pure table', async () => {
    expect(pureTables.length).toBeGreaterThan(15);
    expect(await digestsOf(cloud.engine, embedded.run)).toEqual(embedded.digests);
  });

  it('tells the secret to nobody: no object, query, event, state or answer holds it', async () => {
    const texts = await textsOfLake(cloud.lake.store);
    expect([...texts.keys()]).toContain('keys/fingerprint.json');
    const told = new Map([
      ...texts,
      ['queries', JSON.stringify(cloud.athena.executions)],
      ['events', JSON.stringify(messages)],
      ['states', JSON.stringify(execution)],
      ['template', JSON.stringify(exampleTemplate().toJSON())],
      ['output', output.join('')],
    ]);
    expect(filesWith(told, formsOfSecret(testSecretText))).toEqual([]);
    expect(told.get('queries')).toContain('customer_identifier');
    expect([...texts].filter(([, text]) => text.includes('"pseudonym"')).length).toBeGreaterThan(1);
  });

  it('reads one run through <table>_current, of thirty in the lake, joined with itself too', async () => {
    const { run } = embedded;
    const runs: Run[] = [run];
    for (let day = 1; day < 30; day += 1) {
      runs.push({ snapshotOn: `2025-11-${String(day).padStart(2, '0')}`, runId: `copy-${day}` });
    }
    for (const table of [customerValue, orderLine]) {
      for (const copy of runs.slice(1)) await copyRun(cloud, table, { from: run, to: copy });
    }
    await cloud.engine.replaceViews(runs);
    const scanned: number[] = [];
    const engine = cloud.openEngine({ onQuery: (query) => scanned.push(query.scannedBytes) });
    const ofRun = (name: string) =>
      `(select * from ${name} where snapshot_on = date '${run.snapshotOn}' and run_id = '${run.runId}')`;
    const questions = [
      (name: (table: string) => string) =>
        `select sum(historic_value_12m) as x from ${name('customer_value')} as v`,
      (name: (table: string) => string) =>
        `select sum(a.net_sales) as x from ${name('order_line')} as a join ${name('order_line')} as b on a.order_id = b.order_id and a.line_number = b.line_number`,
      (name: (table: string) => string) =>
        `select sum(l.net_sales) as x from ${name('customer_value')} as v join ${name('order_line')} as l on v.customer_key = l.customer_key`,
    ];
    for (const question of questions) {
      scanned.length = 0;
      const current = await engine.read(question((table) => `${table}_current`));
      const literal = await engine.read(question(ofRun));
      expect(current).toEqual(literal);
      const [currentBytes, literalBytes] = scanned as [number, number];
      process.stderr.write(
        `${currentBytes} bytes by the view, ${literalBytes} of the run: ${question(String)}\n`,
      );
      expect(literalBytes).toBeGreaterThan(0);
      expect(currentBytes).toBe(literalBytes);
    }
  });

  it('forgets the runs that nobody sees, when their time is over', async () => {
    const partitions = (table: string) =>
      cloud.engine.read(`select run_id from "${table}$partitions" order by run_id`);
    const onlyCurrent = [{ run_id: embedded.run.runId }];
    expect(await partitions('order_line')).toHaveLength(30);
    const [before] = await cloud.engine.read('select count(*) as n from order_line_current');
    const inAMonth = { now: () => new Date(Date.now() + 30 * 24 * 60 * 60 * 1000) };
    await retireRuns(
      { store: cloud.lake.store, engine: cloud.engine, clock: inAMonth },
      { publishedDays: 1, unpublishedDays: 15 },
    );
    // Rounds of the repeated step among them.
    for (const table of ['order_line', 'customer_value', 'identity_component', 'customer']) {
      expect(await partitions(table), table).toEqual(onlyCurrent);
    }
    expect(await cloud.engine.read('select count(*) as n from order_line')).toEqual([before]);
    for await (const { key } of cloud.lake.store.list('tables/')) {
      expect(key).toContain(`/run_id=${embedded.run.runId}/`);
    }
  });
});

async function copyRun(
  cloud: Cloud,
  table: TableContract,
  { from, to }: { readonly from: Run; readonly to: Run },
): Promise<void> {
  const { store } = cloud.lake;
  const target = runFolder(table, to);
  for await (const { key } of store.list(runFolder(table, from))) {
    const stored = await store.get(key);
    await store.put(`${target}${key.slice(key.lastIndexOf('/') + 1)}`, stored?.body ?? '');
  }
  await cloud.engine.read(addPartitionText(table, to));
}
