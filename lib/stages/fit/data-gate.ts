import type { CountGroups } from '../../stats/counts.ts';

const DAYS_PER_WEEK = 7;

/**
 * Why a history is too thin for any purchase model, in plain words; null when it is enough.
 * Groups are in weeks. The bounds are those of docs/models.md: 500 customers with an order, 180 days
 * of history (three times the shortest horizon that can be back-tested), an order in the last
 * 30 days, and customers with three or more occasions.
 */
export function dataGate(groups: CountGroups): string | null {
  let customers = 0;
  let customersWithThree = 0;
  let historyWeeks = 0;
  let silentWeeks = Number.POSITIVE_INFINITY;
  for (let i = 0; i < groups.count.length; i++) {
    const [count, age] = [groups.count[i] as number, groups.age[i] as number];
    customers += count;
    if ((groups.frequency[i] as number) >= 2) customersWithThree += count;
    historyWeeks = Math.max(historyWeeks, age);
    silentWeeks = Math.min(silentWeeks, age - (groups.recency[i] as number));
  }
  if (customers < 500) return `500 customers with an order are needed: found ${customers}`;
  if (historyWeeks * DAYS_PER_WEEK < 180) {
    return `180 days of history are needed: found ${Math.round(historyWeeks * DAYS_PER_WEEK)}`;
  }
  if (silentWeeks * DAYS_PER_WEEK > 30) {
    return `an order in the last 30 days is needed: the last was ${Math.round(silentWeeks * DAYS_PER_WEEK)} days before`;
  }
  if (customersWithThree === 0) return 'customers with three or more orders are needed: found none';
  return null;
}
