import { chunksOf, groupsOfNight, tripleOf } from '../../forecast/count-groups.ts';
import { MONTHS_OF_HORIZONS } from '../../forecast/horizons.ts';
import { type StackOfNight, stackOfNight } from '../../forecast/stack-of-night.ts';
import type { Row } from '../../ports/query-engine.ts';
import { type CountGroups, medianWeeksToNextOrder, scoreCounts } from '../../stats/face.ts';
import type { Night } from '../stage.ts';

/** Triples whose figures are held at a time. */
const TRIPLES_AT_ONCE = 250_000;

/** Scores every distinct triple by the stack: the rows of `model_score`; none without one. */
export async function modelScoreRows(night: Night): Promise<Iterable<Row>> {
  const stack = await stackOfNight(night);
  if (stack.members.length === 0) return [];
  return rowsOf(await groupsOfNight(night), { stack, rate: night.config.discount_rate });
}

function* rowsOf(
  all: CountGroups,
  { stack, rate }: { readonly stack: StackOfNight; readonly rate: number },
): Generator<Row> {
  for (const groups of chunksOf(all, TRIPLES_AT_ONCE)) {
    const scores = scoreCounts(groups, {
      mixture: stack.members,
      monthsOfHorizon: MONTHS_OF_HORIZONS,
      annualDiscountRate: rate,
    });
    const [orders12, orders24, orders36] = scores.expectedOrders;
    const [discounted12, discounted24, discounted36] = scores.discountedOrders;
    for (let i = 0; i < groups.count.length; i++) {
      yield {
        ...tripleOf(groups, i),
        p_alive: scores.probabilityAlive[i] ?? null,
        expected_orders_12m: orders12?.[i] ?? null,
        expected_orders_24m: orders24?.[i] ?? null,
        expected_orders_36m: orders36?.[i] ?? null,
        discounted_orders_12m: discounted12?.[i] ?? null,
        discounted_orders_24m: discounted24?.[i] ?? null,
        discounted_orders_36m: discounted36?.[i] ?? null,
        discounted_orders_residual: scores.discountedResidual?.[i] ?? null,
        days_to_next_order: daysOf(
          medianWeeksToNextOrder(stack.members, {
            frequency: groups.frequency[i] as number,
            recency: groups.recency[i] as number,
            age: groups.age[i] as number,
          }),
        ),
      };
    }
  }
}

/** Whole days; a part of a day is one more. */
function daysOf(weeks: number | null): number | null {
  return weeks === null ? null : Math.ceil(weeks * 7);
}
