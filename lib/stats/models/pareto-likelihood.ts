import { logRisingFactorial, reciprocalSum } from '../special/rising-factorial.ts';
import { type ParetoHazard, paretoHazard } from './pareto-hazard.ts';
import type { PreparedCounts } from './prepared-counts.ts';

/** Above this e^d would overflow; the customer has surely died. */
const LARGEST_EXPONENT = 700;

/**
 * Log-likelihood of the Pareto/NBD on grouped counts with its derivatives by (r, α, s, β):
 * L = (r)_x α^r β^s · [ E(T) (1 − G(T)) + E(t_x) G(t_x) ], E(t) = (α+t)^{−(r+x)} (β+t)^{−s},
 * both terms positive, with G of `paretoHazard`.
 * Cost: the series of G once a distinct pair (x, time), one exponential and logarithm a group.
 */
export function paretoLogLikelihood(prepared: PreparedCounts) {
  const { groups, frequencies, firstGroup, countOfFrequency } = prepared;
  const { times, recencyIndex, ageIndex } = prepared;
  const { count } = groups;
  const logA = new Float64Array(times.length);
  const logB = new Float64Array(times.length);
  // G of the current x at each time, filled when first asked for: knownFor says for which x.
  const knownFor = new Int32Array(times.length);
  const hazard = new Float64Array(times.length);
  const hazardByR = new Float64Array(times.length);
  const hazardByAlpha = new Float64Array(times.length);
  const hazardByS = new Float64Array(times.length);
  const hazardByBeta = new Float64Array(times.length);
  const result: ParetoHazard = { value: 0, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 };

  return (parameters: Float64Array, gradient: Float64Array): number => {
    const r = parameters[0]!;
    const alpha = parameters[1]!;
    const s = parameters[2]!;
    const beta = parameters[3]!;
    for (let j = 0; j < times.length; j++) {
      logA[j] = Math.log(alpha + times[j]!);
      logB[j] = Math.log(beta + times[j]!);
    }
    const logAlpha = Math.log(alpha);
    const logBeta = Math.log(beta);
    knownFor.fill(-1);
    const need = (f: number, x: number, time: number): void => {
      if (knownFor[time] === f) return;
      paretoHazard(parameters, { frequency: x, time: times[time]! }, result);
      knownFor[time] = f;
      hazard[time] = result.value;
      hazardByR[time] = result.byR;
      hazardByAlpha[time] = result.byAlpha;
      hazardByS[time] = result.byS;
      hazardByBeta[time] = result.byBeta;
    };

    let total = 0;
    let byR = 0;
    let byAlpha = 0;
    let byS = 0;
    let byBeta = 0;
    for (let f = 0; f < frequencies.length; f++) {
      const x = frequencies[f]!;
      const customers = countOfFrequency[f]!;
      const shape = r + x;
      let logs = 0;
      for (let i = firstGroup[f]!; i < firstGroup[f + 1]!; i++) {
        const n = count[i]!;
        const age = ageIndex[i]!;
        const recency = recencyIndex[i]!;
        need(f, x, age);
        need(f, x, recency);
        const d = shape * (logA[age]! - logA[recency]!) + s * (logB[age]! - logB[recency]!);
        const here = 1 - hazard[age]!;
        // L / (C E(T)) = here + gone, gone = G(t_x) e^d; scaled by e^{−d} where that overflows
        const isHuge = d > LARGEST_EXPONENT;
        const weightHere = isHuge ? 0 : 1;
        const weightGone = isHuge ? 1 : Math.exp(d);
        const inner = here * weightHere + hazard[recency]! * weightGone;
        const shareGone = (hazard[recency]! * weightGone) / inner;
        const shareHere = 1 - shareGone;
        logs += n * (Math.log(inner) + (isHuge ? d : 0) - shape * logA[age]! - s * logB[age]!);
        const ofAge = (n * weightHere) / inner;
        const ofRecency = (n * weightGone) / inner;
        byR +=
          ofRecency * hazardByR[recency]! -
          ofAge * hazardByR[age]! -
          n * (shareHere * logA[age]! + shareGone * logA[recency]!);
        byS +=
          ofRecency * hazardByS[recency]! -
          ofAge * hazardByS[age]! -
          n * (shareHere * logB[age]! + shareGone * logB[recency]!);
        byAlpha +=
          ofRecency * hazardByAlpha[recency]! -
          ofAge * hazardByAlpha[age]! -
          n * shape * (shareHere / (alpha + times[age]!) + shareGone / (alpha + times[recency]!));
        byBeta +=
          ofRecency * hazardByBeta[recency]! -
          ofAge * hazardByBeta[age]! -
          n * s * (shareHere / (beta + times[age]!) + shareGone / (beta + times[recency]!));
      }
      total += logs + customers * (logRisingFactorial(r, x) + r * logAlpha + s * logBeta);
      byR += customers * (reciprocalSum(r, x) + logAlpha);
      byAlpha += (customers * r) / alpha;
      byS += customers * logBeta;
      byBeta += (customers * s) / beta;
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    gradient[2] = byS;
    gradient[3] = byBeta;
    return total;
  };
}
