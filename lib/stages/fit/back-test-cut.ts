import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { planBackTest } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { dayAfter } from './day-after.ts';

/** Where to cut the history (docs/models.md, "Cuts"): the rows of `back_test_cut`. */
export async function backTestCutRows({ engine, parameters, run }: Night): Promise<Row[]> {
  const [oldest] = await engine.read(
    bind(
      `select max(age_days) as history_days from customer_features
       where snapshot_on = :as_of and run_id = :run_id`,
      parameters,
    ),
  );
  const plan = planBackTest(Number(oldest?.history_days ?? 0));
  if (plan === null) return [];
  return plan.cutsDaysAgo.map((days) => ({
    cut_on: dayAfter(run.snapshotOn, -days),
    horizon_days: plan.horizonDays,
  }));
}
