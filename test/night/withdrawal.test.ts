import { expect, test } from 'vitest';
import { freeze } from '../../lib/stages/freeze/stage.ts';
import { movePointer, showPublished } from '../../lib/stages/publish/pointer.ts';
import type { Night, Stage } from '../../lib/stages/stage.ts';
import { makeHome, type TestHome } from './home.ts';

const publish: Stage = {
  name: 'publish',
  steps: [
    {
      kind: 'compute',
      name: 'pointer',
      reads: [],
      writes: null,
      compute: async ({ store, engine, run, pointer, sealed }: Night) => {
        await movePointer(store, run, { from: pointer, tables: [...sealed.values()] });
        await showPublished(store, engine);
        return [];
      },
    },
  ],
};

/** What the next night, frozen and published, reads and what it leaves out: `file standing`. */
async function nightOf(home: TestHome, configuration?: unknown): Promise<string[]> {
  await home.night({ asOf: '2025-01-31', stages: [freeze, publish] }, configuration);
  const rows = await home.ask(
    `select c.object_key, c.standing, count(i.load_id) as parts
     from delivered_content c left join run_input i on i.load_id = c.load_id and i.kind = 'part'
     where c.standing <> 'replaced' group by c.object_key, c.standing, c.modified_at order by c.object_key, c.modified_at`,
  );
  for (const { standing, parts } of rows) expect(parts).toBe(standing === 'read' ? 1 : 0);
  return rows.map(({ object_key, standing }) => `${String(object_key).slice(5)} ${standing}`);
}

const orders = (name: string) => `ordered_at,order_id,amount\n2025-01-05,${name},10\n`;

test('a content that is withdrawn is out with all its loads, others of its key are not, and a later delivery brings it back', async () => {
  const mapped = (amount: string) => ({
    sources: { till: { orders: { columns: { ordered_at: 'Date', amount } } } },
  });
  const home = await makeHome(mapped('Gross'));
  const till = 'Date,Gross,Net\n2025-01-05,12,10\n';
  await home.drop({ 'drop/orders/a.csv': orders('a'), 'drop/orders/till/t.csv': till });
  await home.ingest();
  await home.drop({ 'drop/orders/a.csv': orders('b') });
  await home.ingest();
  await home.withdraw('drop/orders/a.csv');
  expect(await nightOf(home)).toEqual([
    'orders/a.csv read',
    'orders/a.csv withdrawn',
    'orders/till/t.csv read',
  ]);

  await home.withdraw('drop/orders/a.csv', { isUndone: true });
  await home.withdraw('drop/orders/till/t.csv');
  // Read in another way it is the same content.
  await home.ingest(mapped('Net'));
  expect(await nightOf(home, mapped('Net'))).toEqual([
    'orders/a.csv read',
    'orders/a.csv read',
    'orders/till/t.csv withdrawn',
  ]);

  await home.drop({ 'drop/orders/till/again.csv': till });
  await home.ingest();
  expect(await nightOf(home)).toContain('orders/till/again.csv read');
  await expect(home.withdraw('drop/orders/none.csv')).rejects.toThrow(
    /^Cannot withdraw drop\/orders\/none.csv: .* found none of that name/,
  );
});

test('a snapshot with less than half of the rows of the one before is held back until it is confirmed', async () => {
  const columns = { customer_id: 'Id' };
  const home = await makeHome({
    sources: { crm: { customers: { columns, delivers: 'snapshot' } } },
  });
  const customers = (count: number) =>
    `Id\n${Array.from({ length: count }, (_, i) => `k${count}-${i}\n`).join('')}`;
  const drop = async (name: string, count: number) => {
    await home.drop({ [`drop/customers/crm/${name}.csv`]: customers(count) });
    await home.ingest();
  };
  await drop('1', 10);
  await drop('2', 0);
  // Before any night was published, and after.
  for (let night = 0; night < 2; night += 1) {
    expect(await nightOf(home)).toEqual(['customers/crm/1.csv read', 'customers/crm/2.csv held']);
  }
  await drop('3', 4);
  expect(await nightOf(home)).toEqual([
    'customers/crm/1.csv read',
    'customers/crm/2.csv held',
    'customers/crm/3.csv held',
  ]);
  await drop('4', 5);
  expect(await nightOf(home)).toEqual(['customers/crm/4.csv read']);
  await drop('5', 2);
  await home.withdraw('drop/customers/crm/5.csv', { isUndone: true });
  expect(await nightOf(home)).toEqual(['customers/crm/5.csv read']);
  // A mistake that was large is withdrawn: what is left is not measured against it.
  await drop('6', 50);
  expect(await nightOf(home)).toEqual(['customers/crm/6.csv read']);
  await home.withdraw('drop/customers/crm/6.csv');
  expect(await nightOf(home)).toContain('customers/crm/5.csv read');
});
