import type { CountGroups, CustomerHistory } from './counts.ts';
import { WEEKS_OF_MONTH } from './discount.ts';
import type { CountModel } from './fit.ts';
import { momentsOfMass, wholePredictiveMass } from './predictive-moments.ts';
import { type Scorer, scorerOf } from './scorer.ts';

/** Of the coming orders of each group, in the order of the groups: what an interval is made of. */
export interface OrdersSpread {
  readonly probabilityNone: Float64Array;
  /** E[Y²]. */
  readonly meanSquare: Float64Array;
}

/**
 * P(Y = 0) and E[Y²] of the orders of the coming months. In a model of one phase a living customer's
 * orders depend on (x, T) alone, so their distribution is worked out once a pair; a customer of
 * p_alive a then has P(Y=0) = 1 − a + a P₀ and E[Y²] = a E₂. Cost: a distribution a pair (of more
 * phases: a group).
 */
export function ordersSpread(
  groups: CountGroups,
  {
    model,
    parameters,
    months,
  }: {
    readonly model: CountModel;
    readonly parameters: Readonly<Record<string, number>>;
    readonly months: number;
  },
): OrdersSpread {
  const scorer = scorerOf(model, parameters);
  const weeks = months * WEEKS_OF_MONTH;
  const living: Scorer = { ...scorer, probabilityAlive: () => 1 };
  const ofPairs = new Map<string, { readonly none: number; readonly square: number }>();
  const size = groups.frequency.length;
  const spread = { probabilityNone: new Float64Array(size), meanSquare: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const history: CustomerHistory = {
      frequency: groups.frequency[i]!,
      recency: groups.recency[i]!,
      age: groups.age[i]!,
    };
    const pair = `${history.frequency} ${history.age} ${scorer.phases > 1 ? history.recency : ''}`;
    let known = ofPairs.get(pair);
    if (known === undefined) {
      const mass = wholePredictiveMass(living, { ...history, weeks });
      const { mean, variance } = momentsOfMass(mass);
      known = { none: mass[0]!, square: variance + mean * mean };
      ofPairs.set(pair, known);
    }
    const alive = scorer.probabilityAlive(history);
    spread.probabilityNone[i] = 1 - alive + alive * known.none;
    spread.meanSquare[i] = alive * known.square;
  }
  return spread;
}
