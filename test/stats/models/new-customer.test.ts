import { describe, expect, test } from 'vitest';
import { COUNT_MODELS } from '../../../lib/stats/judging/back-test.ts';
import { expectedOrdersOfNew } from '../../../lib/stats/models/new-customer.ts';
import { expectedOrders } from '../../../lib/stats/scoring/expected-orders.ts';
import { simulateShop } from '../../reference/simulate.ts';
import { groupsOf, relativeError } from '../single.ts';

const parameters = { k: 2, r: 0.6, alpha: 5, a: 0.9, b: 2, s: 0.6, beta: 12 };
const newcomer = groupsOf([{ frequency: 0, recency: 0, age: 0 }]);

describe.each(COUNT_MODELS)('expectedOrdersOfNew() of %s', (model) => {
  test('is what is expected of a customer of age 0', () => {
    const [orders] = expectedOrders(newcomer, { model, parameters, weeks: 52 });
    expect(
      relativeError(expectedOrdersOfNew(model, { parameters, weeks: 52 }), orders!),
    ).toBeLessThan(1e-10);
  });

  test('is the mean of simulated customers', () => {
    const countCustomers = 40_000;
    const shop = simulateShop({
      model,
      parameters,
      countCustomers,
      acquisitionWeeks: 0,
      weeks: 52,
      seed: 21,
    });
    const counts = Array.from(
      { length: countCustomers },
      (_, i) => shop.start[i + 1]! - shop.start[i]!,
    );
    const average = counts.reduce((sum, n) => sum + n, 0) / countCustomers;
    const variance = counts.reduce((sum, n) => sum + (n - average) ** 2, 0) / countCustomers;
    const expected = expectedOrdersOfNew(model, { parameters, weeks: 52 });
    expect(Math.abs(average - expected)).toBeLessThan(4 * Math.sqrt(variance / countCustomers));
  });
});
