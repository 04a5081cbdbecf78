import type { CountGroups } from '../models/counts.ts';
import { type DiscountStep, midMonthSchedule } from './discount.ts';
import { eachGroup } from './each-group.ts';
import type { MixtureMember } from './mixture.ts';

export interface ScoreOptions {
  readonly mixture: readonly MixtureMember[];
  /** Whole months, for example [12, 24, 36]. */
  readonly monthsOfHorizon: readonly number[];
  /** d: 0.1 is 10 % a year. */
  readonly annualDiscountRate: number;
}

/** One row a group, in the order of the groups; horizons in the order they were asked for. */
export interface Scores {
  readonly probabilityAlive: Float64Array;
  readonly expectedOrders: readonly Float64Array[];
  /** Σ over months m of E[orders in m] · (1+d)^−((m−0.5)/12): discounted at mid-month. */
  readonly discountedOrders: readonly Float64Array[];
  /** The same of all the future at a continuous rate; null where d ≤ 0: it has no end. */
  readonly discountedResidual: Float64Array | null;
}

/**
 * Scores every group: P(alive), expected orders and discounted expected orders of each horizon, and
 * of all the future, under a mixture of models. Cost a model: some 50 to 200 ns a month and distinct (x, T), 50 ns a group.
 */
export function scoreCounts(groups: CountGroups, options: ScoreOptions): Scores {
  const { monthsOfHorizon, annualDiscountRate } = options;
  const size = groups.frequency.length;
  const columns = () => monthsOfHorizon.map(() => new Float64Array(size));
  const perWeek = (Math.log1p(annualDiscountRate) * 7) / 365.25;
  const scores = {
    probabilityAlive: new Float64Array(size),
    expectedOrders: columns(),
    discountedOrders: columns(),
    discountedResidual: perWeek > 0 ? new Float64Array(size) : null,
  };
  const schedule = midMonthSchedule(Math.max(...monthsOfHorizon), annualDiscountRate);
  const horizons = monthsOfHorizon.length;
  eachGroup(groups, {
    scorers: options.mixture.map(({ scorer }) => scorer),
    figuresOf: (orders, age) => [
      ...ordersOfHorizons((weeks) => orders.mean(age, weeks), { schedule, monthsOfHorizon }),
      perWeek > 0 ? orders.discountedResidual(age, perWeek) : 0,
    ],
    visit: (i, { scorer, alive, living }) => {
      const member = options.mixture[scorer]!;
      scores.probabilityAlive[i]! += member.alive * alive;
      const weight = member.orders * alive;
      for (let h = 0; h < horizons; h++) {
        scores.expectedOrders[h]![i]! += weight * living[h]!;
        scores.discountedOrders[h]![i]! += weight * living[horizons + h]!;
      }
      if (scores.discountedResidual !== null) {
        scores.discountedResidual[i]! += weight * living[2 * horizons]!;
      }
    },
  });
  return scores;
}

/** Orders up to the end of each horizon, then the same discounted. */
function ordersOfHorizons(
  ordersUpTo: (weeks: number) => number,
  {
    schedule,
    monthsOfHorizon,
  }: { readonly schedule: readonly DiscountStep[]; readonly monthsOfHorizon: readonly number[] },
): number[] {
  const orders: number[] = [];
  const discounted: number[] = [];
  let before = 0;
  let discountedSum = 0;
  for (const { weeks, factor } of schedule) {
    const upTo = ordersUpTo(weeks);
    discountedSum += (upTo - before) * factor;
    orders.push(upTo);
    discounted.push(discountedSum);
    before = upTo;
  }
  return [orders, discounted].flatMap((all) => monthsOfHorizon.map((months) => all[months - 1]!));
}
