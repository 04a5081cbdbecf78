import { describe, expect, test } from 'vitest';
import {
  aliveMapOf,
  learnAliveSlope,
  meanSlope,
  type PauseObservation,
} from '../../../lib/stats/judging/learn-alive-map.ts';
import { mapped, withAliveMap } from '../../../lib/stats/scoring/alive-map.ts';
import { predictiveMass } from '../../../lib/stats/scoring/predictive-mass.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';

const mbg = scorerOf('mbg_nbd', { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 });

/** Of 1,000 customers with that P(alive), so many who then bought, surely if they were there. */
function paused(alive: number, bought: number): PauseObservation[] {
  return [true, false].map((hasBought) => ({
    customers: hasBought ? bought : 1000 - bought,
    hasBought,
    models: [{ weight: 1, alive, someIfAlive: 1 }],
  }));
}

describe('learnAliveSlope()', () => {
  test('finds the slope under which as many are there as bought', () => {
    // logit 0.1 is −2.1972, of 0.2 it is −1.3863, of 0.8 1.3863: (−1.3863 − 1.3863)/(−2.1972 − 1.3863)
    const slope = learnAliveSlope(paused(0.1, 200))!;
    expect(slope).toBeCloseTo(0.7737, 2);
    expect(mapped(0.1, aliveMapOf(slope))).toBeCloseTo(0.2, 2);
  });

  test('is 1 where the models were right, and steeper where they were too hopeful', () => {
    expect(learnAliveSlope(paused(0.2, 200))!).toBeCloseTo(1, 2);
    expect(learnAliveSlope(paused(0.2, 80))!).toBeGreaterThan(1.1);
  });

  test('moves little on what few customers say, and is null of none', () => {
    const few = paused(0.1, 500).map((one) => ({ ...one, customers: one.customers / 500 }));
    expect(learnAliveSlope(few)!).toBeGreaterThan(0.7);
    expect(learnAliveSlope(paused(0.1, 500))!).toBeLessThan(0.45);
    expect(learnAliveSlope([])).toBeNull();
  });
});

test('meanSlope() is the geometric mean of the cuts', () => {
  expect(meanSlope([0.5, 0.72])).toBeCloseTo(0.6, 12);
  expect(meanSlope([])).toBeNull();
});

describe('withAliveMap()', () => {
  const scorer = withAliveMap(mbg, aliveMapOf(0.6));
  const at = (quiet: number) => ({ frequency: 4, recency: 30, age: 30 + quiet });

  test('falls strictly with silence, and leaves one-time buyers alone', () => {
    const chances = Array.from({ length: 60 }, (_, week) => scorer.probabilityAlive(at(week)));
    for (let week = 1; week < 60; week++) expect(chances[week]!).toBeLessThan(chances[week - 1]!);
    const once = { frequency: 0, recency: 0, age: 39 };
    expect(scorer.probabilityAlive(once)).toBe(mbg.probabilityAlive(once));
  });

  test('goes through the whole distribution: its masses sum to 1, its P(0) to who is gone', () => {
    const history = at(30);
    const mass = predictiveMass(scorer, { ...history, weeks: 52, upTo: 400 });
    expect(mass.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    const living = mbg.ordersOfLiving(4, 0);
    const alive = mapped(mbg.probabilityAlive(history), aliveMapOf(0.6));
    expect(mass[0]).toBeCloseTo(1 - alive * (1 - living.probabilityNone(60, 52)), 9);
    const mean = mass.reduce((sum, p, y) => sum + y * p, 0);
    expect(mean).toBeCloseTo(alive * living.mean(60, 52), 6);
  });
});
