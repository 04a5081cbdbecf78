import { expect } from 'vitest';

/** Fails where a gradient differs from central differences of the value by more than 1e-5. */
export function expectGradient(
  evaluate: (parameters: readonly number[]) => { value: number; gradient: Float64Array },
  at: readonly number[],
): void {
  const { value, gradient } = evaluate(at);
  for (let i = 0; i < at.length; i++) {
    const h = 1e-5 * at[i]!;
    const shifted = (by: number) => evaluate(at.map((v, j) => (i === j ? v + by : v))).value;
    const slope = (shifted(h) - shifted(-h)) / (2 * h);
    // The two values are known to some 1e-15 of their size: that, divided by the step, is noise.
    const noise = (1e-14 * Math.max(1, Math.abs(value))) / h;
    const size = Math.max(Math.abs(slope), 1e-3 / at[i]!);
    expect(Math.abs(gradient[i]! - slope), `derivative ${i}`).toBeLessThan(1e-5 * size + noise);
  }
}
