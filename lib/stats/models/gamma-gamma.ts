import type { Figures } from '../note.ts';
import type { LogLikelihood } from '../optimise/log-likelihood.ts';
import { FAR, maximiseLikelihood, type NamedLimit } from '../optimise/maximise-likelihood.ts';
import { digamma } from '../special/digamma.ts';
import { logGamma } from '../special/log-gamma.ts';
import type { SpendGroups } from './counts.ts';
import { type Fit, failedFit } from './fit.ts';

/**
 * Gamma-Gamma: Fader, Hardie & Lee (2005), "RFM and CLV", J. of Marketing Research 42(4); Fader &
 * Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Occasion values of a customer are
 * Gamma(p, ν), the customers' ν are Gamma(q, γ), γ in money. Independent of how often they buy.
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

/** Fader & Hardie (2013), equation (1a), summed over the customers of the groups: over (p, q, γ). */
export function gammaGammaLikelihood(groups: SpendGroups): LogLikelihood {
  return logLikelihoodOf(inOrder(groups));
}

/** Maximum likelihood; parameters p, q, gamma (money). Never throws for bad data. */
export function fitGammaGamma(input: SpendGroups): Fit {
  const model = 'gamma_gamma';
  const fault = findFaultInSpend(input);
  if (fault !== null) {
    return failedFit(model, {
      status: 'invalid_input',
      note: { code: 'invalid_input', figures: fault },
      countCustomers: 0,
    });
  }
  const groups = inOrder(input);
  const countCustomers = groups.count.reduce((sum, n) => sum + n, 0);
  if (countCustomers < 2) {
    return failedFit(model, {
      status: 'no_repeat_orders',
      note: { code: 'too_few_repeat_customers', figures: { needed: 2, found: countCustomers } },
      countCustomers,
    });
  }
  let logSum = 0;
  groups.count.forEach((n, i) => {
    logSum += n * groups.meanLogSpend[i]!;
  });
  const typicalSpend = Math.exp(logSum / countCustomers);
  const logLikelihood = logLikelihoodOf(groups);
  return maximiseLikelihood({
    model,
    names: ['p', 'q', 'gamma'],
    logLikelihood,
    mediumLogLikelihood: logLikelihood,
    coarseLogLikelihood: logLikelihood,
    countCustomers,
    starts: [
      [4, 4, 3 * typicalSpend * 0.25],
      [1, 2, typicalSpend],
      [30, 30, typicalSpend],
    ],
    scale: [1, 1, typicalSpend],
    nameLimit: ([p, q, gamma]) => nameLimit({ p: p!, q: q!, gammaInSpend: gamma! / typicalSpend }),
  });
}

/**
 * E[M | x, mean of the x repeat occasions] = p (γ + x m̄) / (p x + q − 1): a mean of the
 * customer's own and the population's. Where x = 0 the population mean p γ / (q − 1). Infinite
 * where p x + q ≤ 1.
 */
export function gammaGammaExpectedSpend(
  { p, q, gamma }: GammaGammaParameters,
  { frequency, meanSpend }: { readonly frequency: number; readonly meanSpend: number },
): number {
  const weight = p * frequency + q - 1;
  if (weight <= 0) return Number.POSITIVE_INFINITY;
  return (p * (gamma + frequency * meanSpend)) / weight;
}

/** Gamma functions are taken once a distinct x, which the order puts together. */
function logLikelihoodOf(groups: Required<SpendGroups>): LogLikelihood {
  const { frequency, meanSpend, count, meanLogSpend } = groups;
  return (parameters, gradient) => {
    const p = parameters[0]!;
    const q = parameters[1]!;
    const gamma = parameters[2]!;
    const logGammaOfQ = logGamma(q);
    const digammaOfQ = digamma(q);
    const logScale = Math.log(gamma);
    let total = 0;
    let byP = 0;
    let byQ = 0;
    let byGamma = 0;
    let i = 0;
    while (i < count.length) {
      const x = frequency[i]!;
      const px = p * x;
      const shape = px + q;
      const constant =
        logGamma(shape) - logGamma(px) - logGammaOfQ + q * logScale + px * Math.log(x);
      const digammaOfShape = digamma(shape);
      const constantByP = x * (digammaOfShape - digamma(px) + Math.log(x));
      const constantByQ = digammaOfShape - digammaOfQ + logScale;
      for (; i < count.length && frequency[i] === x; i++) {
        const n = count[i]!;
        const logMean = meanLogSpend[i]!;
        const scale = gamma + x * meanSpend[i]!;
        const logOfScale = Math.log(scale);
        total += n * (constant + (px - 1) * logMean - shape * logOfScale);
        byP += n * (constantByP + x * (logMean - logOfScale));
        byQ += n * (constantByQ - logOfScale);
        byGamma += n * (q / gamma - shape / scale);
      }
    }
    gradient[0] = byP;
    gradient[1] = byQ;
    gradient[2] = byGamma;
    return total;
  };
}

function inOrder(groups: SpendGroups): Required<SpendGroups> {
  const { frequency, meanSpend, count } = groups;
  const meanLogSpend = groups.meanLogSpend ?? meanSpend.map(Math.log);
  const order = Uint32Array.from(frequency.keys()).sort(
    (i, j) =>
      frequency[i]! - frequency[j]! ||
      meanSpend[i]! - meanSpend[j]! ||
      meanLogSpend[i]! - meanLogSpend[j]! ||
      count[i]! - count[j]!,
  );
  const pick = (column: Float64Array) => Float64Array.from(order, (i) => column[i]!);
  return {
    frequency: pick(frequency),
    meanSpend: pick(meanSpend),
    count: pick(count),
    meanLogSpend: pick(meanLogSpend),
  };
}

function findFaultInSpend({
  frequency,
  meanSpend,
  count,
  meanLogSpend,
}: SpendGroups): Figures | null {
  const size = frequency.length;
  const lengths = [meanSpend.length, count.length, meanLogSpend?.length ?? size];
  const other = lengths.find((length) => length !== size);
  if (other !== undefined) return { column: 'length', group: size, found: other };
  for (let i = 0; i < size; i++) {
    const x = frequency[i]!;
    if (!Number.isSafeInteger(x) || x < 1) {
      return { column: 'frequency', group: i, found: x };
    }
    if (!(meanSpend[i]! > 0) || !Number.isFinite(meanSpend[i]!)) {
      return { column: 'mean_spend', group: i, found: meanSpend[i]! };
    }
    if (meanLogSpend !== undefined && !Number.isFinite(meanLogSpend[i]!)) {
      return { column: 'mean_log_spend', group: i, found: meanLogSpend[i]! };
    }
    if (!(count[i]! > 0) || !Number.isFinite(count[i]!)) {
      return { column: 'count', group: i, found: count[i]! };
    }
  }
  return null;
}

function nameLimit({
  p,
  q,
  gammaInSpend,
}: {
  p: number;
  q: number;
  gammaInSpend: number;
}): NamedLimit | null {
  if (p > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_spend_at_every_occasion' },
    };
  }
  if (q > FAR || gammaInSpend > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_spend_of_all' },
    };
  }
  if (q <= 1) {
    return {
      status: 'infinite_mean',
      note: { code: 'infinite_mean_spend', figures: { q: q.toFixed(3) } },
    };
  }
  return null;
}
