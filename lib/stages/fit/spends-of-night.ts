import { bind } from '../../sql/bind.ts';
import type { SpendGroups } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { spendGroups } from './count-groups.ts';

/** What customers who came back spent, as the night counted it: the rows of `spend_count`. */
export async function spendsOfNight({ engine, parameters }: Night): Promise<SpendGroups> {
  return spendGroups(
    await engine.read(
      bind(
        `select frequency, repeat_occasion_value, count_customers from spend_count
         where snapshot_on = :as_of and run_id = :run_id
         order by frequency, repeat_occasion_value`,
        parameters,
      ),
    ),
  );
}
