import type { Night } from '../stages/stage.ts';
import {
  drawPosterior,
  type GammaGammaParameters,
  gammaGammaLikelihood,
  informationAt,
} from '../stats/face.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';
import { spendsOfNight } from './spends-of-night.ts';
import type { StackOfNight } from './stack-of-night.ts';

/** Equally likely parameters of Gamma-Gamma, given what customers spent; none without a model. */
export async function spendDraws(
  night: Night,
  { spend, isSpendFitted }: StackOfNight,
): Promise<readonly GammaGammaParameters[]> {
  if (spend === null) return [];
  if (!isSpendFitted) return [spend];
  const estimate = { ...spend };
  const logLikelihood = gammaGammaLikelihood(await spendsOfNight(night));
  const { draws } = drawPosterior(
    { parameters: estimate, information: informationAt(estimate, logLikelihood) },
    { logLikelihood, countDraws: COUNT_DRAWS, seed: SEED },
  );
  return draws as unknown as readonly GammaGammaParameters[];
}
