import { concaveEdge } from './concave-edge.ts';

const DEPTH = 42;
const WIDEST_STEP = 0.25;

/**
 * e^w E_s(w) = ∫_0^∞ (1+y)^{−s} e^{−wy} dy, which is Ψ(1, 2−s; w) of Fader, Hardie & Lee (2005).
 * By trapezoids in ln y, where the integrand is log-concave and dies off at both ends.
 * Domain s ≥ 0, w > 0. Relative error below 1e-12. Cost: some 300 exponentials.
 */
export function exponentialIntegral(s: number, w: number): number {
  const height = (v: number): number => v - s * Math.log1p(Math.exp(v)) - w * Math.exp(v);
  // The slope 1 − s·y/(1+y) − w·y is 0 where w y² + (w + s − 1) y − 1 = 0.
  const linear = w + s - 1;
  const root = Math.sqrt(linear * linear + 4 * w);
  const peak = Math.log(linear > 0 ? 2 / (linear + root) : (root - linear) / (2 * w));
  const lowest = concaveEdge(height, { peak, side: -1, depth: DEPTH });
  const highest = concaveEdge(height, { peak, side: 1, depth: DEPTH });
  const points = Math.max(200, Math.ceil((highest - lowest) / WIDEST_STEP));
  const step = (highest - lowest) / points;
  let sum = 0;
  for (let k = 0; k <= points; k++) sum += Math.exp(height(lowest + k * step));
  return sum * step;
}
