import { describe, expect, test } from 'vitest';
import { forecastOfAll } from '../../../lib/stats/intervals/total-forecast.ts';
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
import { relativeError } from '../single.ts';

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

describe('forecastOfAll() of a shop of 500 customers', () => {
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
    forecastOfAll(groups, {
      model: 'mbg_nbd',
      spend,
      orderDraws,
      spendDraws,
      weeksOfHorizons: [WEEKS],
    })[0]!;

  test.each(['orders', 'sales'] as const)('has the moments of total %s', (measure) => {
    const { mean, variance } = forecastWith(ordersOf(100), spendOf(100))[measure]!;
    const found = average((future) => future[measure]);
    const spread = average((future) => (future[measure] - found) ** 2);
    expect(Math.abs(found / mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(Math.sqrt(spread / variance) - 1)).toBeLessThan(0.1);
  });

  test.each(['orders', 'sales'] as const)(
    'says how many totals of %s lie below, with 20 draws',
    (measure) => {
      const total = forecastWith(ordersOf(20), spendOf(20))[measure]!;
      for (const level of [0.1, 0.5, 0.9]) {
        const quantile = totalQuantile(total, level);
        const below = average((future) => (future[measure] <= quantile ? 1 : 0));
        expect(Math.abs(below - level)).toBeLessThan(0.02);
      }
    },
  );

  test('expects what the customers are expected to do one by one, within the spread of draws', () => {
    const total = forecastWith(ordersOf(20), spendOf(20));
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
          gammaGammaExpectedSpend(spendFit.parameters as unknown as GammaGammaParameters, {
            frequency: groups.frequency[i]!,
            meanSpend: meanSpend[i]!,
          }),
      0,
    );
    for (const [sum, { mean, variance }] of [
      [orders, total.orders],
      [sales, total.sales!],
    ] as const) {
      expect(Math.abs(sum - mean)).toBeLessThan(0.5 * Math.sqrt(variance));
    }
  });

  test('adds customers of one history as so many single ones', () => {
    const draws = { orders: ordersOf(3), spends: spendOf(3) };
    const options = {
      model: 'mbg_nbd',
      orderDraws: draws.orders,
      spendDraws: draws.spends,
      weeksOfHorizons: [WEEKS],
    } as const;
    const history = { frequency: 2, recency: 20, age: 30 };
    const groupOf = (copies: number, count: number) => ({
      frequency: new Float64Array(copies).fill(history.frequency),
      recency: new Float64Array(copies).fill(history.recency),
      age: new Float64Array(copies).fill(history.age),
      count: new Float64Array(copies).fill(count),
    });
    const [single] = forecastOfAll(groupOf(2, 1), {
      ...options,
      spend: { value: Float64Array.of(10, 30), square: Float64Array.of(100, 900) },
    });
    const [grouped] = forecastOfAll(groupOf(1, 2), {
      ...options,
      spend: { value: Float64Array.of(40), square: Float64Array.of(1000) },
    });
    for (const measure of ['orders', 'sales'] as const) {
      const [one, other] = [single![measure]!, grouped![measure]!];
      expect(relativeError(one.mean, other.mean)).toBeLessThan(1e-12);
      expect(relativeError(one.variance, other.variance)).toBeLessThan(1e-12);
    }
  });

  test('tells no sales without a model of spend, or where their spread has no end', () => {
    expect(forecastWith(ordersOf(2), []).sales).toBeNull();
    const endless = { p: 4, q: 1.9, gamma: 30 };
    expect(forecastWith(ordersOf(2), [...spendOf(2), endless]).sales).toBeNull();
  });
});
