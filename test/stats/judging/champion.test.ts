import { describe, expect, test } from 'vitest';
import type { BackTestRow } from '../../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../../lib/stats/judging/back-test-plan.ts';
import { chooseChampion } from '../../../lib/stats/judging/champion.ts';
import type { CountModel } from '../../../lib/stats/models/fit.ts';

/** A back-test that found these errors, and biases of the total. */
function cutWith(
  found: Partial<Record<CountModel, { rmse: number; bias?: number }>>,
): BackTestRow[] {
  return Object.entries(found).map(([model, { rmse, bias = 0 }]) => ({
    model: model as CountModel,
    fit: null,
    forecast: null,
    quality: {
      countCustomers: 100,
      actualTotal: 100,
      forecastTotal: 100 * (1 + bias),
      bias,
      meanAbsoluteError: 1,
      rmse,
      gini: 0.5,
      top10Capture: 0.4,
      top20Capture: 0.6,
    },
  }));
}

const all = new Set<CountModel>(['mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k', 'bg_nbd', 'bg_cnbd_k']);

describe('chooseChampion()', () => {
  test('keeps the incumbent where nothing is better by 1 %', () => {
    const cuts = [
      cutWith({ mbg_nbd: { rmse: 1 }, pareto_nbd: { rmse: 0.991 }, mbg_cnbd_k: { rmse: 1 } }),
    ];
    expect(chooseChampion({ cuts, usable: all }).champion).toBe('mbg_nbd');
    const after = chooseChampion({ cuts, usable: all, incumbent: 'mbg_cnbd_k' });
    expect(after.champion).toBe('mbg_cnbd_k');
  });

  test('takes the challenger that is better by 1 % over the cuts together', () => {
    const cuts = [
      cutWith({ mbg_nbd: { rmse: 1 }, pareto_nbd: { rmse: 0.97 }, mbg_cnbd_k: { rmse: 0.99 } }),
      cutWith({ mbg_nbd: { rmse: 2 }, pareto_nbd: { rmse: 2.01 }, mbg_cnbd_k: { rmse: 2 } }),
    ];
    const choice = chooseChampion({ cuts, usable: all });
    expect(choice.champion).toBe('pareto_nbd');
    // sqrt(0.97 / 1 × 2.01 / 2) = 0.98734
    expect(choice.reason).toEqual({
      code: 'less_error',
      figures: { best: 'pareto_nbd', percent: '1.3', incumbent: 'mbg_nbd' },
    });
  });

  test('never takes BG/NBD, whatever its error', () => {
    const cuts = [
      cutWith({ mbg_nbd: { rmse: 1 }, bg_nbd: { rmse: 0.5 }, bg_cnbd_k: { rmse: 0.5 } }),
    ];
    expect(chooseChampion({ cuts, usable: all }).champion).toBe('mbg_nbd');
  });

  test('passes over a model whose total is more than 10 points further out', () => {
    const found = { mbg_nbd: { rmse: 1, bias: -0.05 }, pareto_nbd: { rmse: 0.9, bias: 0.16 } };
    expect(chooseChampion({ cuts: [cutWith(found)], usable: all }).champion).toBe('mbg_nbd');
    found.pareto_nbd.bias = 0.14;
    expect(chooseChampion({ cuts: [cutWith(found)], usable: all }).champion).toBe('pareto_nbd');
  });

  test('replaces an incumbent whose fit is no longer usable', () => {
    const cuts = [
      cutWith({ mbg_nbd: { rmse: 1 }, pareto_nbd: { rmse: 1.2 }, mbg_cnbd_k: { rmse: 1.1 } }),
    ];
    const usable = new Set<CountModel>(['pareto_nbd', 'mbg_cnbd_k']);
    expect(chooseChampion({ cuts, usable }).champion).toBe('mbg_cnbd_k');
  });

  test('without a cut keeps the incumbent, else takes the first usable, else none', () => {
    expect(chooseChampion({ cuts: [], usable: all, incumbent: 'pareto_nbd' }).champion).toBe(
      'pareto_nbd',
    );
    expect(chooseChampion({ cuts: [], usable: new Set(['mbg_cnbd_k']) }).champion).toBe(
      'mbg_cnbd_k',
    );
    expect(chooseChampion({ cuts: [], usable: new Set() }).champion).toBeNull();
  });
});

describe('planBackTest()', () => {
  test.each([
    [179, null],
    [180, { horizonDays: 60, cutsDaysAgo: [60, 90, 120] }],
    [273, { horizonDays: 90, cutsDaysAgo: [90, 135, 180] }],
    [1094, { horizonDays: 180, cutsDaysAgo: [180, 270, 360] }],
    [1095, { horizonDays: 365, cutsDaysAgo: [365, 548, 730] }],
  ])('with %d days of history', (days, plan) => {
    expect(planBackTest(days)).toEqual(plan);
  });
});
