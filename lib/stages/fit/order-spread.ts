import type { Row } from '../../ports/query-engine.ts';
import { orderQuantile, quantileGivenSome, scoreSpread, WEEKS_OF_MONTH } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { championOfNight, tripleOf } from './champion-of-night.ts';
import { MONTHS_OF_HORIZONS } from './horizons.ts';
import { orderDraws } from './order-draws.ts';

/** How far the orders of each triple may lie apart: the rows of `order_spread`. */
export async function orderSpreadRows(night: Night): Promise<Row[]> {
  const champion = await championOfNight(night);
  if (champion === null) return [];
  const { groups, model, triples } = champion;
  const spreads = scoreSpread(groups, {
    model,
    draws: orderDraws(champion),
    weeksOfHorizons: MONTHS_OF_HORIZONS.map((months) => months * WEEKS_OF_MONTH),
  });
  return MONTHS_OF_HORIZONS.flatMap((months, horizon) => {
    const spread = spreads[horizon] as (typeof spreads)[number];
    return triples.map((triple, i) => {
      const orders = {
        probabilitySome: spread.probabilitySome[i] ?? 0,
        mean: spread.mean[i] ?? 0,
        meanSquare: spread.meanSquare[i] ?? 0,
      };
      return {
        ...tripleOf(triple),
        horizon_months: months,
        p_some: orders.probabilitySome,
        mean_orders: orders.mean,
        mean_square: orders.meanSquare,
        orders_p10: orderQuantile(orders, 0.1),
        orders_p90: orderQuantile(orders, 0.9),
        z_p10: quantileGivenSome(0.1, orders.probabilitySome),
        z_p90: quantileGivenSome(0.9, orders.probabilitySome),
      };
    });
  });
}
