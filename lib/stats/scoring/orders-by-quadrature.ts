import { concaveEdge } from '../special/concave-edge.ts';
import { softplus } from '../special/softplus.ts';
import type { AliveState } from './alive-state.ts';

/** The density is followed until it is e^−40 of its peak. */
const DEPTH = 40;
const FEWEST_POINTS = 400;
/** Trapezoids this wide resolve a function analytic for |Im u| < π/2 to e^{−π²/0.2}. */
const WIDEST_STEP = 0.2;

/** Given the chance p to stop: the expectation, and its limit where p is 0. */
interface GivenChance {
  readonly of: (p: number) => number;
  readonly withoutStopping: number;
}

/**
 * E[Y] or E[Y²] of the occasions of a customer who is there now (see `ordersWhileAlive`), k = 1, as
 * an integral over p, by trapezoids in u = ln(p/(1−p)), where the density of p dies off exponentially
 * at both ends and the rule converges geometrically whatever the parameters (Trefethen & Weideman
 * 2014). Costs some 10 to 100 µs; kept for where the series would be long, and as its independent
 * check. Relative error below 1e-10.
 */
export function ordersByQuadrature(
  { shape, rate, a, b }: AliveState,
  { weeks, moment }: { readonly weeks: number; readonly moment: 1 | 2 },
): number {
  const given = moment === 1 ? meanGiven : meanSquareGiven;
  const { of: occasions, withoutStopping } = given({ shape, rate, weeks });
  const logDensity = (u: number): number => -a * softplus(-u) - b * softplus(u);
  const peak = Math.log(a / b);
  const fall = (u: number): number => logDensity(u) - logDensity(peak);
  // Left of `flatLeft` occasions no longer depend on p, right of `flatRight` p is 1: there the
  // density is a pure exponential, and the trapezoids to infinity are a geometric series.
  const flatLeft = Math.min(peak, 0, Math.log(rate / (shape * weeks))) - DEPTH - Math.log1p(a + b);
  const flatRight = Math.max(peak, 0) + DEPTH + Math.log1p(a + b);
  const lowest = Math.max(flatLeft, concaveEdge(fall, { peak, side: -1, depth: DEPTH }));
  const highest = Math.min(flatRight, concaveEdge(fall, { peak, side: 1, depth: DEPTH }));
  const points = Math.max(FEWEST_POINTS, Math.ceil((highest - lowest) / WIDEST_STEP));
  const step = (highest - lowest) / points;

  const left = Math.exp(fall(lowest)) / Math.expm1(a * step);
  const right = Math.exp(fall(highest)) / Math.expm1(b * step);
  let mass = left + right;
  let orders = left * withoutStopping + right * occasions(1);
  for (let k = 0; k <= points; k++) {
    const u = lowest + k * step;
    const weight = Math.exp(fall(u));
    mass += weight;
    orders += weight * occasions(1 / (1 + Math.exp(-u)));
  }
  return orders / mass;
}

interface Purchases {
  readonly shape: number;
  readonly rate: number;
  readonly weeks: number;
}

/** (1 − g)/p with g = E[(1−p)^N] = (A/(A + p t))^R, N the purchases of one who never stops. */
function meanGiven({ shape, rate, weeks }: Purchases): GivenChance {
  return {
    of: (p) => -Math.expm1(-shape * Math.log1p((p * weeks) / rate)) / p,
    withoutStopping: (shape * weeks) / rate,
  };
}

/**
 * Σ (2i−1) (1−p)^{i−1} P(N ≥ i) = 2 h/p² + (2 g R z − (1 − g))/p with z = p t/(A + p t) and
 * h = P(M ≥ 2) of the stops M that one who goes on after each would meet, negative binomial with z.
 */
function meanSquareGiven({ shape, rate, weeks }: Purchases): GivenChance {
  const mean = (shape * weeks) / rate;
  return {
    of: (p) => {
      const s = (p * weeks) / rate;
      const z = s / (1 + s);
      const none = Math.exp(-shape * Math.log1p(s));
      const one = none * shape * z;
      const two = atLeastTwo({ shape, z, none });
      return (2 * two) / p / p + (2 * one + Math.expm1(-shape * Math.log1p(s))) / p;
    },
    withoutStopping: mean + (mean * mean * (shape + 1)) / shape,
  };
}

/** 1 − P(0) − P(1), added up from P(2) where the difference would cancel. */
function atLeastTwo({ shape, z, none }: { shape: number; z: number; none: number }): number {
  if (shape * z > 0.5) return 1 - none - none * shape * z;
  let term = none * shape * z;
  let sum = 0;
  for (let n = 2; ; n++) {
    term *= ((shape + n - 1) / n) * z;
    sum += term;
    if (!(term > 1e-17 * sum)) return sum;
  }
}
