/**
 * Over many simulated shops of each model: do the intervals of parameters and of totals cover what
 * they should, are single customers' forecasts calibrated, is the likelihood found never below
 * that of the truth? Prints a table. Run: node bench/stats/calibration.ts [seeds] [customers]
 */

import { totalQuantile } from '../../lib/stats/intervals/total-interval.ts';
import { fitCountModel } from '../../lib/stats/judging/back-test.ts';
import { randomisedPitDistance } from '../../lib/stats/judging/pit.ts';
import { logFactorOfIntervals } from '../../lib/stats/models/cnbd-k.ts';
import { coarsenCounts } from '../../lib/stats/models/coarsen-counts.ts';
import { countLikelihood } from '../../lib/stats/models/count-likelihood.ts';
import { drawPosterior } from '../../lib/stats/random/posterior.ts';
import { seededRandom } from '../../lib/stats/random/random.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { forecastTotals } from '../../test/reference/forecast-totals.ts';
import { wholePredictiveMass } from '../../test/reference/predictive-moments.ts';
import {
  historiesAt,
  intervalsAt,
  ordersBetween,
  simulateShop,
} from '../../test/reference/simulate.ts';
import { TRUTHS } from './models-to-simulate.ts';
import { mean, median, percent, print } from './print.ts';

const seeds = Number(process.argv[2] ?? 100);
const countCustomers = Number(process.argv[3] ?? 5000);
const only = process.argv[4];
const ACQUISITION = 26;
const CUT = 78;
const HORIZON = 39;
const Z_95 = 1.959963984540054;

print(
  `${seeds} seeds, ${countCustomers} customers, ${ACQUISITION} weeks of acquisition, cut ${CUT}, horizon ${HORIZON}`,
);
for (const { model, parameters: truth } of TRUTHS) {
  if (only !== undefined && only !== model) continue;
  const names = Object.keys(truth).filter((name) => name !== 'k');
  const covered = new Map(names.map((name) => [name, 0]));
  const estimates = new Map<string, number[]>(names.map((name) => [name, []]));
  const widths = new Map<string, number[]>(names.map((name) => [name, []]));
  const pits: number[] = [];
  let cohorts = 0;
  let cohortsHeld = 0;
  let converged = 0;
  let rightK = 0;
  let belowTruth = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const shop = simulateShop({
      model,
      parameters: truth,
      countCustomers,
      acquisitionWeeks: ACQUISITION,
      weeks: CUT + HORIZON,
      seed,
    });
    const { groups, customer } = historiesAt(shop, CUT);
    const intervals = intervalsAt(shop, CUT);
    const fit = fitCountModel(model, { groups, intervals });
    if (fit.status === 'converged') converged += 1;
    const k = fit.parameters.k ?? 1;
    if (k === (truth.k ?? 1)) rightK += 1;
    const likelihood = countLikelihood(groups, { model, k: truth.k ?? 1 });
    const ofTruth =
      likelihood(
        Float64Array.from(names, (name) => truth[name]!),
        new Float64Array(names.length),
      ) + (truth.k === undefined ? 0 : logFactorOfIntervals(truth.k, intervals));
    if (fit.logLikelihood! < ofTruth) belowTruth += 1;
    for (const name of names) {
      const estimate = fit.parameters[name]!;
      // the interval of a positive parameter is that of its logarithm
      const error = fit.standardErrors[name]! / estimate;
      const low = estimate * Math.exp(-Z_95 * error);
      const high = estimate * Math.exp(Z_95 * error);
      if (truth[name]! >= low && truth[name]! <= high) covered.set(name, covered.get(name)! + 1);
      estimates.get(name)!.push(estimate);
      widths.get(name)!.push(high - low);
    }
    const weeks = HORIZON;
    const actual = ordersBetween(shop, { customer, from: CUT, to: CUT + HORIZON });
    const part = Int32Array.from(groups.age, (age) => Math.floor((CUT - age) / WEEKS_OF_MONTH));
    const countParts = Math.max(...part) + 1;
    const coarse = coarsenCounts(groups, 1500);
    const { draws } = drawPosterior(fit, {
      logLikelihood: countLikelihood(coarse, { model, k }),
      countDraws: 40,
      seed,
    });
    const totals = forecastTotals(groups, {
      model,
      parameters: fit.parameters,
      draws,
      weeks,
      part,
      countParts,
    });
    totals.forEach((total, month) => {
      let came = 0;
      part.forEach((of, i) => {
        if (of === month) came += actual[i]!;
      });
      cohorts += 1;
      if (came >= totalQuantile(total, 0.1) && came <= totalQuantile(total, 0.9)) cohortsHeld += 1;
    });
    if (seed <= 10) {
      const scorer = scorerOf(model, fit.parameters);
      const below = new Float64Array(actual.length);
      const upTo = new Float64Array(actual.length);
      actual.forEach((y, i) => {
        const history = {
          frequency: groups.frequency[i]!,
          recency: groups.recency[i]!,
          age: groups.age[i]!,
        };
        const mass = wholePredictiveMass(scorer, { ...history, weeks });
        for (let n = 0; n < y; n++) below[i]! += mass[n] ?? 0;
        upTo[i] = below[i]! + (mass[y] ?? 0);
      });
      pits.push(randomisedPitDistance({ below, upTo, count: groups.count }, seededRandom(seed)));
    }
  }
  print(
    `\n${model}: converged ${converged}/${seeds}, right k ${rightK}/${seeds}, likelihood below that of the truth ${belowTruth}`,
  );
  for (const name of names) {
    const list = estimates.get(name)!;
    const centre = mean(list);
    const deviation = Math.sqrt(mean(list.map((v) => (v - centre) ** 2)));
    print(
      `  ${name.padEnd(6)} truth ${truth[name]} mean ${centre.toFixed(4)} · 95 % interval covers ${covered.get(name)}/${seeds} · median width ${(median(widths.get(name)!) / (2 * Z_95 * deviation)).toFixed(2)} × 3.92 sd`,
    );
  }
  print(
    `  80 % interval of totals by acquisition month covers ${percent(cohortsHeld / cohorts)} of ${cohorts}`,
  );
  print(
    `  randomised PIT, first ${pits.length} seeds: median distance ${median(pits).toFixed(4)}, largest ${Math.max(...pits).toFixed(4)}`,
  );
}
