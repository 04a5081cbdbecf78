import { digammaRemainder, stirlingRemainder } from './stirling.ts';

/** Up to so many factors are multiplied out; beyond, Stirling's series is shorter. */
const FACTORS_MULTIPLIED = 32;
const NEAR_OVERFLOW = 1e280;

/**
 * ln (a)_n = ln Γ(a + n) − ln Γ(a) = Σ_{i<n} ln(a + i), for a > 0 and whole n ≥ 0.
 *
 * Taken as a difference of two ln Γ it would lose every digit for a large `a`, which is where a
 * likelihood goes when there is no heterogeneity to find. Relative error below 1e-14.
 */
export function logRisingFactorial(a: number, n: number): number {
  let logarithm = 0;
  let product = 1;
  let factor = a;
  const last = a + n;
  let factorsLeft = n;
  while (factorsLeft > 0 && (n <= FACTORS_MULTIPLIED || factor < 10)) {
    product *= factor;
    factor += 1;
    factorsLeft -= 1;
    if (product > NEAR_OVERFLOW) {
      logarithm += Math.log(product);
      product = 1;
    }
  }
  logarithm += Math.log(product);
  if (factorsLeft === 0) return logarithm;
  return (
    logarithm +
    (factor - 0.5) * Math.log1p(factorsLeft / factor) +
    factorsLeft * (Math.log(last) - 1) +
    stirlingRemainder(last) -
    stirlingRemainder(factor)
  );
}

/** d ln (a)_n / da = ψ(a + n) − ψ(a) = Σ_{i<n} 1/(a + i), for a > 0 and whole n ≥ 0. */
export function reciprocalSum(a: number, n: number): number {
  let sum = 0;
  let factor = a;
  let factorsLeft = n;
  while (factorsLeft > 0 && (n <= FACTORS_MULTIPLIED || factor < 10)) {
    sum += 1 / factor;
    factor += 1;
    factorsLeft -= 1;
  }
  if (factorsLeft === 0) return sum;
  return (
    sum + Math.log1p(factorsLeft / factor) + digammaRemainder(a + n) - digammaRemainder(factor)
  );
}
