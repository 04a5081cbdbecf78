import { createReadStream, readFileSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../shared-data.ts';
import { makeHome } from './home.ts';

const path = sharedData('online-retail/online_retail.csv.gz');
const example = new URL('../../examples/online-retail/clientele.config.json', import.meta.url);

interface Month {
  /** Thousandths of a pound: prices have three decimals at most. */
  netSales: number;
  anonymousSales: number;
  readonly orders: Set<string>;
  readonly customers: Set<string>;
}

const fees = ['AMAZONFEE', 'BANK CHARGES', 'CRUK'];
const postage = ['POST', 'DOT', 'C2'];

function reasonToIgnore(record: Readonly<Record<string, string>>): string | null {
  const { InvoiceNo = '', StockCode = '', UnitPrice, CustomerID } = record;
  if (InvoiceNo.startsWith('A')) return 'adjustments of bad debt, no sale';
  if (postage.includes(StockCode)) return 'postage and carriage, no goods';
  if (fees.includes(StockCode)) return 'fees and commissions, no sale to a customer';
  if (StockCode === 'S') return 'samples, no sale';
  if (Number(UnitPrice) === 0 && CustomerID === '') {
    return 'stock movements without price and customer';
  }
  return null;
}

/** Plain loops over the file, by a CSV library and numbers that have nothing of the product. */
async function countedByHand(file: string) {
  const ignored: Record<string, number> = {};
  const months = new Map<string, Month>();
  const firstTimes = new Map<string, string>();
  const sales: { invoice: string; customer: string }[] = [];
  let records = 0;
  const lines = createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const record of lines as AsyncIterable<Record<string, string>>) {
    records += 1;
    const reason = reasonToIgnore(record);
    if (reason !== null) {
      ignored[reason] = (ignored[reason] ?? 0) + 1;
      continue;
    }
    const { InvoiceNo = '', InvoiceDate = '', CustomerID = '', Quantity, UnitPrice } = record;
    const key = InvoiceDate.slice(0, 7);
    const month = months.get(key) ?? {
      netSales: 0,
      anonymousSales: 0,
      orders: new Set(),
      customers: new Set(),
    };
    months.set(key, month);
    const amount = Number(Quantity) * Math.round(Number(UnitPrice) * 1000);
    month.netSales += amount;
    if (CustomerID === '') month.anonymousSales += amount;
    const first = firstTimes.get(InvoiceNo);
    if (first === undefined || InvoiceDate < first) firstTimes.set(InvoiceNo, InvoiceDate);
    if (Number(Quantity) > 0) sales.push({ invoice: InvoiceNo, customer: CustomerID });
  }
  for (const { invoice, customer } of sales) {
    const month = months.get((firstTimes.get(invoice) as string).slice(0, 7)) as Month;
    month.orders.add(invoice);
    if (customer !== '') month.customers.add(customer);
  }
  return { records, ignored, months };
}

describe.skipIf(path === null)('Online Retail, dropped as it is', () => {
  test('loads every record or says why not, and its months equal plain loops over the file', async () => {
    const file = path as string;
    const home = await makeHome(JSON.parse(readFileSync(example, 'utf8')));
    await home.drop({ 'drop/orders/online_retail.csv.gz': readFileSync(file) });
    const [load] = await home.ingest();
    const byHand = await countedByHand(file);
    const ignored = Object.values(byHand.ignored).reduce((sum, count) => sum + count, 0);
    expect(load).toMatchObject({
      status: 'loaded',
      source: 'online-retail',
      preset: null,
      recordsIn: 541_909,
      accepted: 541_909 - ignored,
      quarantined: 0,
      ignoredByReason: byHand.ignored,
    });
    expect(byHand.records).toBe(541_909);

    await home.night({ asOf: '2011-12-09' });
    const months = await home.ask(
      `select substr(cast(period_start_on as varchar), 1, 7) as month, net_sales, orders, customers
       from kpi_snapshot where period = 'month' and dimension = 'total' order by 1`,
    );
    expect(months).toEqual(
      [...byHand.months].map(([month, { netSales, orders, customers }]) => ({
        month,
        net_sales: (netSales / 1000).toFixed(4),
        orders: orders.size,
        customers: customers.size,
      })),
    );
    const anonymous = await home.ask(
      'select sum(net_sales) as net_sales from order_line where customer_key is null and not is_cancelled',
    );
    const byHandAnonymous = [...byHand.months.values()].reduce(
      (sum, m) => sum + m.anonymousSales,
      0,
    );
    expect(Number(anonymous[0]?.net_sales)).toBeCloseTo(byHandAnonymous / 1000, 4);
  });
});
