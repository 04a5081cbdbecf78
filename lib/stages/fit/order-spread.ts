import type { Row } from '../../ports/query-engine.ts';
import { WEEKS_OF_MONTH } from '../../stats/discount.ts';
import { normalQuantile } from '../../stats/normal-quantile.ts';
import { scoreSpread } from '../../stats/score-spread.ts';
import type { Night } from '../stage.ts';
import { championOfNight, tripleOf } from './champion-of-night.ts';

/** How far the orders of each triple may lie apart: the rows of `order_spread`. */
export async function orderSpreadRows(night: Night): Promise<Row[]> {
  const champion = await championOfNight(night);
  if (champion === null) return [];
  return [12, 24, 36].flatMap((months) => {
    const { probabilityNone, meanSquare } = scoreSpread(champion.groups, {
      ...champion,
      weeks: months * WEEKS_OF_MONTH,
    });
    return champion.triples.map((triple, i) => ({
      ...tripleOf(triple),
      horizon_months: months,
      p_some: 1 - (probabilityNone[i] ?? 1),
      mean_square: meanSquare[i] ?? 0,
      z_p10: quantileGivenSome(0.1, probabilityNone[i] ?? 1),
      z_p90: quantileGivenSome(0.9, probabilityNone[i] ?? 1),
    }));
  });
}

/** The standard normal quantile of a level among the outcomes with an order; null below them. */
function quantileGivenSome(level: number, none: number): number | null {
  return level <= none ? null : normalQuantile((level - none) / (1 - none));
}
