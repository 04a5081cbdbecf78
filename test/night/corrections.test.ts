import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Drop } from './home.ts';
import { makeTextHome } from './text-home.ts';

const header = 'order_id,line_id,ordered_at,customer_id,amount,updated_at\n';
const asOf = '2025-12-31';

/** Lines of the last night as `order/line amount`, after these drops were ingested one by one. */
async function linesAfter(drops: readonly Drop[], configuration: unknown = {}): Promise<string[]> {
  const home = await makeTextHome(configuration);
  for (const drop of drops) {
    await home.drop(drop);
    await home.ingest();
  }
  await home.night({ asOf });
  const rows = await home.ask('select order_id, net_sales from order_line order by 1, 2');
  return rows.map((row) => `${row.order_id} ${Number(row.net_sales)}`);
}

function till(amount: string) {
  const columns = { order_id: 'No', ordered_at: 'Date', amount };
  return { sources: { till: { orders: { columns } } } };
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) =>
    permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]),
  );
}

describe('a night after corrections', () => {
  test('takes the order with the later updated_at, in whatever order its files came', async () => {
    const files = [
      `${header}1,a,2025-01-05,C1,10,2025-01-06\n1,b,2025-01-05,C1,1,2025-01-06\n`,
      `${header}1,a,2025-01-05,C1,30,2025-01-08\n1,b,2025-01-05,C1,2,2025-01-05\n`,
      `${header}1,a,2025-01-05,C1,20,2025-01-07\n`,
    ].map((content, i) => ({ [`drop/orders/shop/${i}.csv`]: content }));
    for (const order of permutations(files)) {
      expect(await linesAfter(order)).toEqual(['1 2', '1 30']);
    }
    // of a source that delivers changed lines each line counts by itself
    const columns = Object.fromEntries(
      header
        .trim()
        .split(',')
        .map((name) => [name, name]),
    );
    const changed = { sources: { shop: { orders: { delivers: 'changed_lines', columns } } } };
    for (const order of permutations(files)) {
      expect(await linesAfter(order, changed)).toEqual(['1 1', '1 30']);
    }
  });

  test('takes the whole order as delivered last where lines have no number', async () => {
    const lines = (amounts: readonly number[]) =>
      `order_id,ordered_at,customer_id,amount\n${amounts.map((amount) => `1,2025-01-05,C1,${amount}\n`).join('')}`;
    const found = await linesAfter([
      { 'drop/orders/a.csv': lines([10, 20]) },
      { 'drop/orders/b.csv': lines([15]) },
    ]);
    expect(found).toEqual(['1 15']);
  });

  test('takes content A after A, then B, then A again under one key', async () => {
    const content = (amount: number) => ({
      'drop/orders/a.csv': `order_id,ordered_at,customer_id,amount\n1,2025-01-05,C1,${amount}\n`,
    });
    expect(await linesAfter([content(1), content(2), content(1)])).toEqual(['1 1']);
  });

  test('reads a file with the mapping that was used on it last, however often it changed', async () => {
    const home = await makeTextHome();
    await home.drop({ 'drop/orders/till/a.csv': 'No,Date,Gross,Net\n1,2025-01-05,12,10\n' });
    const found = [];
    for (const column of ['Gross', 'Net', 'Gross', 'Neither']) {
      await home.ingest(till(column));
      await home.night({ asOf });
      found.push(...(await home.ask('select net_sales from order_line')));
    }
    expect(found.map(({ net_sales }) => Number(net_sales))).toEqual([12, 10, 12, 12]);
  });

  test('places a content by its last delivery, whichever of them the new mapping was used on', async () => {
    const home = await makeTextHome();
    const first = 'No,Date,Gross,Net\n1,2025-01-05,12,10\n';
    await home.drop({
      'drop/orders/till/a.csv': first,
      'drop/orders/till/b.csv': 'No,Date,Gross,Net\n1,2025-01-05,24,20\n',
      'drop/orders/till/c.csv': first,
    });
    await home.ingest(till('Gross'));
    await rm(join(home.folder, 'drop/orders/till/c.csv'));
    await home.ingest(till('Net'));
    await home.night({ asOf });
    expect(await home.ask('select net_sales from order_line')).toEqual([{ net_sales: '10.0000' }]);
  });

  test('counts a line of overlapping exports without order numbers as often as one file has it', async () => {
    const sale = '2025-01-05,C1,5\n';
    const file = (count: number) => `ordered_at,customer_id,amount\n${sale.repeat(count)}`;
    const found = await linesAfter([
      { 'drop/orders/a.csv': file(2) },
      { 'drop/orders/b.csv': file(3) },
    ]);
    expect(found.map((line) => line.split(' ').at(-1))).toEqual(['5', '5', '5']);
  });

  test('forgets the rows that the last snapshot of a source has no more', async () => {
    const mapping = {
      delivers: 'snapshot',
      columns: { order_id: 'Order', ordered_at: 'Date', customer_id: 'Customer', amount: 'Total' },
    };
    const file = (orders: readonly number[]) =>
      `Order,Date,Customer,Total\n${orders.map((order) => `${order},2025-01-05,C1,${order}\n`).join('')}`;
    const found = await linesAfter(
      [
        { 'drop/orders/shop/monday.csv': file([1, 2, 3]) },
        { 'drop/orders/shop/tuesday.csv': file([1, 3]) },
      ],
      { sources: { shop: { orders: mapping } } },
    );
    expect(found).toEqual(['1 1', '3 3']);
  });
});
