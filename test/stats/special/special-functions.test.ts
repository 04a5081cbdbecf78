import { describe, expect, test } from 'vitest';
import { digamma } from '../../../lib/stats/special/digamma.ts';
import { logGamma } from '../../../lib/stats/special/log-gamma.ts';
import { logRisingFactorial, reciprocalSum } from '../../../lib/stats/special/rising-factorial.ts';

/** |found − true| relative to the larger of 1 and |true|. */
function errorOf(found: number, truth: number): number {
  return Math.abs(found - truth) / Math.max(1, Math.abs(truth));
}

// Source: golden/special_functions.py, mpmath 1.3.0 at 40 digits: x, loggamma(x), digamma(x).
const GAMMA_GOLDEN = [
  [1.0e-10, 23.025850929882736, -10000000000.577215],
  [0.001, 6.907178885383853, -1000.5755719318103],
  [0.25, 1.2880225246980774, -4.2274535333762655],
  [0.5, 0.5723649429247001, -1.9635100260214235],
  [1, 0, -0.5772156649015329],
  [1.5, -0.12078223763524522, 0.03648997397857652],
  [2, 0, 0.42278433509846713],
  [2.5, 0.2846828704729192, 0.7031566406452432],
  [9.99, 12.779315214350193, 2.250700372831201],
  [10, 12.80182748008147, 2.251752589066721],
  [33.3, 82.60372358165495, 3.490467238520243],
  [1000.5, 5908.674175848678, 6.907755320648796],
  [1e8, 1742068066.1038346, 18.420680738952363],
] as const;

// Source: golden/special_functions.py: a, n, loggamma(a+n) − loggamma(a), digamma(a+n) − digamma(a).
const RISING_GOLDEN = [
  [0.1, 0, 0, 0],
  [0.25, 1, -1.3862943611198906, 4],
  [0.25, 7, 5.764162926040462, 6.137907060260002],
  [2.5, 40, 115.61538759994161, 3.0345365958548505],
  [1e-6, 33, 67.74245295664515, 1000004.0584935813],
  [1234.5, 500, 3648.8628102544953, 0.3401699393701699],
  [1e7, 3, 48.35428725287493, 2.99999970000005e-7],
  [1e9, 1000, 20723.266336446246, 9.999995005003329e-7],
  [0.3, 100000, 1051290.0670522517, 15.015447687172529],
] as const;

describe('logGamma()', () => {
  test.each(GAMMA_GOLDEN)('agrees with mpmath at %d', (x, truth) => {
    expect(errorOf(logGamma(x), truth)).toBeLessThan(1e-14);
  });
  test('is NaN outside its domain', () => {
    expect(logGamma(0)).toBeNaN();
    expect(logGamma(-1.5)).toBeNaN();
  });
});

describe('digamma()', () => {
  test.each(GAMMA_GOLDEN)('agrees with mpmath at %d', (x, _, truth) => {
    expect(errorOf(digamma(x), truth)).toBeLessThan(1e-14);
  });
});

describe('logRisingFactorial() and reciprocalSum()', () => {
  test.each(RISING_GOLDEN)('agree with mpmath at a = %d, n = %d', (a, n, logarithm, sum) => {
    expect(errorOf(logRisingFactorial(a, n), logarithm)).toBeLessThan(1e-14);
    // relative, not absolute: a large `a` makes the sum tiny and must not lose its digits
    expect(Math.abs(reciprocalSum(a, n) - sum)).toBeLessThanOrEqual(1e-13 * sum);
  });
});
