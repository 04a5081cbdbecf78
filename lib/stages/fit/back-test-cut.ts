import type { Row } from '../../ports/query-engine.ts';
import { planBackTest } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { dayAfter } from './day-after.ts';
import { historyDaysOf } from './history-facts.ts';

/** Where to cut the history (docs/models.md, "Cuts"): the rows of `back_test_cut`. */
export async function backTestCutRows(night: Night): Promise<Row[]> {
  const plan = planBackTest(await historyDaysOf(night));
  if (plan === null) return [];
  return plan.cutsDaysAgo.map((days) => ({
    cut_on: dayAfter(night.run.snapshotOn, -days),
    horizon_days: plan.horizonDays,
  }));
}
