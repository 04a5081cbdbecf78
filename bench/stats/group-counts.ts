import type { CountGroups } from '../../lib/stats/models/counts.ts';
import { prepareCounts } from '../../lib/stats/models/prepared-counts.ts';

/** The customers, one a row, counted by distinct (x, t_x, T): what the engine hands over. */
export function groupCounts(customers: CountGroups): CountGroups {
  return prepareCounts(customers).groups;
}
