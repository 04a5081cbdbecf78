import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { AuditError, ConfigurationError } from '../../lib/errors.ts';
import { night } from '../../lib/pipeline.ts';
import { type ComputeStep, type Stage, type Step, stepName } from '../../lib/stages/stage.ts';
import { makeHome, type TestHome } from './home.ts';

const orders = `ordered_at,order_id,customer_id,amount
2025-01-05,1,a,10
2025-01-06,2,b,20
`;

let home: TestHome;
let yesterday: string;

beforeEach(async () => {
  home = await makeHome();
  await home.drop({ 'drop/orders/web/orders.csv': orders });
  await home.ingest();
  await home.night({ asOf: '2025-01-31' });
  yesterday = await pointerText();
});

function pointerText(): Promise<string> {
  return readFile(join(home.folder, 'published/latest.json'), 'utf8');
}

/** The night with one step done otherwise. */
function nightWith(name: string, change: (step: Step) => Step): readonly Stage[] {
  return night.map((stage) => ({
    ...stage,
    steps: stage.steps.map((step) => (stepName(step) === name ? change(step) : step)),
  }));
}

async function withText(name: string, text: string): Promise<readonly Stage[]> {
  const file = join(home.folder, `${name}.sql`);
  await writeFile(file, text);
  return nightWith(name, (step) =>
    step.kind === 'sql' ? { ...step, file: new URL(`file://${file}`) } : step,
  );
}

test('a broken identity keeps the tables of yesterday and exits 5', async () => {
  const original = await readFile(
    new URL('../../lib/stages/facts/sales_order.sql', import.meta.url),
    'utf8',
  );
  const stages = await withText(
    'sales_order',
    original.replace('sum(net_sales) as net_sales', 'sum(net_sales) + 1 as net_sales'),
  );
  const outcome = home.night({ asOf: '2025-02-01', stages });
  await expect(outcome).rejects.toThrow(
    /sales_order: orders and lines have the same net sales and cost: broken 1 times/,
  );
  await expect(outcome).rejects.toBeInstanceOf(AuditError);
  await expect(outcome).rejects.toMatchObject({ exitCode: 5 });
  expect(await pointerText()).toBe(yesterday);
  expect(await home.ask('select sum(net_sales) as total from sales_order')).toEqual([
    { total: '30.0000' },
  ]);
});

test('a row written twice breaks its key', async () => {
  const original = await readFile(
    new URL('../../lib/stages/segments/rfm_score.sql', import.meta.url),
    'utf8',
  );
  const stages = await withText(
    'rfm_score',
    original.replace('select * from final', 'select * from final union all select * from final'),
  );
  await expect(home.night({ asOf: '2025-02-01', stages })).rejects.toThrow(
    'rfm_score: (customer_key) must be unique: 2 are not',
  );
  expect(await pointerText()).toBe(yesterday);
});

test.each([
  ['segment_profile', 'action', 'last_attempt_only'],
  ['segment_member', 'reason', 'rfm_scores'],
])('a code of %s without a word stops the night', async (table, column, code) => {
  const original = await readFile(
    new URL(`../../lib/stages/segments/${table}.sql`, import.meta.url),
    'utf8',
  );
  const stages = await withText(table, original.replace(code, 'shrug'));
  await expect(home.night({ asOf: '2025-02-01', stages })).rejects.toThrow(
    `${table}.${column}: label must have a word for shrug`,
  );
  expect(await pointerText()).toBe(yesterday);
});

test('a file that appears in a sealed folder stops the night', async () => {
  const stages = nightWith('audit', (step) => ({
    ...(step as ComputeStep),
    compute: async (context) => {
      const folder = join(
        home.folder,
        `tables/customer/snapshot_on=2025-02-01/run_id=${context.run.runId}`,
      );
      await mkdir(folder, { recursive: true });
      await rename(join(folder, 'part.parquet'), join(folder, 'late.parquet'));
      return await (step as ComputeStep).compute(context);
    },
  }));
  await expect(home.night({ asOf: '2025-02-01', stages })).rejects.toThrow(
    /late.parquet is not as it was sealed[\s\S]*part.parquet is missing/,
  );
  expect(await pointerText()).toBe(yesterday);
});

test('an older date replaces a newer one only when asked', async () => {
  const older = home.night({ asOf: '2025-01-30' });
  await expect(older).rejects.toBeInstanceOf(ConfigurationError);
  expect(await pointerText()).toBe(yesterday);
  await home.night({ asOf: '2025-01-30', replaceNewer: true });
  expect(JSON.parse(await pointerText()).snapshot_on).toBe('2025-01-30');
});

test('of two nights at once exactly one publishes', async () => {
  const outcomes = await Promise.allSettled([
    home.night({ asOf: '2025-02-01' }),
    home.night({ asOf: '2025-02-01' }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const winner = outcomes.find(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<{
    run: { runId: string };
  }>;
  expect(JSON.parse(await pointerText()).run_id).toBe(winner.value.run.runId);
});
