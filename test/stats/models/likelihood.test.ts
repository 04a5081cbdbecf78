import { expect, test } from 'vitest';
import { groupsOf, relativeError } from '../single.ts';
import { likelihoodOf } from '../what-runs.ts';

// Source: golden/models.py, the story of each model averaged over the customers' rates by mpmath:
// model, k, r, α, a, b, x, t_x, T, log-likelihood.
test.each([
  ['bg_nbd', 1, 0.25, 4, 0.8, 2.5, 2, 30.43, 38.86, -9.437597616350775],
  ['bg_nbd', 1, 0.25, 4, 0.8, 2.5, 0, 0, 38.86, -0.5929111572313851],
  ['mbg_nbd', 1, 0.5, 6, 0.9, 1.6, 2, 30.43, 38.86, -9.51622312469835],
  ['mbg_nbd', 1, 0.5, 6, 0.9, 1.6, 0, 0, 38.86, -0.5207760760724295],
  ['bg_cnbd_k', 2, 0.6, 3, 0.8, 2.4, 5, 20, 39, -21.729870852912345],
  ['bg_cnbd_k', 3, 0.6, 3, 0.8, 2.4, 0, 0, 12, -0.385012598127661],
  ['mbg_cnbd_k', 3, 0.8, 3, 0.9, 2.5, 4, 21, 52, -23.43926300696635],
  ['mbg_cnbd_k', 4, 0.8, 3, 0.9, 2.5, 0, 0, 52, -0.7388262575096334],
] as const)('the log-likelihood of %s, k = %d, is that of its story: %d, %d, %d, %d', (...row) => {
  const [model, k, r, alpha, a, b, frequency, recency, age, truth] = row;
  const customer = groupsOf([{ frequency, recency, age }]);
  const { value } = likelihoodOf(model, { k, r, alpha, a, b }, customer);
  expect(relativeError(value, truth)).toBeLessThan(1e-12);
});
