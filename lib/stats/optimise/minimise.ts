import { factorCholesky, solveCholesky } from './cholesky.ts';

/** A smooth function of a few variables; writes its gradient into `gradient`, returns its value. */
export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => number;

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Largest component of the gradient, those pressing against a bound left out. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** gradientNorm ≤ tolerance. */
  readonly isConverged: boolean;
}

const SUFFICIENT_DECREASE = 1e-4;
const LONGEST_STEP = 2;
/** So many steps that together gain less than this share of the value are a walk along a ridge. */
const STEPS_WATCHED = 10;
const LEAST_GAIN = 1e-10;

/**
 * Minimises a smooth function over a box: BFGS on the variables that are free, projected on the
 * box (Bertsekas 1982; Nocedal & Wright 2006, ch. 6 and 16.7), with Armijo backtracking. Variables
 * are meant to be logarithms: no step is longer than 2, so that no trial leaps into overflow.
 *
 * Cost: 1 to 3 evaluations an iteration, some 15 to 40 iterations for four parameters.
 */
export function minimise(
  evaluate: SmoothFunction,
  {
    start,
    box,
    tolerance,
    maxIterations = 200,
  }: { start: Float64Array; box: Box; tolerance: number; maxIterations?: number },
): Minimum {
  const size = start.length;
  let point = clampToBox(Float64Array.from(start), box);
  let gradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  let inverseHessian = identity(size);
  let iterations = 0;
  let isFresh = true;
  let watchedValue = value;

  while (iterations < maxIterations) {
    const free = freeVariables(point, gradient, box);
    if (!(normOver(gradient, free) > tolerance)) break;
    if (iterations > 0 && iterations % STEPS_WATCHED === 0) {
      if (watchedValue - value < LEAST_GAIN * Math.abs(value)) break;
      watchedValue = value;
    }
    iterations += 1;

    let direction = descentDirection(inverseHessian, gradient, free);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverseHessian = identity(size);
      isFresh = true;
      direction = descentDirection(inverseHessian, gradient, free);
      slope = dot(direction, gradient);
    }
    let step = Math.min(1, LONGEST_STEP / maxAbsolute(direction));
    const trialGradient = new Float64Array(size);
    let trial = point;
    let trialValue = Number.NaN;
    let isAccepted = false;
    for (let attempt = 0; attempt < 40; attempt++) {
      trial = clampToBox(
        point.map((v, i) => v + step * direction[i]!),
        box,
      );
      trialValue = evaluate(trial, trialGradient);
      const moved = trial.map((v, i) => v - point[i]!);
      if (trialValue <= value + SUFFICIENT_DECREASE * dot(moved, gradient)) {
        isAccepted = true;
        break;
      }
      step *= 0.4;
    }
    if (!isAccepted) {
      // Rounding hides any further descent along this direction: try the gradient, then stop.
      if (isFresh) break;
      inverseHessian = identity(size);
      isFresh = true;
      continue;
    }
    const moved = trial.map((v, i) => v - point[i]!);
    const change = trialGradient.map((v, i) => v - gradient[i]!);
    if (isFresh) scaleIdentity(inverseHessian, moved, change);
    updateInverse(inverseHessian, moved, change);
    isFresh = false;
    point = trial;
    gradient = trialGradient;
    value = trialValue;
  }
  const gradientNorm = normOver(gradient, freeVariables(point, gradient, box));
  return {
    point,
    value,
    gradient,
    gradientNorm,
    iterations,
    isConverged: gradientNorm <= tolerance,
  };
}

/**
 * Newton steps with one fixed Hessian (of the free variables, from nearby or from coarser data),
 * one evaluation each, kept while the gradient at least halves: below the rounding of the value
 * only the gradient can tell better from worse.
 */
