import { describe, expect, test } from 'vitest';
import { orderQuantile } from '../../lib/stats/intervals/order-interval.ts';
import { scoreSpread } from '../../lib/stats/intervals/score-spread.ts';
import { forecastOfAll } from '../../lib/stats/intervals/total-forecast.ts';
import { COUNT_MODELS, fitCountModel } from '../../lib/stats/judging/back-test.ts';
import type { CountGroups, SpendGroups } from '../../lib/stats/models/counts.ts';
import { type Fit, isUsableFit } from '../../lib/stats/models/fit.ts';
import {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaExpectedSpend,
} from '../../lib/stats/models/gamma-gamma.ts';
import { scoreCounts } from '../../lib/stats/scoring/score.ts';
import { historiesAt, type ShopToSimulate, simulateShop } from '../reference/simulate.ts';

/** Rows are x, t_x, T, customers. */
function groupsFrom(rows: readonly (readonly number[])[]): CountGroups {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k] ?? 1);
  return { frequency: column(0), recency: column(1), age: column(2), count: column(3) };
}

function simulated(shop: Partial<ShopToSimulate> & Pick<ShopToSimulate, 'parameters'>) {
  const whole = { acquisitionWeeks: 50, weeks: 100, countCustomers: 500, seed: 1, ...shop };
  return historiesAt(simulateShop({ model: 'mbg_nbd', ...whole }), whole.weeks).groups;
}

const DAY = 1 / 7;
const CORPUS: Readonly<Record<string, { groups: CountGroups; statuses: readonly string[] }>> = {
  'no customer': { groups: groupsFrom([]), statuses: ['no_customers'] },
  'one customer': {
    groups: groupsFrom([[3, 10, 20]]),
    statuses: ['no_dropout_seen', 'no_heterogeneity', 'everyone_lost', 'at_bound'],
  },
  'all one-time buyers': {
    groups: groupsFrom([
      [0, 0, 20, 500],
      [0, 0, 30, 100],
    ]),
    statuses: ['no_repeat_orders'],
  },
  'nobody ever lost': {
    groups: simulated({ parameters: { r: 1, alpha: 5, a: 1e-9, b: 1 } }),
    // chance silences can look like a little drop-out
    statuses: ['no_dropout_seen', 'no_heterogeneity', 'converged', 'at_bound'],
  },
  'nobody lost and all alike': {
    groups: simulated({ parameters: { r: 1e6, alpha: 5e6, a: 1e-9, b: 1 } }),
    statuses: ['no_dropout_seen', 'no_heterogeneity'],
  },
  'nearly everyone lost': {
    groups: simulated({ parameters: { r: 1, alpha: 1, a: 1000, b: 100 } }),
    statuses: ['no_heterogeneity', 'everyone_lost', 'converged', 'at_bound'],
  },
  'everyone lost at once': {
    groups: groupsFrom([
      [1, DAY, 100, 500],
      [0, 0, 100, 500],
      [1, 2 * DAY, 50, 200],
    ]),
    statuses: ['no_heterogeneity', 'everyone_lost', 'at_bound', 'converged'],
  },
  'identical customers': {
    groups: groupsFrom([[4, 30, 40, 1000]]),
    statuses: ['no_dropout_seen', 'no_heterogeneity'],
  },
  '10,000 purchases in one customer': {
    groups: groupsFrom([
      [10_000, 500, 520],
      [2, 10, 520, 300],
      [0, 0, 520, 700],
      [1, 100, 300, 100],
    ]),
    statuses: ['converged'],
  },
  'a million purchases in one customer': {
    groups: groupsFrom([
      [1e6, 500, 520],
      [0, 0, 520, 10],
    ]),
    statuses: ['converged', 'no_heterogeneity', 'no_dropout_seen', 'everyone_lost', 'at_bound'],
  },
  'times in the same day': {
    groups: groupsFrom([
      [3, 0, 10, 100],
      [1, 0, 5, 50],
    ]),
    statuses: ['no_heterogeneity', 'everyone_lost', 'at_bound'],
  },
  'everyone new today': {
    groups: groupsFrom([
      [0, 0, 0, 100],
      [1, 0, 0, 5],
    ]),
    statuses: ['no_repeat_orders'],
  },
  'a single cohort': {
    groups: groupsFrom([
      [0, 0, 26, 500],
      [1, 10, 26, 200],
      [2, 20, 26, 80],
      [3, 25, 26, 40],
      [1, 3, 26, 90],
      [5, 24, 26, 10],
    ]),
    statuses: ['at_bound', 'no_heterogeneity', 'no_dropout_seen', 'converged'],
  },
  'ten years': {
    groups: simulated({
      parameters: { r: 0.5, alpha: 6, a: 0.9, b: 1.6 },
      acquisitionWeeks: 500,
      weeks: 520,
    }),
    statuses: ['converged'],
  },
  'half a billion customers': {
    groups: groupsFrom([
      [0, 0, 26, 5e8],
      [1, 10, 26, 2e8],
      [2, 20, 26, 8e7],
      [3, 25, 26, 4e7],
    ]),
    statuses: ['at_bound', 'no_heterogeneity', 'no_dropout_seen', 'converged'],
  },
  'times of a nanoweek': {
    groups: groupsFrom([
      [1, 1e-9, 1e-9, 10],
      [0, 0, 1e-9, 30],
    ]),
    statuses: ['no_dropout_seen', 'no_heterogeneity', 'at_bound', 'converged'],
  },
  'an age before the last order': { groups: groupsFrom([[1, 5, 4]]), statuses: ['invalid_input'] },
  'not a number': { groups: groupsFrom([[Number.NaN, 5, 6]]), statuses: ['invalid_input'] },
  'half an order': { groups: groupsFrom([[1.5, 5, 6]]), statuses: ['invalid_input'] },
  'a last order without a repeat': { groups: groupsFrom([[0, 5, 6]]), statuses: ['invalid_input'] },
  'no customer in a group': { groups: groupsFrom([[1, 5, 6, 0]]), statuses: ['invalid_input'] },
};

