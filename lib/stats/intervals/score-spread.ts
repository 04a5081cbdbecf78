import type { CountGroups } from '../models/counts.ts';
import { eachGroup } from '../scoring/each-group.ts';
import type { MixtureMember } from '../scoring/mixture.ts';

/** P(Y > 0), E[Y] and E[Y²] of the orders to come, one row a group, in the order of the groups. */
export interface OrderSpread {
  readonly probabilitySome: Float64Array;
  readonly mean: Float64Array;
  readonly meanSquare: Float64Array;
}

/**
 * How the orders of every group's customer spread in each horizon (weeks) under a mixture of models
 * and of parameter sets of each (its draws, which share its weight): moments of the mixture, so that the variance is E[var | θ] +
 * var(E | θ), of the process and of what is not known of the parameters. One set: the process
 * alone. Cost a draw: some 1 µs a distinct (x, T) and horizon, 50 ns a group.
 */
export function scoreSpread(
  groups: CountGroups,
  {
    mixture,
    weeksOfHorizons,
  }: {
    readonly mixture: readonly Pick<MixtureMember, 'scorer' | 'orders'>[];
    readonly weeksOfHorizons: readonly number[];
  },
): OrderSpread[] {
  const zeros = () => new Float64Array(groups.frequency.length);
  const spreads = weeksOfHorizons.map(() => ({
    probabilitySome: zeros(),
    mean: zeros(),
    meanSquare: zeros(),
  }));
  eachGroup(groups, {
    scorers: mixture.map(({ scorer }) => scorer),
    figuresOf: (orders, age) =>
      weeksOfHorizons.flatMap((weeks) => [
        1 - orders.probabilityNone(age, weeks),
        orders.mean(age, weeks),
        orders.meanSquare(age, weeks),
      ]),
    visit: (i, { scorer, alive, living }) => {
      const weight = mixture[scorer]!.orders * alive;
      for (let horizon = 0; horizon < spreads.length; horizon++) {
        const { probabilitySome, mean, meanSquare } = spreads[horizon]!;
        probabilitySome[i]! += weight * living[3 * horizon]!;
        mean[i]! += weight * living[3 * horizon + 1]!;
        meanSquare[i]! += weight * living[3 * horizon + 2]!;
      }
    },
  });
  return spreads;
}
