import { concaveEdge } from './concave-edge.ts';
import type { AliveState } from './orders-while-alive.ts';
import { softplus } from './softplus.ts';

/** The density is followed until it is e^−40 of its peak. */
const DEPTH = 40;
const FEWEST_POINTS = 400;
/** Trapezoids this wide resolve a function analytic for |Im u| < π/2 to e^{−π²/0.2}. */
const WIDEST_STEP = 0.2;

/**
 * Expected occasions of a customer who is there now (see `ordersWhileAlive`) as the integral over
 * p of (1 − (A/(A + p t))^R) / p, by trapezoids in u = ln(p/(1−p)), where the density of p dies
 * off exponentially at both ends and the rule converges geometrically whatever the parameters
 * (Trefethen & Weideman 2014). Costs some 10 to 100 µs; kept for where the series would be long,
 * and as its independent check. Relative error below 1e-10.
 */
export function ordersByQuadrature({ shape, rate, a, b }: AliveState, weeks: number): number {
  const occasions = (p: number): number => -Math.expm1(-shape * Math.log1p((p * weeks) / rate)) / p;
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
  let orders = left * ((shape * weeks) / rate) + right * occasions(1);
  for (let k = 0; k <= points; k++) {
    const u = lowest + k * step;
    const weight = Math.exp(fall(u));
    mass += weight;
    orders += weight * occasions(1 / (1 + Math.exp(-u)));
  }
  return orders / mass;
}
