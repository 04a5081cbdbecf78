import type { CountGroups } from './counts.ts';
import type { CountModel } from './fit.ts';
import { scorerOf } from './scorer.ts';

/** Beyond this nobody plans: ten years, in weeks. */
const FARTHEST = 520;

/**
 * Weeks until half of the living customers of each group have ordered again: the median time to the
 * next occasion given alive, from P(Y = 0) of the model by bisection to a tenth of a day. NaN where
 * p_alive < 0.5 or half of them do not order within ten years.
 */
export function weeksToNextOrder(
  groups: CountGroups,
  {
    model,
    parameters,
  }: {
    readonly model: CountModel;
    readonly parameters: Readonly<Record<string, number>>;
  },
): Float64Array {
  const scorer = scorerOf(model, parameters);
  return groups.frequency.map((frequency, i) => {
    const history = { frequency, recency: groups.recency[i]!, age: groups.age[i]! };
    if (scorer.probabilityAlive(history) < 0.5) return Number.NaN;
    const none = (weeks: number) => scorer.massOfLiving(history, { weeks, upTo: 0 })[0]!;
    if (none(FARTHEST) > 0.5) return Number.NaN;
    let low = 0;
    let high = FARTHEST;
    while (high - low > 0.1 / 7) {
      const middle = (low + high) / 2;
      if (none(middle) > 0.5) low = middle;
      else high = middle;
    }
    return high;
  });
}
