import { readFileSync } from 'node:fs';
import type { IntervalCounts } from '../../lib/stats/models/cnbd-k.ts';
import type { CountGroups, SpendGroups } from '../../lib/stats/models/counts.ts';
import { sharedData } from '../shared-data.ts';

const summaryPath = sharedData('cdnow/summary.csv');
const transactionsPath = sharedData('cdnow/transactions.csv');

/** True where the CDNOW sample stands beside the project. */
export const hasCdnow = summaryPath !== null && transactionsPath !== null;

export interface CdnowCustomer {
  readonly id: number;
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
  readonly meanSpend: number;
}

function rowsOf(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** The 2,357 customers at 1997-09-30 as published, weeks rounded to two places. */
export function cdnowSummary(): CdnowCustomer[] {
  return rowsOf(summaryPath!).map(([id, x, recency, age, spend]) => ({
    id: Number(id),
    frequency: Number(x),
    recency: Number(recency),
    age: Number(age),
    meanSpend: Number(spend),
  }));
}

const DAY = 86_400_000;

export interface CdnowTransactionsOfCustomer extends CdnowCustomer {
  /** Occasions and money after the cut. */
  readonly holdoutOrders: number;
  readonly holdoutSpend: number;
  /** Weeks between successive occasions up to the cut. */
  readonly intervals: readonly number[];
  /** Mean value of all occasions up to the cut. */
  readonly averageSpend: number;
  /** All occasions, in days since the cut. */
  readonly days: readonly number[];
}

/** The same customers from their transactions: exact weeks (days ÷ 7), and what came after. */
export function cdnowFromTransactions(): CdnowTransactionsOfCustomer[] {
  const cut = Date.UTC(1997, 8, 30);
  const spendOfDay = new Map<string, Map<number, number>>();
  for (const [, id, date, , amount] of rowsOf(transactionsPath!)) {
    const days = spendOfDay.get(id!) ?? new Map<number, number>();
    spendOfDay.set(id!, days);
    const day = Date.parse(`${date}T00:00:00Z`);
    days.set(day, (days.get(day) ?? 0) + Number(amount));
  }
  return [...spendOfDay].map(([id, spend]) => {
    const days = [...spend.keys()].sort((left, right) => left - right);
    const first = days[0]!;
    const calibration = days.filter((day) => day <= cut);
    const holdout = days.filter((day) => day > cut);
    const repeats = calibration.slice(1);
    const sum = (list: number[]) => list.reduce((total, day) => total + spend.get(day)!, 0);
    return {
      id: Number(id),
      frequency: repeats.length,
      recency: (calibration.at(-1)! - first) / DAY / 7,
      age: (cut - first) / DAY / 7,
      meanSpend: repeats.length === 0 ? 0 : sum(repeats) / repeats.length,
      holdoutOrders: holdout.length,
      holdoutSpend: sum(holdout),
      intervals: repeats.map((day, i) => (day - calibration[i]!) / DAY / 7),
      averageSpend: sum(calibration) / calibration.length,
      days: days.map((day) => (day - cut) / DAY),
    };
  });
}

/** One group a customer: prepareCounts merges the equal ones. */
export function countsOf(customers: readonly CdnowCustomer[]): CountGroups {
  return {
    frequency: Float64Array.from(customers, (c) => c.frequency),
    recency: Float64Array.from(customers, (c) => c.recency),
    age: Float64Array.from(customers, (c) => c.age),
    count: new Float64Array(customers.length).fill(1),
  };
}

export function spendOf(customers: readonly CdnowCustomer[]): SpendGroups {
  const buyers = customers.filter((c) => c.frequency > 0 && c.meanSpend > 0);
  return {
    frequency: Float64Array.from(buyers, (c) => c.frequency),
    meanSpend: Float64Array.from(buyers, (c) => c.meanSpend),
    count: new Float64Array(buyers.length).fill(1),
  };
}

export function intervalsOf(customers: readonly CdnowTransactionsOfCustomer[]): IntervalCounts {
  const weeks = Float64Array.from(customers.flatMap((c) => c.intervals));
  return { weeks, count: new Float64Array(weeks.length).fill(1) };
}
