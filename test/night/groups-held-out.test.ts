import { createReadStream, readFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../lib/config.ts';
import { sharedData } from '../shared-data.ts';
import { makeHome } from './home.ts';

/*
 * Groups of a night in the past, judged by what their members did afterwards, which is counted by
 * plain loops over the same file.
 */

type Record = Readonly<{ [column: string]: string }>;

interface Purchase {
  readonly customer: string;
  readonly day: string;
  readonly amount: number;
}

interface Shop {
  readonly file: string | null;
  readonly example: string;
  readonly read: (record: Record) => Purchase;
}

const cdnow: Shop = {
  file: sharedData('cdnow/transactions.csv'),
  example: 'cdnow',
  read: ({ customer_id = '', date = '', amount }) => ({
    customer: customer_id,
    day: date,
    amount: Number(amount),
  }),
};
const onlineRetail: Shop = {
  file: sharedData('online-retail/online_retail.csv.gz'),
  example: 'online-retail',
  read: ({ CustomerID = '', InvoiceDate = '', Quantity, UnitPrice, StockCode = '' }) => ({
    customer: ['POST', 'DOT', 'C2', 'S'].includes(StockCode) ? '' : CustomerID,
    day: InvoiceDate.slice(0, 10),
    amount: Number(Quantity) * Number(UnitPrice),
  }),
};

/** Purchases after a day: whether each customer bought, and for how much. */
async function after({ file, read }: Shop, day: string) {
  const bought = new Set<string>();
  const sales = new Map<string, number>();
  const stream = createReadStream(file as string);
  const text = String(file).endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  for await (const record of text.pipe(parse({ columns: true })) as AsyncIterable<Record>) {
    const one = read(record);
    if (one.day <= day || one.customer === '') continue;
    if (one.amount >= 0) bought.add(one.customer);
    sales.set(one.customer, (sales.get(one.customer) ?? 0) + one.amount);
  }
  return { bought, sales };
}

async function homeOf({ file, example }: Shop, asOf: string) {
  const folder = new URL(`../../examples/${example}/clientele.config.json`, import.meta.url);
  const home = await makeHome(loadConfig(readFileSync(folder, 'utf8'), 'the example'));
  const name = String(file).endsWith('.gz') ? 'orders.csv.gz' : 'orders.csv';
  await home.drop({ [`drop/orders/${name}`]: readFileSync(file as string) });
  await home.ingest();
  await home.night({ asOf });
  return home;
}

/** Groups from the first to the last place, with what their members did after the as-of date. */
async function groupsOf(shop: Shop, asOf: string) {
  const home = await homeOf(shop, asOf);
  const { bought, sales } = await after(shop, asOf);
  const rows = await home.ask(`
    select p.place, p.action, i.value as id, v.p_alive
    from segment_member m
    join segment_profile p on p.scheme = m.scheme and p.segment = m.segment
    join customer_identifier i on i.customer_key = m.customer_key
    join customer_value v on v.customer_key = m.customer_key
    where m.scheme = 'rfm'`);
  return [...Map.groupBy(rows, ({ place }) => Number(place))]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => {
      const sum = (of: (id: string, p: number) => number) =>
        members.reduce((all, { id, p_alive }) => all + of(String(id), Number(p_alive)), 0);
      return {
        action: String(members[0]?.action),
        size: members.length,
        meanAlive: sum((_, p) => p) / members.length,
        shareBuying: sum((id) => (bought.has(id) ? 1 : 0)) / members.length,
        salesEach: sum((id) => sales.get(id) ?? 0) / members.length,
      };
    });
}

const isLeftAlone = ({ action }: { action: string }) =>
  ['wait_without_spending', 'last_attempt_only'].includes(action);

/** Neighbours of 100 members or more of which the later one bought for more a head. */
function inversions(groups: Awaited<ReturnType<typeof groupsOf>>): number {
  const large = groups.filter(({ size }) => size >= 100);
  return large.filter((group, i) => group.salesEach > (large[i - 1]?.salesEach ?? Infinity)).length;
}

describe.skipIf(cdnow.file === null)('CDNOW', () => {
  test('as of 1997-09-30 those who are left alone are many, and few of them buy again', async () => {
    const groups = await groupsOf(cdnow, '1997-09-30');
    expect(inversions(groups)).toBeLessThanOrEqual(1);
    const alone = groups.filter(isLeftAlone);
    const customers = alone.reduce((sum, { size }) => sum + size, 0);
    expect(customers / 2357).toBeGreaterThanOrEqual(0.25);
    const buying = alone.reduce((sum, { size, shareBuying }) => sum + size * shareBuying, 0);
    expect(buying / customers).toBeLessThanOrEqual(0.15);
    for (const { meanAlive, size } of alone) {
      if (size >= 100) expect(meanAlive).toBeLessThanOrEqual(0.5);
    }
  });

  test('as of 1997-03-31 a quarter of history tells nothing of 12 months', async () => {
    const home = await homeOf(cdnow, '1997-03-31');
    const rows = await home.ask(
      'select count(*) as all_of_them, count(predicted_clv_12m) as told, count(expected_orders_12m) as orders from customer_value',
    );
    expect(rows).toEqual([{ all_of_them: 2357, told: 0, orders: 0 }]);
  });
});

describe.skipIf(onlineRetail.file === null)('Online Retail as of 2011-06-30', () => {
  test('no group of 100 or more is left alone of which half are alive or a quarter buys again', async () => {
    const groups = await groupsOf(onlineRetail, '2011-06-30');
    expect(inversions(groups)).toBeLessThanOrEqual(1);
    expect(groups.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(2900);
    for (const { size, meanAlive, shareBuying } of groups.filter(isLeftAlone)) {
      if (size < 100) continue;
      expect(meanAlive).toBeLessThanOrEqual(0.5);
      expect(shareBuying).toBeLessThanOrEqual(0.25);
    }
  });
});
