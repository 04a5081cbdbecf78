import { sharedData } from '../../test/shared-data.ts';
import { type DailySpend, dayOf, readDailySpend } from './daily-spend.ts';

/** A set of real customers, with the cut that is usual for it. */
export interface RealSet {
  readonly name: string;
  readonly spend: DailySpend;
  /** First and last day of the data, the usual cut, days since 1970. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly usualCut: number;
  readonly usualDays: number;
  /** Best RMSE of orders that a peer reaches on the usual split. */
  readonly bestOfPeers: number;
  readonly hasMoney: boolean;
}

/** The four sets that stand beside the project; those that are not there are left out. */
export async function realSets(): Promise<RealSet[]> {
  const amount = {
    customer: 'customer_id',
    date: 'date',
    valueOf: (row: Readonly<Record<string, string>>) => Number(row.amount),
    isSale: (row: Readonly<Record<string, string>>) => Number(row.quantity ?? 1) > 0,
  };
  const sets = [
    {
      name: 'CDNOW',
      path: 'cdnow/transactions.csv',
      columns: amount,
      cut: '1997-09-30',
      usualDays: 273,
      bestOfPeers: 1.603,
      hasMoney: true,
    },
    {
      name: 'Online Retail',
      path: 'online-retail/online_retail.csv.gz',
      columns: {
        customer: 'CustomerID',
        date: 'InvoiceDate',
        valueOf: (row: Readonly<Record<string, string>>) =>
          Number(row.Quantity) * Number(row.UnitPrice),
        isSale: (row: Readonly<Record<string, string>>) =>
          Number(row.Quantity) > 0 && !row.InvoiceNo!.startsWith('C'),
      },
      cut: '2011-06-30',
      usualDays: 162,
      bestOfPeers: 2.215,
      hasMoney: true,
    },
    {
      name: 'foundations',
      path: 'foundations/transactions.csv',
      columns: amount,
      cut: '2014-12-31',
      usualDays: 365,
      bestOfPeers: 0.448,
      hasMoney: true,
    },
    {
      name: 'grocery',
      path: 'grocery/transactions.csv',
      columns: amount,
      cut: '2006-12-31',
      usualDays: 364,
      bestOfPeers: 3.098,
      hasMoney: false,
    },
  ];
  const found: RealSet[] = [];
  for (const { name, path, columns, cut, usualDays, bestOfPeers, hasMoney } of sets) {
    const file = sharedData(path);
    if (file === null) continue;
    const spend = await readDailySpend(file, columns);
    let firstDay = Number.POSITIVE_INFINITY;
    let lastDay = Number.NEGATIVE_INFINITY;
    for (const days of spend.values()) {
      firstDay = Math.min(firstDay, days[0]![0]);
      lastDay = Math.max(lastDay, days.at(-1)![0]);
    }
    found.push({
      name,
      spend,
      firstDay,
      lastDay,
      usualCut: dayOf(cut),
      usualDays,
      bestOfPeers,
      hasMoney,
    });
  }
  return found;
}
