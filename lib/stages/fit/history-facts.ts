import { bind } from '../../sql/bind.ts';
import type { CountGroups, HistoryFacts } from '../../stats/face.ts';
import type { Night } from '../stage.ts';

const DAYS_PER_WEEK = 7;

/** Days from where the history begins to the as-of date; 0 without one. */
export async function historyDaysOf({ engine, parameters }: Night): Promise<number> {
  const [history] = await engine.read(
    bind(
      `select date_diff('day', history_from_on, :as_of) as history_days from history
       where snapshot_on = :as_of and run_id = :run_id`,
      parameters,
    ),
  );
  return Number(history?.history_days ?? 0);
}

/** Without the customers of stray orders before the history begins. */
export function withinHistory(groups: CountGroups, historyDays: number): CountGroups {
  const { frequency, recency, age, count } = groups;
  const longest = historyDays / DAYS_PER_WEEK;
  if (age.every((weeks) => weeks <= longest)) return groups;
  const keep = (column: Float64Array) => column.filter((_, i) => (age[i] as number) <= longest);
  return {
    frequency: keep(frequency),
    recency: keep(recency),
    age: keep(age),
    count: keep(count),
  };
}

/** What the data gate looks at, of counts in weeks. */
export function historyFacts(groups: CountGroups, historyDays: number): HistoryFacts {
  let customers = 0;
  let customersWithThree = 0;
  let silentWeeks = groups.count.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < groups.count.length; i++) {
    const [count, age] = [groups.count[i] as number, groups.age[i] as number];
    customers += count;
    if ((groups.frequency[i] as number) >= 2) customersWithThree += count;
    silentWeeks = Math.min(silentWeeks, age - (groups.recency[i] as number));
  }
  return {
    countCustomersWithOrder: customers,
    historyDays,
    daysSinceLastOrder: Math.round(silentWeeks * DAYS_PER_WEEK),
    countCustomersWithThreeOrders: customersWithThree,
  };
}
