import { describe, expect, test } from 'vitest';
import {
  orderParameterVariance,
  spendParameterVariance,
} from '../../../lib/stats/intervals/parameter-variance.ts';
import { forecastOfParts } from '../../../lib/stats/intervals/total-forecast.ts';
import { totalQuantile } from '../../../lib/stats/intervals/total-interval.ts';
import { fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaExpectedSpend,
  gammaGammaLikelihood,
} from '../../../lib/stats/models/gamma-gamma.ts';
import { drawGamma } from '../../../lib/stats/random/draw.ts';
import { type Random, seededRandom } from '../../../lib/stats/random/random.ts';
import { expectedOrders } from '../../../lib/stats/scoring/expected-orders.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';
import { drawsOf, futureOrders, futureSales, type MbgNbd } from '../customer-future.ts';
import { mixtureOf, relativeError } from '../single.ts';

/*
 * 500 customers, the fewest that a model is published for: a parameter set of each posterior, then
 * the future of every customer one by one, occasion by occasion, then the totals.
 */
const WEEKS = 52;
const shop = simulateShop({
  model: 'mbg_nbd',
  parameters: { r: 0.6, alpha: 6, a: 0.7, b: 2.2 },
  countCustomers: 500,
  acquisitionWeeks: 40,
  weeks: 52,
  seed: 3,
});
const { groups } = historiesAt(shop, 52);
const fit = fitCountModel('mbg_nbd', { groups, intervals: intervalsAt(shop, 52) });

/** Mean value of the repeats of each customer; 0 without one. */
const meanSpend = simulatedMeans({ p: 4, q: 5, gamma: 30 }, seededRandom(5));
const spends = {
  frequency: groups.frequency.filter((x) => x > 0),
  meanSpend: meanSpend.filter((_, i) => groups.frequency[i]! > 0),
  count: groups.count.filter((_, i) => groups.frequency[i]! > 0),
};
const spendFit = fitGammaGamma(spends);
const spendParameters = spendFit.parameters as unknown as GammaGammaParameters;
const spend = {
  value: meanSpend.map((mean, i) => groups.frequency[i]! * mean),
  square: meanSpend.map((mean, i) => (groups.frequency[i]! * mean) ** 2),
};

type Draws = readonly Readonly<Record<string, number>>[];
const orderLikelihood = countLikelihood(groups, { model: 'mbg_nbd' });

const ordersOf = (countDraws: number) => drawsOf(fit.parameters, orderLikelihood, countDraws);
const spendOf = (countDraws: number) =>
  drawsOf(
    spendFit.parameters,
    gammaGammaLikelihood(spends),
    countDraws,
  ) as unknown as readonly GammaGammaParameters[];

function simulatedMeans({ p, q, gamma }: GammaGammaParameters, random: Random): Float64Array {
  return groups.frequency.map((x) => {
    const rate = drawGamma(q, random) / gamma;
    return x === 0 ? 0 : drawGamma(p * x, random) / rate / x;
  });
}

describe('forecastOfParts() of a shop of 500 customers', () => {
  const many = { orders: ordersOf(500) as readonly MbgNbd[], spends: spendOf(500) };
  const random = seededRandom(9);
  const futures = Array.from({ length: 10_000 }, () => {
    const parameters = many.orders[Math.floor(random() * many.orders.length)]!;
    const ofSpend = many.spends[Math.floor(random() * many.spends.length)]!;
    const total = { orders: 0, sales: 0 };
    for (let customer = 0; customer < groups.count.length; customer++) {
      const history = {
        frequency: groups.frequency[customer]!,
        recency: groups.recency[customer]!,
        age: groups.age[customer]!,
        repeatValue: spend.value[customer]!,
      };
      const orders = futureOrders(parameters, history, { weeks: WEEKS, random });
      total.orders += orders;
      total.sales += futureSales(ofSpend, history, { orders, random });
    }
    return total;
  });
  const average = (of: (future: (typeof futures)[number]) => number) =>
    futures.reduce((sum, future) => sum + of(future), 0) / futures.length;
  const forecastWith = (orderDraws: Draws, spendDraws: readonly GammaGammaParameters[]) =>
    forecastOfParts(groups, {
      members: mixtureOf('mbg_nbd', fit.parameters).map((member) => ({
        ...member,
        parameterVariance: orderParameterVariance(groups, {
          model: 'mbg_nbd',
          draws: orderDraws,
          weeksOfHorizons: [WEEKS],
        }),
      })),
      spend: {
        parameters: spendParameters,
        factor: 1,
        parameterVariance: spendParameterVariance(groups, { totals: spend, draws: spendDraws }),
      },
      totals: spend,
      partitions: [{ part: new Int32Array(groups.count.length), countParts: 1 }],
      weeksOfHorizons: [WEEKS],
    })[0]![0]![0]!;

  test.each(['orders', 'sales'] as const)('has the moments of total %s', (measure) => {
    const { mean, variance } = forecastWith(ordersOf(100), spendOf(100))[measure]!;
    const found = average((future) => future[measure]);
    const spread = average((future) => (future[measure] - found) ** 2);
    // the mean is that of the estimate, which customers' own figures have, the futures' of the posterior
    expect(Math.abs(found / mean - 1)).toBeLessThan(0.02);
    expect(Math.abs(Math.sqrt(spread / variance) - 1)).toBeLessThan(0.1);
  });

  test.each(['orders', 'sales'] as const)(
    'says how many totals of %s lie below, with 20 draws',
    (measure) => {
      const total = forecastWith(ordersOf(20), spendOf(20))[measure]!;
      for (const level of [0.1, 0.5, 0.9]) {
        const quantile = totalQuantile(total, level);
        const below = average((future) => (future[measure] <= quantile ? 1 : 0));
        expect(Math.abs(below - level)).toBeLessThan(0.05);
      }
    },
  );

  test('is the sum of what the customers are expected to do, one by one', () => {
    const total = forecastWith(ordersOf(3), spendOf(3));
    const each = expectedOrders(groups, {
      model: 'mbg_nbd',
      parameters: fit.parameters,
      weeks: WEEKS,
    });
    const orders = each.reduce((sum, expected) => sum + expected, 0);
    const sales = each.reduce(
      (sum, expected, i) =>
        sum +
        expected *
          gammaGammaExpectedSpend(spendParameters, {
            frequency: groups.frequency[i]!,
            meanSpend: meanSpend[i]!,
          }),
      0,
    );
    expect(relativeError(total.orders.mean, orders)).toBeLessThan(1e-9);
    expect(relativeError(total.sales!.mean, sales)).toBeLessThan(1e-9);
  });
});

