import type { Row } from '../../ports/query-engine.ts';
import { coarsenCounts } from '../../stats/coarsen-counts.ts';
import { countLikelihood } from '../../stats/count-likelihood.ts';
import { WEEKS_OF_MONTH } from '../../stats/discount.ts';
import { normalQuantile } from '../../stats/normal-quantile.ts';
import { drawPosterior, informationAt } from '../../stats/posterior.ts';
import { scoreSpread } from '../../stats/score-spread.ts';
import type { Night } from '../stage.ts';
import { type ChampionOfNight, championOfNight, tripleOf } from './champion-of-night.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';

/** Draws need the shape of the likelihood, not its last digit. */
const GROUPS_FOR_DRAWS = 20_000;

const MONTHS_OF_HORIZONS = [12, 24, 36] as const;

/** How far the orders of each triple may lie apart: the rows of `order_spread`. */
export async function orderSpreadRows(night: Night): Promise<Row[]> {
  const champion = await championOfNight(night);
  if (champion === null) return [];
  const { groups, model, triples } = champion;
  const spreads = scoreSpread(groups, {
    model,
    draws: drawsOf(champion),
    weeksOfHorizons: MONTHS_OF_HORIZONS.map((months) => months * WEEKS_OF_MONTH),
  });
  return MONTHS_OF_HORIZONS.flatMap((months, horizon) => {
    const { probabilitySome, mean, meanSquare } = spreads[horizon] as (typeof spreads)[number];
    return triples.map((triple, i) => ({
      ...tripleOf(triple),
      horizon_months: months,
      p_some: probabilitySome[i] ?? 0,
      mean_orders: mean[i] ?? 0,
      mean_square: meanSquare[i] ?? 0,
      z_p10: quantileGivenSome(0.1, probabilitySome[i] ?? 0),
      z_p90: quantileGivenSome(0.9, probabilitySome[i] ?? 0),
    }));
  });
}

/** Equally likely parameters of the champion, given what customers did. */
function drawsOf({ model, parameters, groups }: ChampionOfNight) {
  const logLikelihood = countLikelihood(coarsenCounts(groups, GROUPS_FOR_DRAWS), {
    model,
    k: parameters.k ?? 1,
  });
  const information = informationAt(parameters, logLikelihood);
  return drawPosterior(
    { parameters, information },
    { logLikelihood, countDraws: COUNT_DRAWS, seed: SEED },
  ).draws;
}

/** The standard normal quantile of a level among the outcomes with an order; null below them. */
function quantileGivenSome(level: number, some: number): number | null {
  return level <= 1 - some ? null : normalQuantile((level - (1 - some)) / some);
}
