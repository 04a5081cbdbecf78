import { concaveEdge } from '../special/concave-edge.ts';

/**
 * G(t) = s ∫_t^∞ (α+τ)^{−(r+x)} (β+τ)^{−(s+1)} dτ ÷ [ (α+t)^{−(r+x)} (β+t)^{−s} ], in (0, 1):
 * of a customer seen to buy up to t and never again, the share of likelihood of having died just
 * then. All that is hard in the Pareto/NBD is this number; here with its derivatives.
 *
 * Fader & Hardie (2005, "A Note on Deriving the Pareto/NBD Model") write the integral with ₂F₁.
 * After Euler's transformation, with R = r+s+x, A = α+t, B = β+t, its series has positive terms:
 *   α ≥ β: G = s/R · Σₙ (r+x)ₙ/(R+1)ₙ zⁿ,        z = (α−β)/A
 *   α < β: G = s/R · A/B · Σₙ (s+1)ₙ/(R+1)ₙ zⁿ,  z = (β−α)/B
 * Domain: all parameters > 0, x, t ≥ 0. Relative error below 1e-12 (checked against mpmath).
 * Cost: some 40/(1−z) terms at most; where that is long, an integral of some 300 points.
 */
export interface ParetoHazard {
  value: number;
  byR: number;
  byAlpha: number;
  byS: number;
  byBeta: number;
}

/** A series whose ratio is still above this after 50 terms is left to the integral. */
const SLOWEST_RATIO = 0.96;
const MOST_TERMS = 3000;
const ENOUGH = 1e-17;

/** Writes G and its derivatives into `result`; `parameters` are r, α, s, β. */
export function paretoHazard(
  parameters: ArrayLike<number>,
  { frequency, time }: { frequency: number; time: number },
  result: ParetoHazard,
): void {
  const r = parameters[0]!;
  const alpha = parameters[1]!;
  const s = parameters[2]!;
  const beta = parameters[3]!;
  const shape = r + frequency;
  const total = shape + s;
  const a = alpha + time;
  const b = beta + time;
  const isAlphaLarger = alpha >= beta;
  const z = isAlphaLarger ? (a - b) / a : (b - a) / b;
  const rising = isAlphaLarger ? shape : s + 1;
  if (z * (rising + 50) > SLOWEST_RATIO * (total + 51)) {
    paretoHazardByQuadrature(parameters, { frequency, time }, result);
    return;
  }

  let term = 1;
  let sum = 1;
  let sumByRising = 0; // Σ term · Σ 1/(rising + i)
  let sumByTotal = 0; // Σ term · Σ 1/(R + 1 + i)
  let sumByOrder = 0; // Σ term · n
  let byRising = 0;
  let byTotal = 0;
  for (let n = 1; z > 0; n++) {
    const numerator = rising + n - 1;
    const reciprocal = 1 / (total + n);
    term *= numerator * reciprocal * z;
    byRising += 1 / numerator;
    byTotal += reciprocal;
    sum += term;
    sumByRising += term * byRising;
    sumByTotal += term * byTotal;
    sumByOrder += term * n;
    // The ratio of later terms stays below z; the derivative sums carry at most a factor n more.
    if (term * (n + 1) < ENOUGH * sum * (1 - z)) break;
    if (n === MOST_TERMS) {
      paretoHazardByQuadrature(parameters, { frequency, time }, result);
      return;
    }
  }
  const factor = (s / total) * (isAlphaLarger ? 1 : a / b);
  const value = factor * sum;
  // d ln factor: 1/s − 1/R by s, −1/R by r; the series through rising, R and z.
  const seriesByTotal = -factor * sumByTotal;
  const seriesByRising = factor * sumByRising;
  result.value = value;
  result.byR = -value / total + seriesByTotal + (isAlphaLarger ? seriesByRising : 0);
  result.byS = value / s - value / total + seriesByTotal + (isAlphaLarger ? 0 : seriesByRising);
  if (isAlphaLarger) {
    // z = 1 − b/a, and Σ n termₙ / z stays finite as z → 0
    const slope = z > 0 ? (factor * sumByOrder) / z : (factor * shape) / (total + 1);
    result.byAlpha = (slope * b) / (a * a);
    result.byBeta = -slope / a;
  } else {
    const slope = (factor * sumByOrder) / z;
    result.byAlpha = value / a - slope / b;
    result.byBeta = -value / b + (slope * a) / (b * b);
  }
}

const DEPTH = 39;
const WIDEST_STEP = 0.35;
const FEWEST_POINTS = 150;

/**
 * The same by trapezoids in v = ln(τ − t), where the integrand is log-concave and dies off
 * exponentially at both ends; to the left its sum goes on as a geometric series.
 */
export function paretoHazardByQuadrature(
  parameters: ArrayLike<number>,
  { frequency, time }: { frequency: number; time: number },
  result: ParetoHazard,
): void {
  const shape = parameters[0]! + frequency;
  const s = parameters[2]!;
  const a = parameters[1]! + time;
  const b = parameters[3]! + time;
  const height = (v: number): number =>
    v - shape * Math.log1p(Math.exp(v) / a) - (s + 1) * Math.log1p(Math.exp(v) / b);
  const peak = peakOf({ shape, s, a, b });
  const top = height(peak);
  const lowest = concaveEdge(height, { peak, side: -1, depth: DEPTH });
  const highest = concaveEdge(height, { peak, side: 1, depth: DEPTH });
  const points = Math.max(FEWEST_POINTS, Math.ceil((highest - lowest) / WIDEST_STEP));
  const step = (highest - lowest) / points;
  let sum = 0;
  let byShape = 0;
  let byS = 0;
  let byA = 0;
  let byB = 0;
  for (let k = 0; k <= points; k++) {
    const u = Math.exp(lowest + k * step);
    const logA = Math.log1p(u / a);
    const logB = Math.log1p(u / b);
    const weight = Math.exp(Math.log(u) - shape * logA - (s + 1) * logB - top);
    sum += weight;
    byShape -= weight * logA;
    byS -= weight * logB;
    byA += weight * (u / (a + u));
    byB += weight * (u / (b + u));
  }
  const scale = (s / b) * step * Math.exp(top);
  result.value = scale * sum;
  result.byR = scale * byShape;
  result.byS = result.value / s + scale * byS;
  result.byAlpha = (scale * shape * byA) / a;
  result.byBeta = -result.value / b + (scale * (s + 1) * byB) / b;
}

/** Where v − shape·ln(1+e^v/a) − (s+1)·ln(1+e^v/b) is highest: a quadratic in e^v. */
function peakOf({ shape, s, a, b }: { shape: number; s: number; a: number; b: number }): number {
  // 1 = shape·u/(a+u) + (s+1)·u/(b+u)  ⇔  (shape+s) u² + (shape·b + (s+1)·a − a − b) u − a b = 0
  const quadratic = shape + s;
  const linear = shape * b + (s + 1) * a - a - b;
  const root = Math.sqrt(linear * linear + 4 * quadratic * a * b);
  // written so that nothing cancels whichever the sign of the linear term
  const u = linear > 0 ? (2 * a * b) / (linear + root) : (root - linear) / (2 * quadratic);
  return Math.log(u);
}
