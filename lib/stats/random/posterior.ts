import type { Fit } from '../models/fit.ts';
import { factorCholesky, invertPositiveDefinite } from '../optimise/cholesky.ts';
import { inLogs } from '../optimise/in-logs.ts';
import type { LogLikelihood } from '../optimise/log-likelihood.ts';
import { hessianByDifferences } from '../optimise/minimise.ts';
import { drawGamma, drawNormal } from './draw.ts';
import { seededRandom } from './random.ts';

export interface Posterior {
  /** Equally likely parameter sets, named as in the fit. */
  readonly draws: readonly Readonly<Record<string, number>>[];
  /** Effective share of the proposals: 1 where the posterior is what Laplace says, near 0 not. */
  readonly efficiency: number;
  /** False where the information is not positive definite: the only draw is then the estimate. */
  readonly isSpread: boolean;
}

/** Tails of the proposals: Student's t, so that no weight can run off. */
const DEGREES = 5;

/**
 * Draws of the parameters given the data, flat in their logarithms: Laplace's normal around the
 * estimate widened to a t, corrected by importance weights from the likelihood itself, resampled
 * (Gelman et al., Bayesian Data Analysis, 3rd ed., 10.4 and 13.3). `logLikelihood` may be that of
 * coarsened groups. Cost: 4 likelihoods a draw. Same seed, same draws.
 */
export function drawPosterior(
  fit: Pick<Fit, 'parameters' | 'information'>,
  {
    logLikelihood,
    countDraws,
    seed,
  }: { readonly logLikelihood: LogLikelihood; readonly countDraws: number; readonly seed: number },
): Posterior {
  const names = Object.keys(fit.parameters).filter((name) => name !== 'k');
  const estimate = names.map((name) => Math.log(fit.parameters[name]!));
  const covariance = fit.information === null ? null : invertPositiveDefinite(fit.information);
  const factor = covariance === null ? null : factorCholesky(covariance);
  if (factor === null) return unspread(fit.parameters);
  const random = seededRandom(seed);
  const gradient = new Float64Array(names.length);
  const proposals = Array.from({ length: 4 * countDraws }, () => {
    const normals = names.map(() => drawNormal(random));
    const stretch = Math.sqrt(DEGREES / (2 * drawGamma(DEGREES / 2, random)));
    const logs = estimate.map(
      (centre, i) => centre + stretch * normals.reduce((sum, z, j) => sum + factor[i]![j]! * z, 0),
    );
    const squared = stretch * stretch * normals.reduce((sum, z) => sum + z * z, 0);
    const logProposal = (-(DEGREES + names.length) / 2) * Math.log1p(squared / DEGREES);
    const parameters = Float64Array.from(logs, Math.exp);
    // so far out that a parameter under- or overflows, a proposal is no parameter set at all
    const isPossible = parameters.every((value) => value > 0 && Number.isFinite(value));
    const logWeight = isPossible ? logLikelihood(parameters, gradient) - logProposal : Number.NaN;
    return { logs, logWeight: Number.isFinite(logWeight) ? logWeight : Number.NEGATIVE_INFINITY };
  });
  const highest = proposals.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  if (highest === Number.NEGATIVE_INFINITY) return unspread(fit.parameters);
  const weights = proposals.map(({ logWeight }) => Math.exp(logWeight - highest));
  const sum = weights.reduce((total, w) => total + w, 0);
  const squares = weights.reduce((total, w) => total + w * w, 0);

  // Systematic resampling: evenly spaced points on the cumulative weights.
  const draws: Record<string, number>[] = [];
  const offset = random();
  let cumulative = 0;
  let i = -1;
  for (let draw = 0; draw < countDraws; draw++) {
    const target = ((draw + offset) / countDraws) * sum;
    while (cumulative < target && i < proposals.length - 1) {
      i += 1;
      cumulative += weights[i]!;
    }
    const drawn = Object.fromEntries(
      names.map((name, j) => [name, Math.exp(proposals[i]!.logs[j]!)]),
    );
    draws.push({ ...fit.parameters, ...drawn });
  }
  return { draws, efficiency: (sum * sum) / squares / proposals.length, isSpread: true };
}

function unspread(estimate: Fit['parameters']): Posterior {
  return { draws: [estimate], efficiency: 0, isSpread: false };
}

/** The observed information of an estimate in the logarithms of its parameters, k left out. */
export function informationAt(
  parameters: Fit['parameters'],
  logLikelihood: LogLikelihood,
): number[][] {
  const { k: _, ...estimated } = parameters;
  const logs = Float64Array.from(Object.values(estimated), Math.log);
  return hessianByDifferences(inLogs(logLikelihood, 1), logs);
}
