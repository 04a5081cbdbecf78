import { bind } from '../../sql/bind.ts';
import {
  drawPosterior,
  type GammaGammaParameters,
  gammaGammaLikelihood,
  informationAt,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';
import { spendsOfNight } from './spends-of-night.ts';

/** Equally likely parameters of Gamma-Gamma, given what customers spent; none without its fit. */
export async function spendDraws(night: Night): Promise<readonly GammaGammaParameters[]> {
  const { engine, parameters } = night;
  const fitted = await engine.read(
    bind(
      `select
         max(case when parameter = 'p' then estimate end) as p,
         max(case when parameter = 'q' then estimate end) as q,
         max(case when parameter = 'gamma' then estimate end) as gamma
       from model_fit
       where snapshot_on = :as_of and run_id = :run_id
         and model = 'gamma_gamma' and status <> 'infinite_mean'`,
      parameters,
    ),
  );
  const { p = null, q = null, gamma = null } = fitted[0] ?? {};
  if (p === null || q === null || gamma === null) return [];
  const estimate = { p: Number(p), q: Number(q), gamma: Number(gamma) };
  const spends = await spendsOfNight(night);
  const logLikelihood = gammaGammaLikelihood(spends);
  const { draws } = drawPosterior(
    { parameters: estimate, information: informationAt(estimate, logLikelihood) },
    { logLikelihood, countDraws: COUNT_DRAWS, seed: SEED },
  );
  return draws as unknown as readonly GammaGammaParameters[];
}
