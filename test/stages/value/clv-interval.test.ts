import { describe, expect, test } from 'vitest';
import { wholePredictiveMass } from '../../../lib/stats/scoring/predictive-moments.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';
import { normalQuantile } from '../../../lib/stats/special/normal-quantile.ts';
import { spendQuantile } from '../../reference/spend-quantile.ts';
import { built } from '../built.ts';

/*
 * The text is given moments of orders and coefficients of spend, both computed here for one parameter
 * set, and its percentiles are held against the exact distribution (incomplete betas over the masses
 * of the orders) and against the cube root of Wilson and Hilferty (1931) in plain numbers.
 */
const spend = { p: 6.25, q: 3.74, gamma: 15.44 };
const scorer = scorerOf('mbg_nbd', { r: 0.5, alpha: 6, a: 0.9, b: 1.6 });

const customers = [
  { key: 'a', frequency: 2, recencyDays: 210, ageDays: 273, meanSpend: 22 },
  { key: 'b', frequency: 9, recencyDays: 266, ageDays: 273, meanSpend: 80 },
  { key: 'c', frequency: 30, recencyDays: 350, ageDays: 364, meanSpend: 15 },
  { key: 'd', frequency: 1, recencyDays: 35, ageDays: 273, meanSpend: 300 },
  { key: 'e', frequency: 0, recencyDays: 0, ageDays: 50, meanSpend: 0 },
].map((customer) => {
  const mass = wholePredictiveMass(scorer, {
    frequency: customer.frequency,
    recency: customer.recencyDays / 7,
    age: customer.ageDays / 7,
    weeks: 52,
  });
  const none = mass[0] as number;
  const momentOf = (power: number) =>
    mass.reduce((sum, probability, orders) => sum + probability * orders ** power, 0);
  return { ...customer, mass, none, mean: momentOf(1), meanSquare: momentOf(2) };
});

type Customer = (typeof customers)[number];

/** The standard normal quantile of a level among the outcomes with an order. */
function quantileGivenSome({ none }: Customer, level: number): number | null {
  return level <= none ? null : normalQuantile((level - none) / (1 - none));
}

/** E[1/ν] and E[1/ν²] of ν ~ Gamma(p x + q, γ + x m̄), a mean of p/ν an occasion. */
function rateMoments({ frequency, meanSpend }: Customer): { inverse: number; square: number } {
  const shape = spend.p * frequency + spend.q;
  const scale = spend.gamma + frequency * meanSpend;
  return { inverse: scale / (shape - 1), square: scale ** 2 / ((shape - 1) * (shape - 2)) };
}

async function percentiles(): Promise<Map<string, { p10: number; p90: number }>> {
  const rows = await built('clv_interval', {
    customer_features: customers.map((c) => ({
      customer_key: c.key,
      frequency: c.frequency,
      recency_days: c.recencyDays,
      age_days: c.ageDays,
      repeat_occasion_value: c.frequency === 0 ? null : c.meanSpend,
    })),
    order_spread: customers.map((c) => ({
      frequency: c.frequency,
      recency_days: c.recencyDays,
      age_days: c.ageDays,
      horizon_months: 12,
      p_some: 1 - c.none,
      mean_orders: c.mean,
      mean_square: c.meanSquare,
      z_p10: quantileGivenSome(c, 0.1),
      z_p90: quantileGivenSome(c, 0.9),
    })),
    spend_spread: customers.map(({ frequency }) => {
      // of (γ + w)² and γ + w, by powers of w
      const { p, q, gamma } = spend;
      const slope = p / (p * frequency + q - 1);
      const own = slope / (p * frequency + q - 2);
      return {
        frequency,
        mean_constant: slope * gamma,
        mean_linear: slope,
        own_constant: own * gamma ** 2,
        own_linear: own * 2 * gamma,
        own_square: own,
        shared_constant: p * own * gamma ** 2,
        shared_linear: p * own * 2 * gamma,
        shared_square: p * own,
      };
    }),
  });
  return new Map(
    rows.map(({ customer_key, sales_p10, sales_p90 }) => [
      String(customer_key),
      { p10: Number(sales_p10), p90: Number(sales_p90) },
    ]),
  );
}

describe('clv_interval', () => {
  test('misses the levels of the exact distribution by little', async () => {
    const found = await percentiles();
    expect([...found.keys()]).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const { key, mass, frequency, meanSpend } of customers) {
      const exactly = (level: number) =>
        spendQuantile(mass, { parameters: spend, history: { frequency, meanSpend }, level });
      const { p10 = Number.NaN, p90 = Number.NaN } = found.get(key) ?? {};
      expect(p10, key).toBeGreaterThanOrEqual(exactly(0.02) - 1e-4);
      expect(p10, key).toBeLessThanOrEqual(exactly(0.18) + 1e-4);
      expect(p90, key).toBeGreaterThanOrEqual(exactly(0.87) - 1e-4);
      expect(p90, key).toBeLessThanOrEqual(exactly(0.93) + 1e-4);
    }
  });

  test('is the cube root of a gamma with the mean and variance of the sales, given an order', async () => {
    const found = await percentiles();
    let some = 0;
    for (const customer of customers) {
      const { inverse, square } = rateMoments(customer);
      // S given Y orders is Gamma(p Y, ν): E S = p Y / ν, E S² = p Y (p Y + 1) / ν²
      const mean = (spend.p * customer.mean * inverse) / (1 - customer.none);
      const meanSquare =
        ((spend.p ** 2 * customer.meanSquare + spend.p * customer.mean) * square) /
        (1 - customer.none);
      const ninth = (meanSquare - mean ** 2) / mean ** 2 / 9;
      for (const [level, name] of [
        [0.1, 'p10'],
        [0.9, 'p90'],
      ] as const) {
        const z = quantileGivenSome(customer, level);
        const root = z === null ? 0 : 1 - ninth + z * Math.sqrt(ninth);
        const expected = root > 0 ? mean * root ** 3 : 0;
        if (expected > 0) some += 1;
        expect(found.get(customer.key)?.[name], `${customer.key} ${name}`).toBeCloseTo(expected, 3);
      }
    }
    expect(some).toBeGreaterThan(5);
  });

  test('is no amount where there is no spread of orders or of spend', async () => {
    const features = { customer_key: 'a', frequency: 0, recency_days: 0, age_days: 9 };
    const orders = { frequency: 0, recency_days: 0, age_days: 9, horizon_months: 12 };
    const spread = { frequency: 0, mean_constant: 1, mean_linear: 1, own_constant: 1 };
    const none = { customer_features: [features], spend_spread: [spread] };
    expect(await built('clv_interval', none)).toEqual([]);
    expect(
      await built('clv_interval', { ...none, order_spread: [{ ...orders, p_some: 0 }] }),
    ).toEqual([]);
    expect(
      await built('clv_interval', {
        customer_features: [features],
        order_spread: [{ ...orders, p_some: 0.5 }],
        spend_spread: [{ ...spread, frequency: 1 }],
      }),
    ).toEqual([]);
  });
});
