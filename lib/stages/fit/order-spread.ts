import { chunksOf, groupsOfNight, tripleOf } from '../../forecast/count-groups.ts';
import { FEWEST_DRAWS } from '../../forecast/draws.ts';
import { MONTHS_OF_HORIZONS } from '../../forecast/horizons.ts';
import { orderDraws } from '../../forecast/order-draws.ts';
import { type StackOfNight, stackOfNight } from '../../forecast/stack-of-night.ts';
import type { Row } from '../../ports/query-engine.ts';
import {
  aliveMapOf,
  type CountGroups,
  orderQuantile,
  quantileGivenSome,
  scorerOf,
  scoreSpread,
  WEEKS_OF_MONTH,
  withAliveMap,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';

/** Triples whose figures are held at a time. */
const TRIPLES_AT_ONCE = 250_000;

/** How far the orders of each triple may lie apart: the rows of `order_spread`. */
export async function orderSpreadRows(night: Night): Promise<Iterable<Row>> {
  const stack = await stackOfNight(night);
  if (stack.members.length === 0) return [];
  const groups = await groupsOfNight(night);
  return rowsOf(groups, mixtureOfDraws(stack, groups));
}

/** Every model with draws of its parameters, the more of them the greater its weight. */
function mixtureOfDraws({ members, aliveSlope }: StackOfNight, groups: CountGroups) {
  const map = aliveSlope === null ? null : aliveMapOf(aliveSlope);
  return members.flatMap((member) => {
    const all = orderDraws(member, groups);
    const wanted = Math.max(FEWEST_DRAWS, Math.round(member.orders * all.length));
    // draws are equally likely and in the order of a systematic sample: every k-th is one of fewer
    const step = Math.max(1, Math.floor(all.length / wanted));
    const draws = all.filter((_, i) => i % step === 0);
    return draws.map((parameters) => ({
      scorer: withAliveMap(scorerOf(member.model, parameters), map),
      orders: member.orders / draws.length,
    }));
  });
}

function* rowsOf(all: CountGroups, mixture: ReturnType<typeof mixtureOfDraws>): Generator<Row> {
  for (const groups of chunksOf(all, TRIPLES_AT_ONCE)) {
    const spreads = scoreSpread(groups, {
      mixture,
      weeksOfHorizons: MONTHS_OF_HORIZONS.map((months) => months * WEEKS_OF_MONTH),
    });
    for (let i = 0; i < groups.count.length; i++) {
      const triple = tripleOf(groups, i);
      for (const [horizon, months] of MONTHS_OF_HORIZONS.entries()) {
        const spread = spreads[horizon] as (typeof spreads)[number];
        const orders = {
          probabilitySome: spread.probabilitySome[i] ?? 0,
          mean: spread.mean[i] ?? 0,
          meanSquare: spread.meanSquare[i] ?? 0,
        };
        yield {
          ...triple,
          horizon_months: months,
          p_some: orders.probabilitySome,
          mean_orders: orders.mean,
          mean_square: orders.meanSquare,
          orders_p10: orderQuantile(orders, 0.1),
          orders_p90: orderQuantile(orders, 0.9),
          z_p10: quantileGivenSome(0.1, orders.probabilitySome),
          z_p90: quantileGivenSome(0.9, orders.probabilitySome),
        };
      }
    }
  }
}
