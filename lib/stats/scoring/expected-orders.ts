import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import { eachGroup } from './each-group.ts';
import { scorerOf } from './scorer.ts';

/** E[X(T, T + weeks) | x, t_x, T] of every group, in the order of the groups. */
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
  const expected = new Float64Array(groups.frequency.length);
  eachGroup(groups, {
    scorers: [scorerOf(model, parameters)],
    figuresOf: (orders, age) => [orders.mean(age, weeks)],
    visit: (i, { alive, living }) => {
      expected[i] = alive * living[0]!;
    },
  });
  return expected;
}
