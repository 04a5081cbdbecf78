import { forecastTotals, totalQuantile } from '../intervals/total-interval.ts';
import { coarsenCounts } from '../models/coarsen-counts.ts';
import { countLikelihood } from '../models/count-likelihood.ts';
import type { CountModel, Fit } from '../models/fit.ts';
import { drawPosterior } from '../random/posterior.ts';
import { seededRandom } from '../random/random.ts';
import { WEEKS_OF_MONTH } from '../scoring/discount.ts';
import { wholePredictiveMass } from '../scoring/predictive-moments.ts';
import { scorerOf } from '../scoring/scorer.ts';
import type { Cut } from './back-test.ts';
import { randomisedPitDistance } from './pit.ts';

const COUNT_DRAWS = 40;
/** Draws need the shape of the likelihood, not its last digit. */
const GROUPS_FOR_DRAWS = 1500;

export interface Calibration {
  /** Kolmogorov distance of the customers' randomised PIT from uniform. */
  readonly pitDistance: number;
  /** Share of the totals by acquisition month that their 80 % interval holds. */
  readonly coverage80: number;
  readonly countTotals: number;
}

/** Were the spreads of a model's forecasts right? Of a usable fit made at the cut. */
export function calibrationOf(
  { groups, actualOrders, weeks }: Cut,
  { fit, seed }: { readonly fit: Fit; readonly seed: number },
): Calibration {
  const model = fit.model as CountModel;
  const { parameters } = fit;
  const scorer = scorerOf(model, parameters);
  const size = groups.count.length;
  const below = new Float64Array(size);
  const upTo = new Float64Array(size);
  const massOfTriple = new Map<string, Float64Array>();
  for (let i = 0; i < size; i++) {
    const history = {
      frequency: groups.frequency[i]!,
      recency: groups.recency[i]!,
      age: groups.age[i]!,
    };
    const triple = `${history.frequency} ${history.recency} ${history.age}`;
    let mass = massOfTriple.get(triple);
    if (mass === undefined) {
      mass = wholePredictiveMass(scorer, { ...history, weeks });
      massOfTriple.set(triple, mass);
    }
    for (let y = 0; y < actualOrders[i]!; y++) below[i]! += mass[y] ?? 0;
    upTo[i] = below[i]! + (mass[actualOrders[i]!] ?? 0);
  }

  // Months of acquisition, counted back from the cut.
  const part = Int32Array.from(groups.age, (age) => Math.floor(age / WEEKS_OF_MONTH));
  const countParts = part.reduce((most, month) => Math.max(most, month), 0) + 1;
  const { draws } = drawPosterior(fit, {
    logLikelihood: countLikelihood(coarsenCounts(groups, GROUPS_FOR_DRAWS), {
      model,
      k: parameters.k ?? 1,
    }),
    countDraws: COUNT_DRAWS,
    seed,
  });
  const totals = forecastTotals(groups, { model, parameters, draws, weeks, part, countParts });
  const came = new Float64Array(countParts);
  const customers = new Float64Array(countParts);
  for (let i = 0; i < size; i++) {
    came[part[i]!]! += groups.count[i]! * actualOrders[i]!;
    customers[part[i]!]! += groups.count[i]!;
  }
  let held = 0;
  let countTotals = 0;
  totals.forEach((total, month) => {
    if (customers[month] === 0) return;
    countTotals += 1;
    const isHeld =
      came[month]! >= totalQuantile(total, 0.1) && came[month]! <= totalQuantile(total, 0.9);
    if (isHeld) held += 1;
  });
  const pit = { below, upTo, count: groups.count };
  return {
    pitDistance: randomisedPitDistance(pit, seededRandom(seed)),
    coverage80: held / countTotals,
    countTotals,
  };
}
