import { coarsenCounts, countLikelihood, drawPosterior, informationAt } from '../../stats/face.ts';
import type { ChampionOfNight } from './champion-of-night.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';

/** Draws need the shape of the likelihood, not its last digit. */
const GROUPS_FOR_DRAWS = 20_000;

/** Equally likely parameters of the champion, given what customers did. */
export function orderDraws({ model, parameters, groups }: ChampionOfNight) {
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
