import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { type GammaGammaParameters, gammaGammaLikelihood } from '../../stats/gamma-gamma.ts';
import { drawPosterior, informationAt } from '../../stats/posterior.ts';
import { spendSpread } from '../../stats/spend-spread.ts';
import type { Night } from '../stage.ts';
import { column, spendGroups } from './count-groups.ts';
import { COUNT_DRAWS, SEED } from './draws.ts';

/** How far the sales of a customer's coming orders may lie apart: the rows of `spend_spread`. */
export async function spendSpreadRows({ engine, parameters }: Night): Promise<Row[]> {
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
  const spends = spendGroups(
    await engine.read(
      bind(
        `select frequency, repeat_occasion_value, count_customers from spend_count
         where snapshot_on = :as_of and run_id = :run_id
         order by frequency, repeat_occasion_value`,
        parameters,
      ),
    ),
  );
  const logLikelihood = gammaGammaLikelihood(spends);
  const { draws } = drawPosterior(
    { parameters: estimate, information: informationAt(estimate, logLikelihood) },
    { logLikelihood, countDraws: COUNT_DRAWS, seed: SEED },
  );
  const frequencies = await engine.read(
    bind(
      `select distinct frequency from purchase_count
       where snapshot_on = :as_of and run_id = :run_id order by frequency`,
      parameters,
    ),
  );
  return [...column(frequencies, 'frequency')].flatMap((frequency) => {
    const spread = spendSpread(frequency, draws as unknown as readonly GammaGammaParameters[]);
    if (spread === null) return [];
    const { mean, own, shared } = spread;
    return [
      {
        frequency,
        mean_constant: mean[0],
        mean_linear: mean[1],
        own_constant: own[0],
        own_linear: own[1],
        own_square: own[2],
        shared_constant: shared[0],
        shared_linear: shared[1],
        shared_square: shared[2],
      },
    ];
  });
}
