import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaExpectedSpend,
  gammaGammaLikelihood,
} from '../../../lib/stats/models/gamma-gamma.ts';
import { spendFrequencyCorrelation } from '../../../lib/stats/models/spend-independence.ts';
import { cdnowFromTransactions, hasCdnow, spendOf as spendOfCustomers } from '../cdnow.ts';
import { relativeError } from '../single.ts';

const positive = (min: number, max: number) =>
  fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
const parameters = fc.record({
  p: positive(0.05, 100),
  q: positive(0.05, 100),
  gamma: positive(0.01, 1000),
});
const buyers = fc.array(
  fc.record({ frequency: fc.integer({ min: 1, max: 50 }), meanSpend: positive(0.01, 5000) }),
  { minLength: 1, maxLength: 20 },
);

function spendOf(list: readonly { frequency: number; meanSpend: number }[]) {
  return {
    frequency: Float64Array.from(list, (c) => c.frequency),
    meanSpend: Float64Array.from(list, (c) => c.meanSpend),
    count: new Float64Array(list.length).fill(1),
  };
}

function likelihoodAt({ p, q, gamma }: GammaGammaParameters, groups: ReturnType<typeof spendOf>) {
  const gradient = new Float64Array(3);
  const value = gammaGammaLikelihood(groups)(Float64Array.of(p, q, gamma), gradient);
  return { value, gradient };
}

const nothingKnown = { frequency: 0, meanSpend: 0 };

describe('gammaGammaLikelihood()', () => {
  test('has the gradient that finite differences show', () => {
    fc.assert(
      fc.property(parameters, buyers, (at, list) => {
        const groups = spendOf(list);
        const { value, gradient } = likelihoodAt(at, groups);
        for (const [i, name] of (['p', 'q', 'gamma'] as const).entries()) {
          const h = 1e-5 * at[name];
          const above = likelihoodAt({ ...at, [name]: at[name] + h }, groups).value;
          const below = likelihoodAt({ ...at, [name]: at[name] - h }, groups).value;
          const slope = (above - below) / (2 * h);
          const size = Math.max(Math.abs(slope), Math.abs(value / at[name]), 1 / at[name]);
          expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-5 * size);
        }
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test('is a density of the mean spend: it integrates to 1', () => {
    const at = { p: 6.25, q: 3.74, gamma: 15.44 };
    let mass = 0;
    const step = 0.01;
    for (let u = -15; u <= 25; u += step) {
      const meanSpend = Math.exp(u);
      const { value } = likelihoodAt(at, spendOf([{ frequency: 3, meanSpend }]));
      mass += Math.exp(value + u) * step;
    }
    expect(Math.abs(mass - 1)).toBeLessThan(1e-10);
  });
});

describe('gammaGammaExpectedSpend()', () => {
  test('lies between the customer’s mean and that of the population', () => {
    fc.assert(
      fc.property(parameters, buyers, (at, [buyer]) => {
        fc.pre(at.q > 1.05);
        const population = gammaGammaExpectedSpend(at, nothingKnown);
        const expected = gammaGammaExpectedSpend(at, buyer!);
        expect(expected).toBeGreaterThanOrEqual(
          Math.min(population, buyer!.meanSpend) * (1 - 1e-9),
        );
        expect(expected).toBeLessThanOrEqual(Math.max(population, buyer!.meanSpend) * (1 + 1e-9));
      }),
      { seed: 7 },
    );
  });

  test('is infinite, not negative, where the population has no mean', () => {
    const at = { p: 2, q: 0.9, gamma: 10 };
    expect(gammaGammaExpectedSpend(at, nothingKnown)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('fitGammaGamma()', () => {
  test('names the limit where every occasion has the same value', () => {
    const fit = fitGammaGamma({
      frequency: Float64Array.of(1, 2, 3),
      meanSpend: Float64Array.of(20, 20, 20),
      count: Float64Array.of(50, 50, 50),
    });
    expect(fit.status).toBe('no_heterogeneity');
    expect(fit.notes).toEqual([{ code: 'same_spend_at_every_occasion' }]);
  });

  test('refuses what is no spend', () => {
    const fit = fitGammaGamma({
      frequency: Float64Array.of(1, 2),
      meanSpend: Float64Array.of(20, 0),
      count: Float64Array.of(1, 1),
    });
    expect(fit.status).toBe('invalid_input');
    expect(fit.notes).toEqual([
      { code: 'invalid_input', figures: { column: 'mean_spend', group: 1, found: 0 } },
    ]);
  });
});

describe('binned spend', () => {
  test.skipIf(!hasCdnow)('moves the parameters of CDNOW by less than 1e-3 in bins of 1 %', () => {
    const exact = spendOfCustomers(cdnowFromTransactions());
    const bins = new Map<string, { x: number; n: number; sum: number; logs: number }>();
    exact.frequency.forEach((x, i) => {
      const meanSpend = exact.meanSpend[i]!;
      const key = `${x} ${Math.floor(100 * Math.log(meanSpend))}`;
      const bin = bins.get(key) ?? { x, n: 0, sum: 0, logs: 0 };
      bin.n += 1;
      bin.sum += meanSpend;
      bin.logs += Math.log(meanSpend);
      bins.set(key, bin);
    });
    const list = [...bins.values()];
    expect(list.length).toBeLessThan(0.8 * exact.count.length);
    const binned = fitGammaGamma({
      frequency: Float64Array.from(list, (bin) => bin.x),
      meanSpend: Float64Array.from(list, (bin) => bin.sum / bin.n),
      meanLogSpend: Float64Array.from(list, (bin) => bin.logs / bin.n),
      count: Float64Array.from(list, (bin) => bin.n),
    });
    const fit = fitGammaGamma(exact);
    for (const [name, value] of Object.entries(fit.parameters)) {
      expect(relativeError(binned.parameters[name]!, value), name).toBeLessThan(1e-3);
    }
  });
});

describe('spendFrequencyCorrelation()', () => {
  test.skipIf(!hasCdnow)('is 0.11 on CDNOW, as Fader & Hardie say', () => {
    const found = spendFrequencyCorrelation(spendOfCustomers(cdnowFromTransactions()))!;
    expect(found.toFixed(2)).toBe('0.11');
  });

  test('counts customers, not groups, and is null where nothing varies', () => {
    const groups = {
      frequency: Float64Array.of(1, 2, 3),
      meanSpend: Float64Array.of(10, 20, 30),
      count: Float64Array.of(5, 1, 5),
    };
    expect(spendFrequencyCorrelation(groups)).toBeCloseTo(1, 12);
    expect(
      spendFrequencyCorrelation({ ...groups, meanSpend: Float64Array.of(7, 7, 7) }),
    ).toBeNull();
  });
});
