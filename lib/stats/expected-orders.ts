import type { CountGroups } from './counts.ts';
import type { CountModel } from './fit.ts';
import { scorerOf } from './scorer.ts';

/**
 * E[X(T, T + weeks) | x, t_x, T] of every group, in the order of the groups. Orders of a living
 * customer depend on (x, T) and phase alone and are worked out once each.
 */
export function expectedOrders(
  groups: CountGroups,
  {
    model,
    parameters,
    weeks,
  }: {
    readonly model: CountModel;
    readonly parameters: Readonly<Record<string, number>>;
    readonly weeks: number;
  },
): Float64Array {
  const scorer = scorerOf(model, parameters);
  type Pairs = { of: ((age: number, weeks: number) => number)[]; byAge: Map<number, number[]> };
  const pairs = new Map<number, Pairs>();
  return groups.frequency.map((frequency, i) => {
    const history = { frequency, recency: groups.recency[i]!, age: groups.age[i]! };
    let ofFrequency = pairs.get(frequency);
    if (ofFrequency === undefined) {
      const of = Array.from({ length: scorer.phases }, (_, phase) =>
        scorer.ordersOfLiving(frequency, phase),
      );
      ofFrequency = { of, byAge: new Map() };
      pairs.set(frequency, ofFrequency);
    }
    let orders = ofFrequency.byAge.get(history.age);
    if (orders === undefined) {
      orders = ofFrequency.of.map((ordersOfLiving) => ordersOfLiving(history.age, weeks));
      ofFrequency.byAge.set(history.age, orders);
    }
    const chances = scorer.phaseChances(history);
    let expected = 0;
    for (let phase = 0; phase < chances.length; phase++)
      expected += chances[phase]! * orders[phase]!;
    return scorer.probabilityAlive(history) * expected;
  });
}
