import type { CountGroups, HistoryFacts } from '../../stats/face.ts';

const DAYS_PER_WEEK = 7;

/** What the data gate looks at, of counts in weeks. A history without customers is 0 days old. */
export function historyFacts(groups: CountGroups): HistoryFacts {
  let customers = 0;
  let customersWithThree = 0;
  let historyWeeks = 0;
  let silentWeeks = groups.count.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < groups.count.length; i++) {
    const [count, age] = [groups.count[i] as number, groups.age[i] as number];
    customers += count;
    if ((groups.frequency[i] as number) >= 2) customersWithThree += count;
    historyWeeks = Math.max(historyWeeks, age);
    silentWeeks = Math.min(silentWeeks, age - (groups.recency[i] as number));
  }
  return {
    countCustomersWithOrder: customers,
    historyDays: Math.round(historyWeeks * DAYS_PER_WEEK),
    daysSinceLastOrder: Math.round(silentWeeks * DAYS_PER_WEEK),
    countCustomersWithThreeOrders: customersWithThree,
  };
}
