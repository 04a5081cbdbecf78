import type { Row } from '../../ports/query-engine.ts';
import { medianWeeksToNextOrder, scoreCounts, scorerOf } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { championOfNight, tripleOf } from './champion-of-night.ts';

/** Scores every distinct triple by the champion: the rows of `model_score`; none without one. */
export async function modelScoreRows(night: Night): Promise<Row[]> {
  const champion = await championOfNight(night);
  if (champion === null) return [];
  const { groups, triples } = champion;
  const scores = scoreCounts(groups, {
    ...champion,
    monthsOfHorizon: [12, 24, 36],
    annualDiscountRate: night.config.discount_rate,
  });
  const scorer = scorerOf(champion.model, champion.parameters);
  const [orders12, orders24, orders36] = scores.expectedOrders;
  const [discounted12, discounted24, discounted36] = scores.discountedOrders;
  return triples.map((triple, i) => ({
    ...tripleOf(triple),
    p_alive: scores.probabilityAlive[i] ?? null,
    expected_orders_12m: orders12?.[i] ?? null,
    expected_orders_24m: orders24?.[i] ?? null,
    expected_orders_36m: orders36?.[i] ?? null,
    discounted_orders_12m: discounted12?.[i] ?? null,
    discounted_orders_24m: discounted24?.[i] ?? null,
    discounted_orders_36m: discounted36?.[i] ?? null,
    discounted_orders_residual: scores.discountedResidual?.[i] ?? null,
    days_to_next_order: daysOf(
      medianWeeksToNextOrder(scorer, {
        frequency: groups.frequency[i] as number,
        recency: groups.recency[i] as number,
        age: groups.age[i] as number,
      }),
    ),
  }));
}

/** Whole days; a part of a day is one more. */
function daysOf(weeks: number | null): number | null {
  return weeks === null ? null : Math.ceil(weeks * 7);
}
