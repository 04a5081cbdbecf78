import { describe, expect, test } from 'vitest';
import {
  championOf,
  type ErrorsAtCut,
  stackWeights,
  staysWithin,
} from '../../../lib/stats/judging/stack-weights.ts';
import type { CountModel } from '../../../lib/stats/models/fit.ts';

const all = new Set<CountModel>(['mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k', 'bg_nbd', 'bg_cnbd_k']);
const errors = (found: Partial<Record<CountModel, number>>): ErrorsAtCut =>
  new Map(Object.entries(found) as [CountModel, number][]);

describe('stackWeights()', () => {
  test('are equal without a cut, and sum to 1', () => {
    const weights = stackWeights([], all);
    for (const { orders } of weights.values()) expect(orders).toBeCloseTo(0.2, 12);
  });

  test('fall by e for 1 % more error, a quarter of them being equal', () => {
    // logs −0.005 and 0.005 around their mean: e^0.5 to e^−0.5 are 0.7311 and 0.2689
    const cut = errors({ mbg_nbd: 1, pareto_nbd: Math.exp(0.01) });
    const weights = stackWeights([cut], new Set<CountModel>(['mbg_nbd', 'pareto_nbd']));
    expect(weights.get('mbg_nbd')!.orders).toBeCloseTo(0.75 * 0.731059 + 0.125, 6);
    expect(weights.get('pareto_nbd')!.orders).toBeCloseTo(0.75 * 0.268941 + 0.125, 6);
  });

  test('a model without a usable fit at a cut loses that cut, and nothing else changes', () => {
    const both = errors({ mbg_nbd: 1, pareto_nbd: 1.02 });
    const missing = errors({ mbg_nbd: 1 });
    const usable = new Set<CountModel>(['mbg_nbd', 'pareto_nbd']);
    const [one, two] = [stackWeights([both], usable), stackWeights([both, missing], usable)];
    // MBG alone at the second cut is its own mean: ln 1 = 0, so its mean log halves
    const half = Math.exp(100 * (Math.log(1.02) / 2 / 2));
    const own = Math.exp(-100 * (Math.log(1.02) / 2));
    expect(two.get('mbg_nbd')!.orders).toBeCloseTo((0.75 * half) / (half + own) + 0.125, 9);
    expect(one.get('mbg_nbd')!.orders).toBeGreaterThan(two.get('mbg_nbd')!.orders);
    expect(two.size).toBe(2);
  });

  test('a model that is not usable tonight takes no part', () => {
    const weights = stackWeights(
      [errors({ mbg_nbd: 1.5, bg_nbd: 1 })],
      new Set<CountModel>(['mbg_nbd']),
    );
    expect([...weights.keys()]).toEqual(['mbg_nbd']);
    expect(weights.get('mbg_nbd')!.orders).toBeCloseTo(1, 12);
    expect(stackWeights([], new Set()).size).toBe(0);
  });

  test('P(alive) is of the models that let a customer leave at once, renormalised', () => {
    const weights = stackWeights([], all);
    expect(weights.get('bg_nbd')!.alive).toBe(0);
    expect(weights.get('bg_cnbd_k')!.alive).toBe(0);
    for (const model of ['mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k'] as const) {
      expect(weights.get(model)!.alive).toBeCloseTo(1 / 3, 12);
    }
  });

  test('errors of 0 or of nothing tell nothing', () => {
    const weights = stackWeights([errors({ mbg_nbd: 0, pareto_nbd: 0 })], all);
    for (const { orders } of weights.values()) expect(orders).toBeCloseTo(0.2, 12);
  });
});

describe('the month', () => {
  const usable = new Set<CountModel>(['mbg_nbd', 'pareto_nbd']);
  const at = (percent: number) =>
    stackWeights([errors({ mbg_nbd: 1, pareto_nbd: 1 + percent / 100 })], usable);

  test('weights stay where at most a tenth would move, and change beyond it', () => {
    // 0.5 to 0.75 · (1/(1 + e^−0.4)) + 0.125 = 0.574; e^−0.6: 0.6092
    expect(staysWithin(at(0), at(0.4))).toBe(true);
    expect(staysWithin(at(0), at(0.6))).toBe(false);
  });

  test('other models change them', () => {
    const three = stackWeights([], new Set<CountModel>(['mbg_nbd', 'pareto_nbd', 'bg_nbd']));
    expect(staysWithin(three, at(0))).toBe(false);
    expect(staysWithin(stackWeights([], new Set<CountModel>(['mbg_nbd', 'bg_nbd'])), at(0))).toBe(
      false,
    );
  });

  test('the champion is the heaviest, the first named where weights are equal', () => {
    expect(championOf(at(-3))).toBe('pareto_nbd');
    expect(championOf(at(0))).toBe('mbg_nbd');
    expect(championOf(new Map())).toBeNull();
  });
});
