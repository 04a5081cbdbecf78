import type { CountGroups } from '../models/counts.ts';
import { eachGroup } from './each-group.ts';
import type { Scorer } from './scorer.ts';

/** Of the orders Y in the coming weeks, one row a group, in the order of the groups. */
export interface OrdersAhead {
  readonly alive: Float64Array;
  /** P(Y > 0). */
  readonly some: Float64Array;
  /** E[Y]. */
  readonly mean: Float64Array;
  /** E[Y²]. */
  readonly meanSquare: Float64Array;
}

/** P(alive) and moments of what every group's customer will order within `weeks`, under one scorer. */
export function ordersAhead(
  groups: CountGroups,
  { scorer, weeks }: { readonly scorer: Scorer; readonly weeks: number },
): OrdersAhead {
  const zeros = () => new Float64Array(groups.frequency.length);
  const ahead = { alive: zeros(), some: zeros(), mean: zeros(), meanSquare: zeros() };
  eachGroup(groups, {
    scorers: [scorer],
    figuresOf: (orders, age) => [
      1 - orders.probabilityNone(age, weeks),
      orders.mean(age, weeks),
      orders.meanSquare(age, weeks),
    ],
    visit: (i, { alive, living }) => {
      ahead.alive[i] = alive;
      ahead.some[i] = alive * living[0]!;
      ahead.mean[i] = alive * living[1]!;
      ahead.meanSquare[i] = alive * living[2]!;
    },
  });
  return ahead;
}
