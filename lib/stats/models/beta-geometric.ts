import { logRisingFactorial, reciprocalSum } from '../special/rising-factorial.ts';
import type { PreparedCounts } from './prepared-counts.ts';

/**
 * What BG/NBD, MBG/NBD, BG/CNBD-k and MBG/CNBD-k share. A customer buys in intervals of k stages,
 * each passed at the Poisson rate λ ~ Gamma(r, α) (k = 1: no regularity, the NBD), and after an
 * occasion stops for good with probability p ~ Beta(a, b). BG and MBG differ in one number, m: how
 * many chances to stop were survived before the last one.
 */
export interface BetaGeometricFamily {
  /**
   * m of a customer with x repeats. BG (no chance at the first occasion): x − 1, so −1, no chance
   * at all, where x = 0. MBG (a chance at every occasion): x.
   */
  readonly chancesSurvived: (frequency: number) => number;
  /** k: stages of an interval, a whole number ≥ 1. */
  readonly regularity: number;
}

/** Above this e^d would overflow; the customer has surely stopped. */
const LARGEST_EXPONENT = 700;

/**
 * Log-likelihood of grouped counts and its derivatives by (r, α, a, b), added up in the fixed
 * order of the prepared groups. With R = r + k x and (c)_n = Γ(c+n)/Γ(c),
 *
 * L = (r)_{kx} α^r · (b)_m / (a+b)_{m+1} · [ (b+m) H (α+T)^{−R} + a (α+t_x)^{−R} ]
 * H = Σ_{j<k} (R)_j/j! wʲ,  w = (T−t_x)/(α+T)
 *
 * The first term is a customer who is still there and has passed j < k stages since t_x, the
 * second one who stopped at t_x. Where there was no chance to stop, L = (α/(α+T))^r H. The factor
 * of the interval lengths, Π Δ^{k−1}/Γ(k), depends on k alone and is left to the choice of k.
 * Cost: gamma functions a distinct x, a logarithm a distinct time, one exponential and two
 * logarithms a group, and k − 1 terms.
 */
export function betaGeometricLogLikelihood(
  prepared: PreparedCounts,
  { chancesSurvived, regularity }: BetaGeometricFamily,
) {
  const { groups, frequencies, firstGroup, countOfFrequency } = prepared;
  const { times, recencyIndex, ageIndex } = prepared;
  const { count } = groups;
  const logTime = new Float64Array(times.length);
  const reciprocalTime = new Float64Array(times.length);

  return (parameters: Float64Array, gradient: Float64Array): number => {
    const r = parameters[0]!;
    const alpha = parameters[1]!;
    const a = parameters[2]!;
    const b = parameters[3]!;
    for (let j = 0; j < times.length; j++) {
      logTime[j] = Math.log(alpha + times[j]!);
      reciprocalTime[j] = 1 / (alpha + times[j]!);
    }
    const logAlpha = Math.log(alpha);
    let total = 0;
    let byR = 0;
    let byAlpha = 0;
    let byA = 0;
    let byB = 0;

    for (let f = 0; f < frequencies.length; f++) {
      const x = frequencies[f]!;
      const customers = countOfFrequency[f]!;
      const stages = regularity * x;
      const shape = r + stages;
      const m = chancesSurvived(x);
      const hasChance = m >= 0;
      const stay = b + m;
      const ratio = hasChance ? a / stay : 0;
      const logRatio = Math.log(ratio);

      // Sums over the groups of this x.
      let logs = 0;
      let logTimes = 0;
      let reciprocals = 0;
      let stopped = 0;
      let stagesByShape = 0;
      let stagesByAlpha = 0;
      for (let i = firstGroup[f]!; i < firstGroup[f + 1]!; i++) {
        const n = count[i]!;
        const age = ageIndex[i]!;
        const recency = recencyIndex[i]!;
        // ln H and its derivatives: 0 for k = 1
        let logH = 0;
        let logHByShape = 0;
        let logHByAlpha = 0;
        if (regularity > 1) {
          const w = (times[age]! - times[recency]!) * reciprocalTime[age]!;
          let term = 1;
          let reciprocalsOfShape = 0;
          let h = 1;
          let hByShape = 0;
          let hByLogW = 0;
          for (let j = 1; j < regularity; j++) {
            reciprocalsOfShape += 1 / (shape + j - 1);
            term *= ((shape + j - 1) / j) * w;
            h += term;
            hByShape += term * reciprocalsOfShape;
            hByLogW += term * j;
          }
          logH = Math.log(h);
          logHByShape = hByShape / h;
          logHByAlpha = (-hByLogW * reciprocalTime[age]!) / h;
        }
        // odds of having stopped: (a / (b+m)) ((α+T)/(α+t_x))^R / H
        let probabilityStopped = 0;
        if (hasChance) {
          const d = shape * (logTime[age]! - logTime[recency]!) - logH;
          if (d + logRatio < LARGEST_EXPONENT) {
            const odds = ratio * Math.exp(d);
            probabilityStopped = odds / (1 + odds);
            logs += n * (Math.log1p(odds) + logH - shape * logTime[age]!);
          } else {
            probabilityStopped = 1;
            logs += n * (logRatio - shape * logTime[recency]!);
          }
          stopped += n * probabilityStopped;
        } else {
          logs += n * (logH - shape * logTime[age]!);
        }
        const alive = 1 - probabilityStopped;
        logTimes += n * (alive * logTime[age]! + probabilityStopped * logTime[recency]!);
        reciprocals +=
          n * (alive * reciprocalTime[age]! + probabilityStopped * reciprocalTime[recency]!);
        stagesByShape += n * alive * logHByShape;
        stagesByAlpha += n * alive * logHByAlpha;
      }

      total += logs + customers * (logRisingFactorial(r, stages) + r * logAlpha);
      byR += customers * (reciprocalSum(r, stages) + logAlpha) - logTimes + stagesByShape;
      byAlpha += (customers * r) / alpha - shape * reciprocals + stagesByAlpha;
      if (hasChance) {
        const sumOfTotal = reciprocalSum(a + b, m + 1);
        total +=
          customers *
          (logRisingFactorial(b, m) - logRisingFactorial(a + b, m + 1) + Math.log(stay));
        byA += stopped / a - customers * sumOfTotal;
        byB += customers * (reciprocalSum(b, m) - sumOfTotal) + (customers - stopped) / stay;
      }
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    gradient[2] = byA;
    gradient[3] = byB;
    return total;
  };
}
