import { describe, expect, test } from 'vitest';
import { fitBgNbd } from '../../lib/stats/models/bg-nbd.ts';
import type { Fit } from '../../lib/stats/models/fit.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../lib/stats/models/gamma-gamma.ts';
import { fitMbgNbd } from '../../lib/stats/models/mbg-nbd.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
import { discountedOrders } from '../reference/discounted-orders.ts';
import { cdnowFromTransactions, cdnowSummary, countsOf, hasCdnow, spendOf } from './cdnow.ts';
import { relativeError } from './single.ts';
import { aliveOf, ordersOf } from './what-runs.ts';

function expectParameters(fit: Fit, golden: Record<string, number>): void {
  expect(fit.status).toBe('converged');
  expect(fit.notes).toEqual([]);
  for (const [name, value] of Object.entries(golden)) {
    expect(relativeError(fit.parameters[name]!, value), name).toBeLessThan(1e-3);
  }
}

// Golden values: docs MODELS "CDNOW reference". Published: Fader, Hardie & Lee (2005) for BG/NBD,
// the lifetimes 0.11.3 tests for MBG/NBD, Fader & Hardie (2013) for Gamma-Gamma. Re-computed by
// golden/cdnow.py to more digits from exact weeks (days / 7).
const BG_NBD = { r: 0.24259, alpha: 4.4136, a: 0.79292, b: 2.42589 };
const MBG_NBD = { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 };
const GAMMA_GAMMA = { p: 6.24935, q: 3.74426, gamma: 15.44431 };

