import { describe, expect, test } from 'vitest';
import {
  atHorizon,
  missBeyondChance,
  missVariance,
  widenedQuantile,
} from '../../../lib/stats/intervals/past-misses.ts';
import { totalQuantile } from '../../../lib/stats/intervals/total-interval.ts';

describe('missBeyondChance()', () => {
  test('is the squared log miss less what chance explains, never below 0', () => {
    // ln²(150.5 / 100.5) − 400 / 100²
    const expected = Math.log(150.5 / 100.5) ** 2 - 0.04;
    expect(missBeyondChance([{ mean: 100, variance: 400, actual: 150 }])).toBeCloseTo(expected, 12);
    expect(missBeyondChance([{ mean: 100, variance: 400, actual: 110 }])).toBe(0);
  });

  test('weighs parts by their forecast, and lets chance go both ways among them', () => {
    const one = Math.log(60.5 / 40.5) ** 2 - 0.25;
    const other = Math.log(10.5 / 10.5) ** 2 - 0.1;
    const parts = [
      { mean: 40, variance: 400, actual: 60 },
      { mean: 10, variance: 10, actual: 10 },
    ];
    expect(missBeyondChance(parts)).toBeCloseTo(Math.max(0, (40 * one + 10 * other) / 50), 12);
  });

  test('is null where nothing was forecast', () => {
    expect(missBeyondChance([{ mean: 0, variance: 0, actual: 3 }])).toBeNull();
  });
});

test('missVariance() takes two cuts of a typical miss of 0.2 beside those seen', () => {
  expect(missVariance([])).toBeCloseTo(0.04, 12);
  expect(missVariance([0.09, 0, 0.01])).toBeCloseTo((0.1 + 2 * 0.04) / 5, 12);
});

test('atHorizon() grows with time beyond the horizon of the cuts up to 0.28, and does not shrink', () => {
  expect(atHorizon(0.01, 4)).toBeCloseTo(0.04, 12);
  expect(atHorizon(0.02, 4)).toBeCloseTo(0.28 ** 2, 12);
  expect(atHorizon(0.02, 0.5)).toBe(0.02);
});

describe('widenedQuantile()', () => {
  const total = { mean: 100, variance: 100 };

  test('is the quantile of chance alone where nothing was missed', () => {
    for (const level of [0.1, 0.9]) {
      expect(widenedQuantile(total, { level, variance: 0 })).toBeCloseTo(
        totalQuantile(total, level),
        9,
      );
    }
  });

  test('is 1.2816 σ in logarithms where there is no chance', () => {
    const sure = { mean: 100, variance: 0 };
    expect(widenedQuantile(sure, { level: 0.9, variance: 0.04 })).toBeCloseTo(
      100 * Math.exp(0.2 * 1.2815515655446004),
      6,
    );
    expect(widenedQuantile(sure, { level: 0.1, variance: 0.04 })).toBeCloseTo(
      100 * Math.exp(-0.2 * 1.2815515655446004),
      6,
    );
  });

  test('adds both distances in squares', () => {
    const chance = Math.log(totalQuantile(total, 0.9) / 100);
    expect(widenedQuantile(total, { level: 0.9, variance: 0.01 })).toBeCloseTo(
      100 * Math.exp(Math.hypot(chance, 0.1 * 1.2815515655446004)),
      6,
    );
  });

  test('is 0 where chance alone goes to nothing, and nothing is NaN of nobody', () => {
    expect(widenedQuantile({ mean: 0.1, variance: 0.4 }, { level: 0.1, variance: 0.04 })).toBe(0);
    expect(widenedQuantile({ mean: 0, variance: 0 }, { level: 0.9, variance: 0.04 })).toBe(0);
  });
});
