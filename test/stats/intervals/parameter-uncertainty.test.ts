import { describe, expect, test } from 'vitest';
import { scoreSpread } from '../../../lib/stats/intervals/score-spread.ts';
import { spendSpread } from '../../../lib/stats/intervals/spend-spread.ts';
import { fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaLikelihood,
} from '../../../lib/stats/models/gamma-gamma.ts';
import { drawGamma } from '../../../lib/stats/random/draw.ts';
import { seededRandom } from '../../../lib/stats/random/random.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';
import { drawsOf, futureOrders, futureSales, type MbgNbd } from '../customer-future.ts';
import { publishedSales } from '../published-sales.ts';
import { groupsOf } from '../single.ts';

/*
 * A small shop, whose parameters are far from known: 500 customers, the fewest that a model is
 * published for. Its customers' futures are simulated one by one: a parameter set of the posterior,
 * then whether the customer is there, rate and chance to stop, then occasions and their values.
 */
const WEEKS = 156;
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

const orderDraws = drawsOf(fit.parameters, countLikelihood(groups, { model: 'mbg_nbd' }), 500);

const spends = simulatedSpends({ p: 4, q: 5, gamma: 30 }, { countCustomers: 150, seed: 5 });
const spendFit = fitGammaGamma(spends);
const spendDraws = drawsOf(spendFit.parameters, gammaGammaLikelihood(spends), 500);

const customers = [
  { frequency: 6, recency: 40, age: 42, meanSpend: 40 },
  { frequency: 1, recency: 8, age: 30, meanSpend: 12 },
  { frequency: 0, recency: 0, age: 20, meanSpend: 0 },
];

function simulatedSpends(
  { p, q, gamma }: GammaGammaParameters,
  { countCustomers, seed }: { countCustomers: number; seed: number },
) {
  const random = seededRandom(seed);
  const frequency = Float64Array.from(
    { length: countCustomers },
    () => 1 + Math.floor(3 * random()),
  );
  return {
    frequency,
    meanSpend: frequency.map((x) => {
      const rate = drawGamma(q, random) / gamma;
      return drawGamma(p * x, random) / rate / x;
    }),
    count: new Float64Array(countCustomers).fill(1),
  };
}

describe.each(customers)(
  'the future of a customer with $frequency repeats, parameters unknown',
  (customer) => {
    const random = seededRandom(9);
    const futures = Array.from({ length: 200_000 }, () => {
      const parameters = orderDraws[Math.floor(random() * orderDraws.length)] as MbgNbd;
      const orders = futureOrders(parameters, customer, { weeks: WEEKS, random });
      const spend = spendDraws[Math.floor(random() * spendDraws.length)]!;
      const sales = futureSales(
        spend as unknown as GammaGammaParameters,
        { ...customer, repeatValue: customer.frequency * customer.meanSpend },
        { orders, random },
      );
      return { orders, sales };
    });
    const average = (of: (future: (typeof futures)[number]) => number) =>
      futures.reduce((sum, future) => sum + of(future), 0) / futures.length;
    const momentsOver = (draws: typeof orderDraws) => {
      const [spread] = scoreSpread(groupsOf([customer]), {
        model: 'mbg_nbd',
        draws,
        weeksOfHorizons: [WEEKS],
      });
      return {
        probabilitySome: spread!.probabilitySome[0]!,
        mean: spread!.mean[0]!,
        meanSquare: spread!.meanSquare[0]!,
      };
    };

    test('has the moments of orders that scoreSpread() says', () => {
      const { probabilitySome, mean, meanSquare } = momentsOver(orderDraws);
      const meanOrders = average(({ orders }) => orders);
      const variance = average(({ orders }) => (orders - meanOrders) ** 2);
      expect(
        Math.abs(average(({ orders }) => (orders > 0 ? 1 : 0)) - probabilitySome),
      ).toBeLessThan(0.005);
      expect(Math.abs(meanOrders / mean - 1)).toBeLessThan(0.02);
      expect(Math.abs(variance / (meanSquare - mean * mean) - 1)).toBeLessThan(0.05);
    });

    test('lies below its P10 and P90 about as often as they say, with 20 draws as in a night', async () => {
      // every 25th of the 500, which stand in the order of their proposals
      const few = <T>(draws: readonly T[]) => draws.filter((_, i) => i % 25 === 0);
      const orders = momentsOver(few(orderDraws));
      const spread = spendSpread(
        customer.frequency,
        few(spendDraws) as unknown as readonly GammaGammaParameters[],
      )!;
      const { p10, p90 } = await publishedSales({ ...customer, orders, spread });
      for (const { quantile, level, within } of [
        { quantile: p10, level: 0.1, within: 0.08 },
        { quantile: p90, level: 0.9, within: 0.03 },
      ]) {
        const below = average(({ sales }) => (sales <= quantile ? 1 : 0));
        if (quantile === 0) expect(below).toBeGreaterThan(level);
        else expect(Math.abs(below - level)).toBeLessThan(within);
      }
    });
  },
);
