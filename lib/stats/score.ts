import type { CountGroups } from './counts.ts';
import { type DiscountStep, midMonthSchedule } from './discount.ts';
import type { CountModel } from './fit.ts';
import { scorerOf } from './scorer.ts';

export interface ScoreOptions {
  readonly model: CountModel;
  /** Of a usable fit of that model, time in weeks. */
  readonly parameters: Readonly<Record<string, number>>;
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
}

/**
 * Scores every group: P(alive), expected orders and discounted expected orders of each horizon.
 * Orders of a customer known to be alive depend on (x, T) alone, so that part is worked out once
 * a pair, and its coefficients once an x. Cost: some 50 to 200 ns a month and pair, 50 ns a group.
 */
export function scoreCounts(groups: CountGroups, options: ScoreOptions): Scores {
  const { monthsOfHorizon } = options;
  const scorer = scorerOf(options.model, options.parameters);
  const size = groups.frequency.length;
  const scores: Scores = {
    probabilityAlive: new Float64Array(size),
    expectedOrders: monthsOfHorizon.map(() => new Float64Array(size)),
    discountedOrders: monthsOfHorizon.map(() => new Float64Array(size)),
  };
  const schedule = midMonthSchedule(Math.max(...monthsOfHorizon), options.annualDiscountRate);

  const pairs = new Map<number, { of: PairOrders[]; byAge: Map<number, PairValues[]> }>();
  for (let i = 0; i < size; i++) {
    const history = {
      frequency: groups.frequency[i]!,
      recency: groups.recency[i]!,
      age: groups.age[i]!,
    };
    let ofFrequency = pairs.get(history.frequency);
    if (ofFrequency === undefined) {
      const of = Array.from({ length: scorer.phases }, (_, phase) =>
        scorer.ordersOfLiving(history.frequency, phase),
      );
      ofFrequency = { of, byAge: new Map() };
      pairs.set(history.frequency, ofFrequency);
    }
    let values = ofFrequency.byAge.get(history.age);
    if (values === undefined) {
      values = ofFrequency.of.map((orders) =>
        valuesOfPair(orders, { age: history.age, schedule, monthsOfHorizon }),
      );
      ofFrequency.byAge.set(history.age, values);
    }
    const alive = scorer.probabilityAlive(history);
    scores.probabilityAlive[i] = alive;
    const chances = scorer.phaseChances(history);
    for (let h = 0; h < monthsOfHorizon.length; h++) {
      let orders = 0;
      let discounted = 0;
      for (let phase = 0; phase < chances.length; phase++) {
        orders += chances[phase]! * values[phase]!.orders[h]!;
        discounted += chances[phase]! * values[phase]!.discounted[h]!;
      }
      scores.expectedOrders[h]![i] = alive * orders;
      scores.discountedOrders[h]![i] = alive * discounted;
    }
  }
  return scores;
}

type PairOrders = (age: number, weeks: number) => number;

interface PairValues {
  readonly orders: readonly number[];
  readonly discounted: readonly number[];
}

function valuesOfPair(
  ordersOfLiving: PairOrders,
  {
    age,
    schedule,
    monthsOfHorizon,
  }: {
    age: number;
    schedule: readonly DiscountStep[];
    monthsOfHorizon: readonly number[];
  },
): PairValues {
  const orders: number[] = [];
  const discounted: number[] = [];
  let before = 0;
  let discountedSum = 0;
  for (const { weeks, factor } of schedule) {
    const upTo = ordersOfLiving(age, weeks);
    discountedSum += (upTo - before) * factor;
    orders.push(upTo);
    discounted.push(discountedSum);
    before = upTo;
  }
  return {
    orders: monthsOfHorizon.map((months) => orders[months - 1]!),
    discounted: monthsOfHorizon.map((months) => discounted[months - 1]!),
  };
}
