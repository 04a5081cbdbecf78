import type { PreparedCounts } from './prepared-counts.ts';
import { logRisingFactorial, reciprocalSum } from './rising-factorial.ts';

/**
 * What BG/NBD and MBG/NBD share. A customer buys at a Poisson rate λ ~ Gamma(r, α) and after an
 * occasion stops for good with probability p ~ Beta(a, b). The two differ in one number, m: how
 * many chances to stop were survived before the last one.
 * BG/NBD (no chance at the first occasion): m = x − 1, and no chance at all where x = 0.
 * MBG/NBD (a chance at every occasion): m = x.
 *
 * L = (r)_x α^r · (b)_m / (a+b)_{m+1} · [ (b+m) (α+T)^{−(r+x)} + a (α+t_x)^{−(r+x)} ]
 *
 * with (c)_n = Γ(c+n)/Γ(c): the first term is a customer who is still there, the second one who
 * stopped after the last occasion. Where there was no chance, L = (α/(α+T))^r.
 */
export type ChancesSurvived = (frequency: number) => number;

/** Above this e^d would overflow; the customer has surely stopped. */
const LARGEST_EXPONENT = 700;

/**
 * Log-likelihood of grouped counts and its derivatives by (r, α, a, b), added up in the fixed
 * order of the prepared groups.
 * Cost: gamma functions a distinct x, a logarithm a distinct time, one exponential and two
 * logarithms a group.
 */
export function betaGeometricLogLikelihood(
  prepared: PreparedCounts,
  chancesSurvived: ChancesSurvived,
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
      const shape = r + x;
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
      for (let i = firstGroup[f]!; i < firstGroup[f + 1]!; i++) {
        const n = count[i]!;
        const age = ageIndex[i]!;
        if (!hasChance) {
          logs -= n * shape * logTime[age]!;
          logTimes += n * logTime[age]!;
          reciprocals += n * reciprocalTime[age]!;
          continue;
        }
        const recency = recencyIndex[i]!;
        const d = shape * (logTime[age]! - logTime[recency]!);
        // odds of having stopped: (a / (b+m)) ((α+T)/(α+t_x))^{r+x}
        let probabilityStopped: number;
        if (d + logRatio < LARGEST_EXPONENT) {
          const odds = ratio * Math.exp(d);
          probabilityStopped = odds / (1 + odds);
          logs += n * (Math.log1p(odds) - shape * logTime[age]!);
        } else {
          probabilityStopped = 1;
          logs += n * (logRatio - shape * logTime[recency]!);
        }
        const alive = 1 - probabilityStopped;
        logTimes += n * (alive * logTime[age]! + probabilityStopped * logTime[recency]!);
        reciprocals +=
          n * (alive * reciprocalTime[age]! + probabilityStopped * reciprocalTime[recency]!);
        stopped += n * probabilityStopped;
      }

      total += logs + customers * (logRisingFactorial(r, x) + r * logAlpha);
      byR += customers * (reciprocalSum(r, x) + logAlpha) - logTimes;
      byAlpha += (customers * r) / alpha - shape * reciprocals;
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
