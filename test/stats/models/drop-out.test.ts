import { describe, expect, test } from 'vitest';
import { fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import { DROP_OUT_PRIOR, dropOutOf } from '../../../lib/stats/models/drop-out.ts';
import { isUsableFit } from '../../../lib/stats/models/fit.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';
import { expectGradient } from '../gradient.ts';

const shop = simulateShop({
  model: 'mbg_nbd',
  parameters: { r: 0.6, alpha: 6, a: 0.7, b: 2.2 },
  countCustomers: 300,
  acquisitionWeeks: 40,
  weeks: 52,
  seed: 3,
});
const { groups } = historiesAt(shop, 52);

describe.each([
  ['mbg_nbd', [0.6, 6, 0.7, 2.2]],
  ['bg_cnbd_k', [0.6, 6, 0.2, 5]],
  ['pareto_nbd', [0.6, 6, 0.7, 30]],
] as const)('the penalised likelihood of %s', (model, at) => {
  const plain = countLikelihood(groups, { model });
  const penalised = countLikelihood(groups, { model, prior: DROP_OUT_PRIOR });
  const value = (of: typeof plain, point: readonly number[]) =>
    of(Float64Array.from(point), new Float64Array(4));

  test('is less by half the squared distances of its logarithms from what is expected', () => {
    const [r, alpha, a, b] = at;
    const isPareto = model === 'pareto_nbd';
    const deaths = (a * alpha) / (b * r);
    const chance = isPareto ? deaths / (1 + deaths) : a / (a + b);
    const likeness = isPareto ? (Math.log(a) + 0.4) / 1 : (Math.log(a + b) - 1.2) / 1;
    const penalty = ((Math.log(chance) + 1.7) ** 2 + likeness ** 2) / 2;
    expect(value(plain, at) - value(penalised, at)).toBeCloseTo(penalty, 9);
  });

  test('has the gradient of its differences', () => {
    expectGradient((point) => {
      const gradient = new Float64Array(4);
      return { value: penalised(Float64Array.from(point), gradient), gradient };
    }, at);
  });
});

test('a fit without a drop-out to see is drawn to what is expected of it, a plain one runs off', () => {
  // regular buyers of one season, none of whom ever leaves
  const never = simulateShop({
    model: 'bg_nbd',
    parameters: { r: 5, alpha: 12, a: 0.0001, b: 30 },
    countCustomers: 600,
    acquisitionWeeks: 5,
    weeks: 40,
    seed: 5,
  });
  const known = {
    groups: historiesAt(never, 40).groups,
    intervals: intervalsAt(never, 40),
  };
  for (const model of ['mbg_nbd', 'pareto_nbd'] as const) {
    const plain = fitCountModel(model, known);
    const penalised = fitCountModel(model, { ...known, prior: DROP_OUT_PRIOR });
    expect(isUsableFit(penalised)).toBe(true);
    const [before, after] = [plain, penalised].map(({ parameters }) =>
      dropOutOf(model, parameters),
    );
    expect(after).toBeGreaterThan(before!);
    expect(after).toBeGreaterThan(1e-4);
    expect(after).toBeLessThan(0.1);
  }
});
