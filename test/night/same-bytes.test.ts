import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { allTables } from '../../lib/tables/all.ts';
import { type Drop, makeHome, type TestHome } from './home.ts';

const asOf = '2025-12-31';
const pureTables = allTables.filter(({ promise }) => promise === 'pure').map(({ name }) => name);

/** The hashes of the pure tables that readers see. */
async function pureBytes(home: TestHome): Promise<Record<string, string>> {
  const pointer = JSON.parse(await readFile(join(home.folder, 'published/latest.json'), 'utf8'));
  return Object.fromEntries(pureTables.map((name) => [name, pointer.tables[name].sha256]));
}

function sampleDrop(): Drop {
  const files = [...makeSampleShop({ customers: 60, seed: 7 })];
  return Object.fromEntries(files.map(({ key, body }) => [key, body]));
}

test('running again gives the same bytes under a new run id', async () => {
  const home = await makeHome(sampleConfiguration);
  await home.drop(sampleDrop());
  await home.ingest();
  const first = await home.night({ asOf });
  const bytes = await pureBytes(home);
  await home.ingest();
  const second = await home.night({ asOf });
  expect(second.run.runId).not.toBe(first.run.runId);
  expect(await pureBytes(home)).toEqual(bytes);
});

test('the same file under another name gives the same bytes', async () => {
  const home = await makeHome(sampleConfiguration);
  const files = sampleDrop();
  await home.drop(files);
  await home.ingest();
  await home.night({ asOf });
  const bytes = await pureBytes(home);
  const [key, body] = Object.entries(files).find(([name]) => name.includes('orders/web')) ?? [];
  await home.drop({ [`${key?.replace('.csv', '-again.csv')}`]: body ?? '' });
  await home.ingest();
  await home.night({ asOf });
  expect(await pureBytes(home)).toEqual(bytes);
});

/*
 * Loads whose winners do not depend on the order: disjoint orders, a correction that says when it
 * was made, an overlapping export of lines without order ids, customers with updated_at.
 */
const orderFree: Drop = {
  'drop/orders/web/january.csv': `ordered_at,order_id,line_id,customer_id,email,amount,updated_at
2025-01-05T10:00:00Z,1,1,a,a@example.com,10,2025-01-05T10:00:00Z
2025-01-06T10:00:00Z,2,1,b,b@example.com,20,2025-01-06T10:00:00Z
`,
  'drop/orders/web/correction.csv': `ordered_at,order_id,line_id,customer_id,email,amount,updated_at
2025-01-05T10:00:00Z,1,1,a,a@example.com,12,2025-02-01T10:00:00Z
`,
  'drop/orders/web/february.csv': `ordered_at,order_id,line_id,customer_id,email,amount,updated_at
2025-02-05T10:00:00Z,3,1,a,a@example.com,30,2025-02-05T10:00:00Z
`,
  'drop/orders/till/week1.csv': `ordered_at,customer_id,email,amount
2025-03-01T10:00:00Z,t1,a@example.com,5
2025-03-01T10:00:00Z,t1,a@example.com,5
2025-03-01T12:00:00Z,,,7
`,
  'drop/orders/till/week1-and-2.csv': `ordered_at,customer_id,email,amount
2025-03-01T10:00:00Z,t1,a@example.com,5
2025-03-01T12:00:00Z,,,7
2025-03-08T12:00:00Z,t2,,8
`,
  'drop/customers/web/customers.csv': `customer_id,email,first_name,updated_at
a,a@example.com,Ann,2025-01-01T00:00:00Z
b,b@example.com,Bob,2025-01-01T00:00:00Z
`,
  'drop/customers/web/changed.csv': `customer_id,email,first_name,updated_at
a,a@example.com,Anna,2025-03-01T00:00:00Z
`,
};

test('any order of delivery that leaves the winners the same gives the same bytes', async () => {
  const names = Object.keys(orderFree);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(names, { minLength: names.length }),
      fc.boolean(),
      async (order, twoDrops) => {
        const home = await makeHome();
        for (const [place, name] of order.entries()) {
          await home.drop({ [name]: orderFree[name] as string });
          if (twoDrops && place === 2) await home.ingest();
        }
        await home.ingest();
        await home.night({ asOf });
        seen.add(JSON.stringify(await pureBytes(home)));
        expect(seen.size).toBe(1);
      },
    ),
    { numRuns: 6, seed: 1 },
  );
});

test('the winners are the corrected line, the file that has a line most often, the last name', async () => {
  const home = await makeHome();
  await home.drop(orderFree);
  await home.ingest();
  await home.night({ asOf });
  const lines = await home.ask(
    'select source, cast(ordered_on as varchar) as ordered_on, net_sales from order_line order by all',
  );
  expect(lines.map(Object.values)).toEqual([
    ['till', '2025-03-01', '5.0000'],
    ['till', '2025-03-01', '5.0000'],
    ['till', '2025-03-01', '7.0000'],
    ['till', '2025-03-08', '8.0000'],
    ['web', '2025-01-05', '12.0000'],
    ['web', '2025-01-06', '20.0000'],
    ['web', '2025-02-05', '30.0000'],
  ]);
  const [ann] = await home.ask("select first_name from customer where email = 'a@example.com'");
  expect(ann).toEqual({ first_name: 'Anna' });
});
