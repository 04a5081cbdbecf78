import { bind } from '../sql/bind.ts';
import type { Night } from '../stages/stage.ts';
import type { SpendGroups } from '../stats/face.ts';
import { readColumns } from './read-columns.ts';

/** What customers who came back spent, as the night counted it: the rows of `spend_count`. */
export async function spendsOfNight({ engine, parameters }: Night): Promise<SpendGroups> {
  const columns = await readColumns(engine, {
    select: bind(
      `select frequency, mean_value, count_customers from spend_count
       where snapshot_on = :as_of and run_id = :run_id
       order by frequency, spend_bin`,
      parameters,
    ),
    names: ['frequency', 'mean_value', 'count_customers'],
  });
  return {
    frequency: columns.frequency,
    meanSpend: columns.mean_value,
    count: columns.count_customers,
  };
}
