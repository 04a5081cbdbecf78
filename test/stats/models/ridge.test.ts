import { expect, test } from 'vitest';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import { isUsableFit } from '../../../lib/stats/models/fit.ts';
import { fitParetoNbd } from '../../../lib/stats/models/pareto-nbd.ts';
import { expectedOrders } from '../../../lib/stats/scoring/expected-orders.ts';
import { historiesAt, simulateShop } from '../../reference/simulate.ts';

/*
 * 600 customers who behave as a Pareto/NBD says, one acquisition day, seen for a year: in eight of twenty
 * of such shops the likelihood hardly changes when s and β grow together.
 */
const truth = { r: 1.4, alpha: 48, s: 0.56, beta: 47 };

test('fitParetoNbd() uses a fit on a ridge and names it, and further along nothing changes', () => {
  let ridges = 0;
  for (const seed of [3, 5, 9, 10, 11, 12, 16, 17]) {
    const shop = simulateShop({
      model: 'pareto_nbd',
      parameters: truth,
      countCustomers: 600,
      acquisitionWeeks: 0.1,
      weeks: 52,
      seed,
      isDaily: true,
    });
    const { groups } = historiesAt(shop, 52);
    const fit = fitParetoNbd(groups);
    expect(isUsableFit(fit), `seed ${seed}: ${fit.status}`).toBe(true);
    if (fit.status === 'converged') continue;
    ridges += 1;
    expect(JSON.stringify(fit.notes), `seed ${seed}`).toMatch(
      /"ridge","figures":{"parameters":".*s\+beta|same_dying_rate/,
    );
    const { r = 0, alpha = 0, s = 0, beta = 0 } = fit.parameters;
    const further = { r, alpha, s: 10 * s, beta: 10 * beta };
    const likelihood = countLikelihood(groups, { model: 'pareto_nbd' });
    const gained =
      likelihood(Float64Array.of(r, alpha, 10 * s, 10 * beta), new Float64Array(4)) -
      fit.logLikelihood!;
    expect(gained, `seed ${seed}`).toBeLessThan(1e-4);
    const total = (parameters: typeof further) =>
      expectedOrders(groups, { model: 'pareto_nbd', parameters, weeks: 52 }).reduce(
        (sum, orders) => sum + orders,
        0,
      );
    expect(total(further) / total({ r, alpha, s, beta })).toBeCloseTo(1, 2);
  }
  expect(ridges).toBe(8);
});
