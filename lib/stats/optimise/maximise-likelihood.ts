import type { Fit, FitStatus, ModelName } from '../models/fit.ts';
import type { Note } from '../note.ts';
import { invertPositiveDefinite } from './cholesky.ts';
import { inLogs } from './in-logs.ts';
import type { LogLikelihood } from './log-likelihood.ts';
import {
  type Box,
  chordSteps,
  freeVariables,
  hessianByDifferences,
  type Minimum,
  minimise,
  type SmoothFunction,
} from './minimise.ts';

export interface LikelihoodProblem {
  readonly model: ModelName;
  readonly names: readonly string[];
  readonly logLikelihood: LogLikelihood;
  /** The same over fewer groups, to take the curvature at the maximum from. */
  readonly mediumLogLikelihood: LogLikelihood;
  /** The same over few groups, to find the neighbourhood of the maximum with. */
  readonly coarseLogLikelihood: LogLikelihood;
  readonly countCustomers: number;
  /** Several points to start from; the unit of time or money is already in them. */
  readonly starts: readonly (readonly number[])[];
  /** Typical size of each parameter: the box reaches e^9 (8,100) times above and below. */
  readonly scale: readonly number[];
  /** Names the limit of the model where a solution stands far out; null where it does not. */
  readonly nameLimit: (parameters: readonly number[]) => NamedLimit | null;
}

export interface NamedLimit {
  readonly status: FitStatus;
  readonly note: Note;
}

/** Stated convergence test: |∂ log-likelihood / ∂ ln parameter| per customer at most this. */
const GRADIENT_TOLERANCE = 1e-7;
/** Beyond e^8 times its typical size a parameter says "without limit": see `nameLimit`. */
export const FAR = Math.exp(8);
const LOG_BOX = 9;
/** Where the polish stops: the maximum to some ten digits. */
const POLISHED_GRADIENT = 1e-11;
/** A standard error of ln(parameter) above this says the data hardly speak of it. */
const WEAK_STANDARD_ERROR = 2;

/**
 * Maximum likelihood in the logarithms of the parameters, from several starts, with a Newton
 * polish and standard errors from the observed information (Hessian of the log-likelihood).
 * Never throws and never returns NaN: `status` says how it ended.
 */
export function maximiseLikelihood(problem: LikelihoodProblem): Fit {
  const { model, names, countCustomers, scale } = problem;
  const objective = inLogs(problem.logLikelihood, countCustomers);
  const box = {
    lower: Float64Array.from(scale, (s) => Math.log(s) - LOG_BOX),
    upper: Float64Array.from(scale, (s) => Math.log(s) + LOG_BOX),
  };
  const { best, hessian } = findMinimum(problem, { objective, box });
  if (!Number.isFinite(best.value)) {
    return {
      model,
      parameters: {},
      standardErrors: {},
      logLikelihood: null,
      countCustomers,
      status: 'not_converged',
      gradientNorm: null,
      information: null,
      iterations: best.iterations,
      notes: [{ code: 'no_likelihood' }],
    };
  }

  const parameters = Array.from(best.point, Math.exp);
  const information = hessian.map((row) => row.map((v) => v * countCustomers));
  const errorsOfLogs = standardErrorsOfLogs(best, { information, box });
  const notes: Note[] = [];
  let status: FitStatus = 'converged';
  // A likelihood that rises for ever does not converge either: the limit is the better name.
  const limit = problem.nameLimit(parameters) ?? nameBound(names, best.point, box);
  if (limit !== null) {
    status = limit.status;
    notes.push(limit.note);
  } else if (!best.isConverged) {
    status = 'not_converged';
    notes.push({
      code: 'gradient_too_large',
      figures: { found: best.gradientNorm.toExponential(1), required: GRADIENT_TOLERANCE },
    });
  } else {
    names.forEach((name, i) => {
      const error = errorsOfLogs[i] ?? null;
      if (error === null || error > WEAK_STANDARD_ERROR) {
        notes.push({ code: 'weak_parameter', figures: { parameter: name } });
      }
    });
  }
  return {
    model,
    parameters: named(names, parameters),
    standardErrors: named(
      names,
      parameters.map((v, i) => (errorsOfLogs[i] === null ? null : v * errorsOfLogs[i]!)),
    ),
    logLikelihood: -best.value * countCustomers,
    countCustomers,
    status,
    gradientNorm: best.gradientNorm,
    information,
    iterations: best.iterations,
    notes,
  };
}

const ITERATIONS_OF_START = 60;
const ITERATIONS_OF_WALK = 50;
const ITERATIONS_AT_LIMIT = 8;

type Matrix = readonly (readonly number[])[];

