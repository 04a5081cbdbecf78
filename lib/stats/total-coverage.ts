import type { Cut } from './back-test.ts';
import { countLikelihood } from './count-likelihood.ts';
import type { CountModel, Fit } from './fit.ts';
import { drawPosterior } from './posterior.ts';
import { forecastTotals, totalQuantile } from './total-interval.ts';

const COUNT_DRAWS = 50;
const SEED = 1;

/**
 * Share of the cohorts whose orders after the cut lie in the 80 % interval that the model gave them
 * (P10 to P90 of the total, of process and parameters). `part` numbers the cohort of each group.
 */
export function totalCoverage(
  fit: Fit,
  cut: Cut,
  { part, countParts }: { readonly part: Int32Array; readonly countParts: number },
): number {
  const model = fit.model as CountModel;
  const { groups, weeks, actualOrders } = cut;
  const k = fit.parameters.k ?? 1;
  const { draws } = drawPosterior(fit, {
    logLikelihood: countLikelihood(groups, { model, k }),
    countDraws: COUNT_DRAWS,
    seed: SEED,
  });
  const { parameters } = fit;
  const totals = forecastTotals(groups, { model, parameters, draws, weeks, part, countParts });
  const actual = new Float64Array(countParts);
  for (let i = 0; i < part.length; i++) {
    actual[part[i] as number]! += (groups.count[i] as number) * (actualOrders[i] as number);
  }
  const covered = totals.filter((total, cohort) => {
    const orders = actual[cohort] as number;
    return totalQuantile(total, 0.1) <= orders && orders <= totalQuantile(total, 0.9);
  });
  return covered.length / countParts;
}
