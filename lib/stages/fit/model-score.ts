import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import type { CountModel } from '../../stats/fit.ts';
import { scoreCounts } from '../../stats/score.ts';
import type { Night } from '../stage.ts';
import { countGroups } from './count-groups.ts';

/** Scores every distinct triple by the champion: the rows of `model_score`; none without one. */
export async function modelScoreRows({ engine, parameters, config }: Night): Promise<Row[]> {
  const fitted = await engine.read(
    bind(
      `select model, parameter, estimate from model_fit
       where snapshot_on = :as_of and run_id = :run_id and is_champion`,
      parameters,
    ),
  );
  const model = fitted[0]?.model;
  if (model === undefined) return [];
  const triples = await engine.read(
    bind(
      `select frequency, recency_days, age_days, count_customers from purchase_count
       where snapshot_on = :as_of and run_id = :run_id
       order by frequency, recency_days, age_days`,
      parameters,
    ),
  );
  const scores = scoreCounts(countGroups(triples), {
    model: model as CountModel,
    parameters: Object.fromEntries(
      fitted.map(({ parameter, estimate }) => [String(parameter), Number(estimate)]),
    ),
    monthsOfHorizon: [12, 24, 36],
    annualDiscountRate: config.discount_rate,
  });
  const [orders12, orders24, orders36] = scores.expectedOrders;
  const [discounted12, discounted24, discounted36] = scores.discountedOrders;
  return triples.map(({ frequency, recency_days, age_days }, i) => ({
    frequency: frequency ?? null,
    recency_days: recency_days ?? null,
    age_days: age_days ?? null,
    p_alive: scores.probabilityAlive[i] ?? null,
    expected_orders_12m: orders12?.[i] ?? null,
    expected_orders_24m: orders24?.[i] ?? null,
    expected_orders_36m: orders36?.[i] ?? null,
    discounted_orders_12m: discounted12?.[i] ?? null,
    discounted_orders_24m: discounted24?.[i] ?? null,
    discounted_orders_36m: discounted36?.[i] ?? null,
  }));
}