const intervals = { weeks: Float64Array.of(1, 2, 3), count: Float64Array.of(1, 1, 1) };

function expectNamedAndFinite(fit: Fit, statuses: readonly string[]): void {
  expect(statuses).toContain(fit.status);
  if (fit.status !== 'converged') expect(fit.notes.length).toBeGreaterThan(0);
  const numbers = [
    ...Object.values(fit.parameters),
    ...Object.values(fit.standardErrors).filter((error) => error !== null),
    ...(fit.logLikelihood === null ? [] : [fit.logLikelihood]),
  ];
  expect(numbers.every(Number.isFinite)).toBe(true);
  if (isUsableFit(fit)) expect(Object.keys(fit.parameters).length).toBeGreaterThan(0);
  else expect(fit.status).not.toBe('converged');
}

describe.each(COUNT_MODELS)('fit of %s', (model) => {
  test.each(Object.entries(CORPUS))('ends in a named result on %s', (_, { groups, statuses }) => {
    const fit = fitCountModel(model, { groups, intervals });
    expectNamedAndFinite(fit, statuses);
    if (!isUsableFit(fit)) return;
    const scores = scoreCounts(groups, {
      model,
      parameters: fit.parameters,
      monthsOfHorizon: [12, 36],
      annualDiscountRate: 0.1,
    });
    const [spread] = scoreSpread(groups, {
      model,
      draws: [fit.parameters],
      weeksOfHorizons: [52],
    });
    for (const column of [
      ...scores.expectedOrders,
      ...scores.discountedOrders,
      scores.discountedResidual!,
      spread!.mean,
      spread!.meanSquare,
    ]) {
      expect(column.every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
    }
    expect(scores.probabilityAlive.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(spread!.probabilitySome.every((p) => p <= 1)).toBe(true);
    for (let i = 0; i < groups.frequency.length; i++) {
      const moments = {
        probabilitySome: spread!.probabilitySome[i]!,
        mean: spread!.mean[i]!,
        meanSquare: spread!.meanSquare[i]!,
      };
      const [low = Number.NaN, high = Number.NaN] = [0.1, 0.9].map((level) =>
        orderQuantile(moments, level),
      );
      expect(Number.isSafeInteger(low) && Number.isSafeInteger(high)).toBe(true);
      expect(low >= 0 && low <= high).toBe(true);
    }
    const [total] = forecastOfAll(groups, {
      model,
      spend: {
        value: groups.count.map((count, i) => 20 * count * groups.frequency[i]!),
        square: groups.count.map((count, i) => count * (20 * groups.frequency[i]!) ** 2),
      },
      orderDraws: [fit.parameters],
      spendDraws: [{ p: 6.25, q: 3.74, gamma: 15.44 }],
      weeksOfHorizons: [52],
    });
    for (const { mean, variance } of [total!.orders, total!.sales!]) {
      expect(Number.isFinite(mean) && mean >= 0).toBe(true);
      expect(Number.isFinite(variance) && variance >= 0).toBe(true);
    }
  });
});

function spendFrom(rows: readonly (readonly number[])[]): SpendGroups {
  const column = (k: number) => Float64Array.from(rows, (row) => row[k] ?? 1);
  return { frequency: column(0), meanSpend: column(1), count: column(2) };
}

describe('fit of gamma_gamma', () => {
  const limits = ['converged', 'no_heterogeneity', 'infinite_mean', 'at_bound'];
  test.each([
    ['no customer', [], ['no_repeat_orders']],
    ['one customer', [[3, 20]], ['no_repeat_orders']],
    [
      'two customers',
      [
        [3, 20],
        [1, 90],
      ],
      limits,
    ],
    ['identical customers', [[2, 20, 1000]], ['no_heterogeneity']],
    [
      'customers who spend alike',
      [
        [1, 20, 50],
        [2, 20, 50],
        [3, 20, 50],
      ],
      ['no_heterogeneity'],
    ],
    [
      '3 customers with huge spend',
      [
        [1, 20, 80],
        [2, 35, 90],
        [3, 1e9],
        [1, 1e10],
        [9, 1e11],
      ],
      limits,
    ],
    [
      'spend of a cent',
      [
        [1, 0.01, 80],
        [2, 0.02, 90],
        [2, 0.05, 7],
      ],
      limits,
    ],
    [
      'spend of trillions',
      [
        [1, 1e12, 80],
        [2, 3e12, 90],
        [2, 5e11, 7],
      ],
      limits,
    ],
    [
      '10,000 purchases',
      [
        [10_000, 15, 1],
        [2, 35, 90],
        [1, 20, 80],
        [3, 7, 9],
      ],
      limits,
    ],
    ['nothing paid', [[1, 0]], ['invalid_input']],
    ['a negative mean', [[1, -5]], ['invalid_input']],
    ['no repeat', [[0, 5]], ['invalid_input']],
  ])('ends in a named result on %s', (_, rows, statuses) => {
    const groups = spendFrom(rows);
    const fit = fitGammaGamma(groups);
    expectNamedAndFinite(fit, statuses);
    if (!isUsableFit(fit) || fit.status === 'infinite_mean') return;
    const parameters = fit.parameters as unknown as GammaGammaParameters;
    for (const [i, frequency] of groups.frequency.entries()) {
      const spend = gammaGammaExpectedSpend(parameters, {
        frequency,
        meanSpend: groups.meanSpend[i]!,
      });
      expect(spend).toBeGreaterThan(0);
    }
  });
});