describe.skipIf(!hasCdnow)('on CDNOW', () => {
  const sources = hasCdnow
    ? [
        { source: 'exact weeks', customers: cdnowFromTransactions(), logTolerance: 1e-3 },
        // t_x and T of the published summary are rounded to 0.01 week, which moves the sum by 0.004
        { source: 'published weeks', customers: cdnowSummary(), logTolerance: 5e-3 },
      ]
    : [];

  test('the two sources hold the same customers', () => {
    const [exact, published] = sources;
    expect(exact!.customers).toHaveLength(2357);
    for (const [i, customer] of exact!.customers.entries()) {
      const other = published!.customers[i]!;
      expect([other.id, other.frequency]).toEqual([customer.id, customer.frequency]);
      expect(Math.abs(other.recency - customer.recency)).toBeLessThan(0.01);
      expect(Math.abs(other.age - customer.age)).toBeLessThan(0.01);
      expect(Math.abs(other.meanSpend - customer.meanSpend)).toBeLessThan(0.006);
    }
  });

  for (const { source, customers, logTolerance } of sources) {
    test(`fitBgNbd() finds the published parameters from ${source}`, () => {
      const fit = fitBgNbd(countsOf(customers));
      expectParameters(fit, BG_NBD);
      expect(Math.abs(fit.logLikelihood! - -9582.4292)).toBeLessThan(logTolerance);
    });

    test(`fitMbgNbd() finds the published parameters from ${source}`, () => {
      const fit = fitMbgNbd(countsOf(customers));
      expectParameters(fit, MBG_NBD);
      expect(Math.abs(fit.logLikelihood! - -9582.1357)).toBeLessThan(logTolerance);
    });

    test(`fitGammaGamma() finds the published parameters from ${source}`, () => {
      const fit = fitGammaGamma(spendOf(customers));
      expectParameters(fit, GAMMA_GAMMA);
      expect(fit.countCustomers).toBe(946);
      expect(Math.abs(fit.logLikelihood! - -4055.9177)).toBeLessThan(logTolerance + 1e-3);
    });
  }

  test('P(alive) of customers 1 to 10 is as re-computed for BG/NBD and MBG/NBD', () => {
    const first = cdnowSummary().slice(0, 10);
    const bg = fitBgNbd(countsOf(sources[0]!.customers)).parameters as never;
    const mbg = fitMbgNbd(countsOf(sources[0]!.customers)).parameters as never;
    const bgGolden = [0.72661, 0.21223, 1, 1, 1, 0.6418, 0.31492, 1, 0.78481, 1];
    const mbgGolden = [
      0.70612, 0.17082, 0.38971, 0.38971, 0.38971, 0.62263, 0.2595, 0.38971, 0.77149, 0.38971,
    ];
    for (const [i, customer] of first.entries()) {
      expect(Math.abs(aliveOf('bg_nbd', bg, customer) - bgGolden[i]!)).toBeLessThan(1e-5);
      expect(Math.abs(aliveOf('mbg_nbd', mbg, customer) - mbgGolden[i]!)).toBeLessThan(1e-5);
    }
  });

  test('the orders of 39 weeks that BG/NBD expects are as re-computed', () => {
    // Re-computed with parameters of the exact weeks on rows of the published ones.
    const customers = cdnowSummary();
    const parameters = fitBgNbd(countsOf(sources[0]!.customers)).parameters as never;
    const golden = { 1: 1.22591, 2: 0.20325, 3: 0.19478, 6: 3.33719, 7: 0.3016, 9: 1.3241 };
    for (const [id, orders] of Object.entries(golden)) {
      const found = ordersOf('bg_nbd', parameters, { ...customers[Number(id) - 1]!, weeks: 39 });
      expect(Math.abs(found - orders)).toBeLessThan(1e-5 * Math.max(1, orders));
    }
  });

  test('gammaGammaExpectedSpend() of the first ten customers is as Hardie published', () => {
    const customers = cdnowSummary();
    const parameters = fitGammaGamma(spendOf(customers)).parameters as never;
    // Fader & Hardie (2013), note 025; also the lifetimes tests.
    const golden = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    const spend = customers.map((c) => gammaGammaExpectedSpend(parameters, c));
    for (const [i, value] of golden.entries())
      expect(Math.abs(spend[i]! - value)).toBeLessThan(0.011);
    const mean = spend.reduce((sum, value) => sum + value, 0) / spend.length;
    expect(Math.abs(mean - 35.2528)).toBeLessThan(1e-3);
    expect(
      Math.abs(gammaGammaExpectedSpend(parameters, { frequency: 0, meanSpend: 0 }) - 35.1708),
    ).toBeLessThan(1e-3);
  });

  // The schedule of lifetimes: month ends, 1 % a month, the step given in weeks.
  test('twelve months are 52 weeks: the much quoted 140.10 of customer 1 is 360 weeks', () => {
    const customers = cdnowSummary();
    const counts = fitBgNbd(countsOf(customers)).parameters as never;
    const spend = fitGammaGamma(spendOf(customers)).parameters as never;
    const value = (id: number, weeksOfStep: number) => {
      const customer = customers[id - 1]!;
      const schedule = Array.from({ length: 12 }, (_, month) => ({
        weeks: (month + 1) * weeksOfStep,
        factor: 1.01 ** -(month + 1),
      }));
      const orders = discountedOrders(
        (weeks) => ordersOf('bg_nbd', counts, { ...customer, weeks }),
        schedule,
      );
      return orders * gammaGammaExpectedSpend(spend, customer);
    };
    const months = { 1: 36.278, 2: 4.637, 3: 8.344, 6: 283.52, 9: 43.353 };
    const thirtyWeeks = { 1: 140.09, 2: 18.94, 3: 38.18, 6: 1003.84, 9: 167.41 };
    for (const [id, golden] of Object.entries(months)) {
      expect(relativeError(value(Number(id), 4.345), golden)).toBeLessThan(5e-4);
    }
    for (const [id, golden] of Object.entries(thirtyWeeks)) {
      expect(relativeError(value(Number(id), 30), golden)).toBeLessThan(5e-4);
    }
    // and the month used everywhere here is one of weeks, not one of days
    expect(WEEKS_OF_MONTH * 12).toBeCloseTo(365.25 / 7, 12);
  });
});
