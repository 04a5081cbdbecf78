import type { CountModel } from '../models/fit.ts';
import { COUNT_MODELS } from './back-test.ts';

/** Those that let a customer leave after the first order: P(alive) and the next order are theirs. */
const LEAVING_AT_ONCE: ReadonlySet<CountModel> = new Set(['mbg_nbd', 'pareto_nbd', 'mbg_cnbd_k']);

/** A model with p % more error than the mean of the models has e^{−SHARPNESS p/100} of its weight. */
const SHARPNESS = 100;
/** This much of the weights is equal, whatever the cuts say. */
const SHARE_EQUAL = 0.25;
/** Weights of the month before stay where no more than this share of them would move. */
const HYSTERESIS = 0.1;

interface Weight {
  readonly orders: number;
  readonly alive: number;
}

export type Weights = ReadonlyMap<CountModel, Weight>;

/** Root mean squared error of each model with a usable fit at a cut; the others lose the cut. */
export type ErrorsAtCut = ReadonlyMap<CountModel, number>;

/**
 * The weights of the stack (docs/models.md, "The stack"): w ∝ e^{−SHARPNESS · l}, l the mean over the
 * model's cuts of ln(RMSE ÷ geometric mean of the RMSE of all models there), shrunk to equal weights.
 * `usable` are the models with a usable fit tonight; none of them: no weights. Models of which no cut
 * tells anything (no cut, no error at all) are taken as the mean of the others.
 */
export function stackWeights(
  cuts: readonly ErrorsAtCut[],
  usable: ReadonlySet<CountModel>,
): Weights {
  const models = COUNT_MODELS.filter((model) => usable.has(model));
  const pulls = models.map((model) => Math.exp(-SHARPNESS * meanLogError(model, cuts)));
  const sum = pulls.reduce((total, pull) => total + pull, 0);
  const orders = pulls.map(
    (pull) => (1 - SHARE_EQUAL) * (pull / sum) + SHARE_EQUAL / models.length,
  );
  return withAlive(new Map(models.map((model, i) => [model, orders[i]!])));
}

/** P(alive) mixes those with drop-out after the first order only, renormalised; all where none is. */
export function withAlive(orders: ReadonlyMap<CountModel, number>): Weights {
  const leaving = [...orders].filter(([model]) => LEAVING_AT_ONCE.has(model));
  const ofAlive = leaving.length > 0 ? leaving : [...orders];
  const sum = ofAlive.reduce((total, [, weight]) => total + weight, 0);
  const counted = new Set(ofAlive.map(([model]) => model));
  return new Map(
    [...orders].map(([model, weight]) => [
      model,
      { orders: weight, alive: counted.has(model) ? weight / sum : 0 },
    ]),
  );
}

/** The model with the largest weight in orders; null without one. */
export function championOf(weights: Weights): CountModel | null {
  let champion: CountModel | null = null;
  for (const [model, { orders }] of weights) {
    if (champion === null || orders > weights.get(champion)!.orders) champion = model;
  }
  return champion;
}

/** Do the weights of before stay? Where they are of the same models and nearly the same. */
export function staysWithin(before: Weights, proposed: Weights): boolean {
  if (before.size !== proposed.size) return false;
  let moved = 0;
  for (const [model, { orders }] of proposed) {
    const earlier = before.get(model);
    if (earlier === undefined) return false;
    moved += Math.abs(orders - earlier.orders) / 2;
  }
  return moved <= HYSTERESIS;
}

function meanLogError(model: CountModel, cuts: readonly ErrorsAtCut[]): number {
  const logs = cuts
    .filter((errors) => errors.has(model))
    .map((errors) => {
      const all = [...errors.values()].reduce((sum, rmse) => sum + Math.log(rmse), 0);
      return Math.log(errors.get(model)!) - all / errors.size;
    })
    .filter((log) => Number.isFinite(log));
  return logs.length === 0 ? 0 : logs.reduce((sum, log) => sum + log, 0) / logs.length;
}