/**
 * Ever more groups, ever fewer evaluations: the neighbourhood of the maximum on the coarse
 * likelihood, the maximum and its curvature on the medium one, and from there Newton steps on the
 * full one, to where rounding ends them. Where they do not get there, the full one is walked too.
 */
function findMinimum(
  problem: LikelihoodProblem,
  { objective, box }: { objective: SmoothFunction; box: Box },
): { readonly best: Minimum; readonly hessian: Matrix } {
  const coarse = inLogs(problem.coarseLogLikelihood, problem.countCustomers);
  const medium = inLogs(problem.mediumLogLikelihood, problem.countCustomers);
  const near = bestOfStarts(problem, { coarse, box });
  // On the ridge towards a limit steps gain nothing: the limit is named, not approached.
  const isAtLimit = problem.nameLimit(Array.from(near.point, Math.exp)) !== null;
  const maxIterations = isAtLimit ? ITERATIONS_AT_LIMIT : ITERATIONS_OF_WALK;

  const closer = walk(medium, {
    from: near,
    hessian: hessianByDifferences(coarse, near.point),
    box,
    maxIterations,
  });
  const hessian = hessianByDifferences(medium, closer.point);
  const polished = polish(objective, { from: closer, hessian, box });
  if (polished.isConverged || problem.mediumLogLikelihood === problem.logLikelihood) {
    return { best: polished, hessian };
  }
  const walked = walk(objective, { from: polished, hessian, box, maxIterations });
  const ownHessian = hessianByDifferences(objective, walked.point);
  return {
    best: polish(objective, { from: walked, hessian: ownHessian, box }),
    hessian: ownHessian,
  };
}

/**
 * The likelihoods of this family have one inner maximum but long flat ridges, where a single start
 * can stop early: every start is walked, the best of them to its end. Ties go to the earlier start.
 */
function bestOfStarts(
  { starts }: LikelihoodProblem,
  { coarse, box }: { coarse: SmoothFunction; box: Box },
): Minimum {
  let best: Minimum | null = null;
  let iterations = 0;
  for (const start of starts) {
    const found = minimise(coarse, {
      start: Float64Array.from(start, Math.log),
      box,
      tolerance: 1e-4,
      maxIterations: ITERATIONS_OF_START,
    });
    iterations += found.iterations;
    if (best === null || found.value < best.value - 1e-9 * Math.abs(best.value)) best = found;
  }
  const near = minimise(coarse, { start: best!.point, box, tolerance: 1e-6 });
  return { ...near, iterations: iterations + near.iterations };
}

/** To the tolerance: by a curvature from nearby, an evaluation a step, and else without one. */
function walk(
  objective: SmoothFunction,
  {
    from,
    hessian,
    box,
    maxIterations,
  }: { from: Minimum; hessian: Matrix; box: Box; maxIterations: number },
): Minimum {
  const closer = chordSteps(objective, {
    start: from.point,
    hessian,
    box,
    tolerance: GRADIENT_TOLERANCE,
  });
  const iterations = from.iterations + closer.iterations;
  if (closer.isConverged) return { ...closer, iterations };
  const walked = minimise(objective, {
    start: closer.point,
    box,
    tolerance: GRADIENT_TOLERANCE,
    maxIterations,
  });
  return { ...walked, iterations: iterations + walked.iterations };
}

/** Newton steps to where rounding ends them. */
function polish(
  objective: SmoothFunction,
  { from, hessian, box }: { from: Minimum; hessian: Matrix; box: Box },
): Minimum {
  const polished = chordSteps(objective, {
    start: from.point,
    hessian,
    box,
    tolerance: POLISHED_GRADIENT,
  });
  return {
    ...polished,
    iterations: from.iterations + polished.iterations,
    isConverged: polished.gradientNorm <= GRADIENT_TOLERANCE,
  };
}

/** From the inverse information of the parameters that are not held at a bound; null for those. */
function standardErrorsOfLogs(
  { point, gradient }: Minimum,
  { information, box }: { information: readonly (readonly number[])[]; box: Box },
): (number | null)[] {
  const free = freeVariables(point, gradient, box);
  const covariance = invertPositiveDefinite(free.map((i) => free.map((j) => information[i]![j]!)));
  return Array.from(point, (_, i) => {
    const k = free.indexOf(i);
    return covariance === null || k < 0 ? null : Math.sqrt(covariance[k]![k]!);
  });
}

function nameBound(names: readonly string[], point: Float64Array, box: Box): NamedLimit | null {
  const atBound = names.filter((_, i) => point[i]! <= box.lower[i]! || point[i]! >= box.upper[i]!);
  if (atBound.length === 0) return null;
  return {
    status: 'at_bound',
    note: { code: 'bound_of_search', figures: { parameters: atBound.join('+') } },
  };
}

function named<T>(names: readonly string[], values: readonly T[]): Record<string, T> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}
