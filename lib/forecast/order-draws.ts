import {
  type CountGroups,
  coarsenCounts,
  countLikelihood,
  DROP_OUT_PRIOR,
  drawPosterior,
  informationAt,
} from '../stats/face.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';
import type { StackMember } from './stack-of-night.ts';

/** Draws need the shape of the likelihood, not its last digit. */
const GROUPS_FOR_DRAWS = 20_000;

/** Equally likely parameters of a model of the stack, given what customers did. */
export function orderDraws(
  { model, parameters }: StackMember,
  groups: CountGroups,
): readonly Readonly<Record<string, number>>[] {
  const logLikelihood = countLikelihood(coarsenCounts(groups, GROUPS_FOR_DRAWS), {
    model,
    k: parameters.k ?? 1,
    prior: DROP_OUT_PRIOR,
  });
  const information = informationAt(parameters, logLikelihood);
  return drawPosterior(
    { parameters, information },
    { logLikelihood, countDraws: COUNT_DRAWS, seed: SEED },
  ).draws;
}