describe('forecastOfParts() of a mixture', () => {
  const members = [
    { ...mixtureOf('mbg_nbd', { r: 0.6, alpha: 6, a: 0.7, b: 2.2 })[0]!, orders: 0.25 },
    { ...mixtureOf('pareto_nbd', { r: 0.5, alpha: 9, s: 0.6, beta: 12 })[0]!, orders: 0.75 },
  ].map((member) => ({ ...member, parameterVariance: [0.02] }));
  const options = {
    spend: { parameters: { p: 4, q: 5, gamma: 30 }, factor: 1.2, parameterVariance: 0.01 },
    weeksOfHorizons: [WEEKS],
  };
  const wholeOf = (mixture: typeof members) =>
    forecastOfParts(groups, {
      ...options,
      members: mixture,
      totals: spend,
      partitions: [{ part: new Int32Array(groups.count.length), countParts: 1 }],
    })[0]![0]![0]!;

  test('mixes means by weight, and adds to the variances how far the models lie apart', () => {
    const mixed = wholeOf(members);
    const [one, other] = members.map((member) => wholeOf([{ ...member, orders: 1 }]));
    for (const measure of ['orders', 'sales'] as const) {
      const [a, b] = [one![measure]!, other![measure]!];
      const mean = 0.25 * a.mean + 0.75 * b.mean;
      const variance =
        0.25 * (a.variance + (a.mean - mean) ** 2) + 0.75 * (b.variance + (b.mean - mean) ** 2);
      expect(relativeError(mixed[measure]!.mean, mean)).toBeLessThan(1e-12);
      expect(relativeError(mixed[measure]!.variance, variance)).toBeLessThan(1e-9);
    }
  });

  test('has parts whose means add up to the whole', () => {
    const part = Int32Array.from(groups.age, (age) => Math.min(4, Math.floor(age / 10)));
    const parts = forecastOfParts(groups, {
      ...options,
      members,
      totals: spend,
      partitions: [
        { part: new Int32Array(groups.count.length), countParts: 1 },
        { part, countParts: 5 },
      ],
    })[1]![0]!;
    for (const measure of ['orders', 'sales'] as const) {
      const sum = parts.reduce((all, forecast) => all + forecast[measure]!.mean, 0);
      expect(relativeError(sum, wholeOf(members)[measure]!.mean)).toBeLessThan(1e-9);
    }
  });

  test('adds customers of one history as so many single ones', () => {
    const groupOf = (copies: number, count: number) => ({
      frequency: new Float64Array(copies).fill(2),
      recency: new Float64Array(copies).fill(20),
      age: new Float64Array(copies).fill(30),
      count: new Float64Array(copies).fill(count),
    });
    const of = (
      copies: number,
      count: number,
      value: readonly number[],
      square: readonly number[],
    ) =>
      forecastOfParts(groupOf(copies, count), {
        ...options,
        members,
        totals: { value: Float64Array.from(value), square: Float64Array.from(square) },
        partitions: [{ part: new Int32Array(copies), countParts: 1 }],
      })[0]![0]![0]!;
    const single = of(2, 1, [10, 30], [100, 900]);
    const grouped = of(1, 2, [40], [1000]);
    for (const measure of ['orders', 'sales'] as const) {
      const [one, other] = [single[measure]!, grouped[measure]!];
      expect(relativeError(one.mean, other.mean)).toBeLessThan(1e-12);
      expect(relativeError(one.variance, other.variance)).toBeLessThan(1e-12);
    }
  });

  test('tells no sales without a model of spend, or where their spread has no end', () => {
    const with_ = (parameters: GammaGammaParameters | null) =>
      forecastOfParts(groups, {
        ...options,
        spend: parameters === null ? null : { ...options.spend, parameters },
        members,
        totals: spend,
        partitions: [{ part: new Int32Array(groups.count.length), countParts: 1 }],
      })[0]![0]![0]!.sales;
    expect(with_(null)).toBeNull();
    expect(with_({ p: 4, q: 1.9, gamma: 30 })).toBeNull();
  });
});
