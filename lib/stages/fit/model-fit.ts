import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { fitBgNbd } from '../../stats/bg-nbd.ts';
import { type Fit, isUsableFit, type ModelName } from '../../stats/fit.ts';
import { fitGammaGamma } from '../../stats/gamma-gamma.ts';
import { fitMbgNbd } from '../../stats/mbg-nbd.ts';
import type { Night } from '../stage.ts';
import { countGroups, spendGroups } from './count-groups.ts';
import { dataGate } from './data-gate.ts';

const parametersOf: Partial<Record<ModelName, readonly string[]>> = {
  bg_nbd: ['r', 'alpha', 'a', 'b'],
  mbg_nbd: ['r', 'alpha', 'a', 'b'],
  gamma_gamma: ['p', 'q', 'gamma'],
};

/** BG/NBD gives every one-time buyer p_alive = 1, so it is fitted for comparison, never published. */
const published: ModelName = 'mbg_nbd';

/** Fits the models on the counts of the night: the rows of `model_fit`. */
export async function modelFitRows({ engine, parameters }: Night): Promise<Row[]> {
  const purchases = countGroups(
    await engine.read(
      bind(
        `select frequency, recency_days, age_days, count_customers from purchase_count
         where snapshot_on = :as_of and run_id = :run_id
         order by frequency, recency_days, age_days`,
        parameters,
      ),
    ),
  );
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
  const refusal = dataGate(purchases);
  return [fitBgNbd(purchases), fitMbgNbd(purchases), fitGammaGamma(spends)].flatMap((fit) =>
    fitRows(fit, refusal),
  );
}

function fitRows(fit: Fit, refusal: string | null): Row[] {
  const isChampion = fit.model === published && refusal === null && isUsableFit(fit);
  const notes = [...fit.warnings];
  if (refusal !== null && fit.model === published) notes.unshift(`Not published: ${refusal}.`);
  return (parametersOf[fit.model] ?? []).map((parameter) => ({
    model: fit.model,
    parameter,
    estimate: fit.parameters[parameter] ?? null,
    standard_error: fit.standardErrors[parameter] ?? null,
    log_likelihood: fit.logLikelihood,
    count_customers: fit.countCustomers,
    status: fit.status,
    note: notes.length > 0 ? notes.join(' ') : null,
    is_champion: isChampion,
  }));
}