export function chordSteps(
  evaluate: SmoothFunction,
  {
    start,
    hessian,
    box,
    tolerance,
  }: {
    start: Float64Array;
    hessian: readonly (readonly number[])[];
    box: Box;
    tolerance: number;
  },
): Minimum {
  let gradient = new Float64Array(start.length);
  let point = start;
  let value = evaluate(point, gradient);
  let gradientNorm = normOver(gradient, freeVariables(point, gradient, box));
  let iterations = 0;
  while (gradientNorm > tolerance && iterations < 20) {
    const free = freeVariables(point, gradient, box);
    const factor = factorCholesky(free.map((i) => free.map((j) => hessian[i]![j]!)));
    if (factor === null) break;
    const slopes = gradient;
    const step = solveCholesky(
      factor,
      free.map((i) => -slopes[i]!),
    );
    const trial = Float64Array.from(point);
    free.forEach((i, k) => {
      trial[i]! += Math.max(-1, Math.min(1, step[k]!));
    });
    clampToBox(trial, box);
    const trialGradient = new Float64Array(start.length);
    const trialValue = evaluate(trial, trialGradient);
    const trialNorm = normOver(trialGradient, freeVariables(trial, trialGradient, box));
    if (!(trialNorm < 0.5 * gradientNorm) || trialValue > value + 1e-12 * Math.abs(value)) break;
    point = trial;
    gradient = trialGradient;
    value = trialValue;
    gradientNorm = trialNorm;
    iterations += 1;
  }
  return {
    point,
    value,
    gradient,
    gradientNorm,
    iterations,
    isConverged: gradientNorm <= tolerance,
  };
}

/** Central differences of an exact gradient; error some 1e-9. */
export function hessianByDifferences(evaluate: SmoothFunction, point: Float64Array): number[][] {
  const step = 1e-4;
  const above = new Float64Array(point.length);
  const below = new Float64Array(point.length);
  const rows = Array.from(point, (_, i) => {
    const shifted = Float64Array.from(point);
    shifted[i] = point[i]! + step;
    evaluate(shifted, above);
    shifted[i] = point[i]! - step;
    evaluate(shifted, below);
    return Array.from(point, (_, j) => (above[j]! - below[j]!) / (2 * step));
  });
  return rows.map((row, i) => row.map((v, j) => (v + rows[j]![i]!) / 2));
}

/** Variables that are inside the box, or at a bound with the descent pointing inwards. */
export function freeVariables(point: Float64Array, gradient: Float64Array, box: Box): number[] {
  const free: number[] = [];
  for (let i = 0; i < point.length; i++) {
    const isHeldBelow = point[i]! <= box.lower[i]! && gradient[i]! > 0;
    const isHeldAbove = point[i]! >= box.upper[i]! && gradient[i]! < 0;
    if (!isHeldBelow && !isHeldAbove) free.push(i);
  }
  return free;
}

/** Moves what is outside the box to its bound, in place. */
export function clampToBox(point: Float64Array, { lower, upper }: Box): Float64Array {
  for (let i = 0; i < point.length; i++) {
    point[i] = Math.min(upper[i]!, Math.max(lower[i]!, point[i]!));
  }
  return point;
}

function descentDirection(
  inverseHessian: readonly Float64Array[],
  gradient: Float64Array,
  free: readonly number[],
): Float64Array {
  const direction = new Float64Array(gradient.length);
  for (const i of free) {
    for (const j of free) direction[i]! -= inverseHessian[i]![j]! * gradient[j]!;
  }
  return direction;
}

/** Nocedal & Wright (6.20): the first step's curvature is the best guess of the scale. */
function scaleIdentity(
  inverse: readonly Float64Array[],
  moved: Float64Array,
  change: Float64Array,
): void {
  const curvature = dot(moved, change);
  const scale = curvature > 0 ? curvature / dot(change, change) : 1;
  inverse.forEach((row, i) => {
    row.fill(0);
    row[i] = scale;
  });
}

/** Nocedal & Wright (6.17); skipped where the curvature along the step is not positive. */
function updateInverse(
  inverse: readonly Float64Array[],
  moved: Float64Array,
  change: Float64Array,
): void {
  const curvature = dot(moved, change);
  if (!(curvature > 1e-12 * Math.sqrt(dot(moved, moved) * dot(change, change)))) return;
  const product = moved.map((_, i) => dot(inverse[i]!, change));
  const factor = 1 + dot(change, product) / curvature;
  for (let i = 0; i < moved.length; i++) {
    for (let j = 0; j < moved.length; j++) {
      inverse[i]![j]! +=
        (factor * moved[i]! * moved[j]! - product[i]! * moved[j]! - moved[i]! * product[j]!) /
        curvature;
    }
  }
}

function identity(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size);
    row[i] = 1;
    return row;
  });
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

function maxAbsolute(values: Float64Array): number {
  let largest = 0;
  for (const v of values) largest = Math.max(largest, Math.abs(v));
  return largest;
}

function normOver(gradient: Float64Array, free: readonly number[]): number {
  let largest = 0;
  for (const i of free) largest = Math.max(largest, Math.abs(gradient[i]!));
  return largest;
}
