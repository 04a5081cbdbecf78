import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import { eachGroup } from '../scoring/each-group.ts';
import { scorerOf } from '../scoring/scorer.ts';

/** P(Y > 0), E[Y] and E[Y²] of the orders to come, one row a group, in the order of the groups. */
export interface OrderSpread {
  readonly probabilitySome: Float64Array;
  readonly mean: Float64Array;
  readonly meanSquare: Float64Array;
}

/**
 * How the orders of every group's customer spread in each horizon (weeks) when all parameter sets
 * of `draws` are equally likely: moments of the mixture, so that the variance is E[var | θ] +
 * var(E | θ), of the process and of what is not known of the parameters. One set: the process
 * alone. Cost a draw: some 1 µs a distinct (x, T) and horizon, 50 ns a group.
 */
export function scoreSpread(
  groups: CountGroups,
  {
    model,
    draws,
    weeksOfHorizons,
  }: {
    readonly model: CountModel;
    readonly draws: readonly Readonly<Record<string, number>>[];
    readonly weeksOfHorizons: readonly number[];
  },
): OrderSpread[] {
  const zeros = () => new Float64Array(groups.frequency.length);
  const spreads = weeksOfHorizons.map(() => ({
    probabilitySome: zeros(),
    mean: zeros(),
    meanSquare: zeros(),
  }));
  const share = 1 / draws.length;
  eachGroup(groups, {
    scorers: draws.map((parameters) => scorerOf(model, parameters)),
    figuresOf: (orders, age) =>
      weeksOfHorizons.flatMap((weeks) => [
        share * (1 - orders.probabilityNone(age, weeks)),
        share * orders.mean(age, weeks),
        share * orders.meanSquare(age, weeks),
      ]),
    visit: (i, { alive, living }) => {
      for (let horizon = 0; horizon < spreads.length; horizon++) {
        const { probabilitySome, mean, meanSquare } = spreads[horizon]!;
        probabilitySome[i]! += alive * living[3 * horizon]!;
        mean[i]! += alive * living[3 * horizon + 1]!;
        meanSquare[i]! += alive * living[3 * horizon + 2]!;
      }
    },
  });
  return spreads;
}
