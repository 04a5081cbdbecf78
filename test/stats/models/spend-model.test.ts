import { expect, test } from 'vitest';
import { failedFit } from '../../../lib/stats/models/fit.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../../lib/stats/models/gamma-gamma.ts';
import { spendModelOf } from '../../../lib/stats/models/spend-model.ts';

test('spendModelOf() a fit at a limit is the own mean, that of all weighing as one more occasion', () => {
  const failed = failedFit('gamma_gamma', {
    status: 'no_customers',
    note: { code: 'no_customers' },
    countCustomers: 0,
  });
  const model = spendModelOf(failed, 40)!;
  expect(gammaGammaExpectedSpend(model, { frequency: 0, meanSpend: 0 })).toBeCloseTo(40, 12);
  // (1 · 40 + 3 · 100) / 4
  expect(gammaGammaExpectedSpend(model, { frequency: 3, meanSpend: 100 })).toBeCloseTo(85, 12);
  expect(spendModelOf(failed, 0)).toBeNull();
});

test('spendModelOf() an infinite mean ranks by what customers spent', () => {
  // means over five powers of ten, each of one occasion: q ends at or below 1
  const means = Array.from({ length: 200 }, (_, i) => 10 ** (-2 + (i % 100) / 14));
  const fit = fitGammaGamma({
    frequency: new Float64Array(200).fill(1),
    meanSpend: Float64Array.from(means),
    count: new Float64Array(200).fill(1),
  });
  expect(fit.status).not.toBe('converged');
  const model = spendModelOf(fit, 1000)!;
  const of = (meanSpend: number) => gammaGammaExpectedSpend(model, { frequency: 1, meanSpend });
  expect(of(10)).toBeLessThan(of(1000));
  expect(of(10)).toBeCloseTo(505, 9);
});
