import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import type { GammaGammaParameters } from '../models/gamma-gamma.ts';
import { eachGroup } from '../scoring/each-group.ts';
import { scorerOf } from '../scoring/scorer.ts';
import { type SpendSpread, spendSpread } from './spend-spread.ts';
import type { TotalForecast } from './total-interval.ts';

/** Per group, over its customers: what their repeat occasions brought, w = x m̄ a customer. */
export interface SpendTotals {
  /** Σ w. */
  readonly value: Float64Array;
  /** Σ w². */
  readonly square: Float64Array;
}

/** Totals of all customers within one horizon: orders, and their sales where both moments exist. */
export interface TotalsForecast {
  readonly orders: TotalForecast;
  readonly sales: TotalForecast | null;
}

/** Σ of w⁰, w¹, w² over the customers of one x, each times a moment of orders under one draw. */
interface OrderSums {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  /** Times the square of the expected orders. */
  readonly meanSquared: Float64Array;
}

/**
 * Mean and variance of the totals in each horizon (weeks), every set of `orderDraws` equally likely
 * and with each of `spendDraws`. Given a pair customers are independent, so variances add up, and
 * by the law of total variance the spread of the total's mean over the pairs comes on top. Sales are
 * polynomials in w (`spendSpread`), so sums over customers need Σ w and Σ w² of a group alone; null
 * without `spendDraws`, or where a set has no second moment for some x (p x + q ≤ 2).
 * Cost: a scoring of all groups a set of orders.
 */
export function forecastOfAll(
  groups: CountGroups,
  {
    model,
    spend,
    orderDraws,
    spendDraws,
    weeksOfHorizons,
  }: {
    readonly model: CountModel;
    readonly spend: SpendTotals;
    readonly orderDraws: readonly Readonly<Record<string, number>>[];
    readonly spendDraws: readonly GammaGammaParameters[];
    readonly weeksOfHorizons: readonly number[];
  },
): TotalsForecast[] {
  const frequencies = [...new Set(groups.frequency)];
  const spreads = spreadsOf(spendDraws, frequencies);
  const sumsOfDraws = orderDraws.map((parameters) =>
    sumsOfOrders(groups, { model, parameters, spend, frequencies, weeksOfHorizons }),
  );
  return weeksOfHorizons.map((_, horizon) => {
    const sums = sumsOfDraws.map((ofHorizons) => ofHorizons[horizon]!);
    const pairs = spreads?.flatMap((ofDraw) => sums.map((orders) => salesUnder(orders, ofDraw)));
    return {
      orders: mixtureOf(sums.map(ordersUnder)),
      sales: pairs === undefined ? null : mixtureOf(pairs),
    };
  });
}

/** Of every set, by x; null where there is none, or one of them has no second moment. */
function spreadsOf(
  draws: readonly GammaGammaParameters[],
  frequencies: readonly number[],
): readonly (readonly SpendSpread[])[] | null {
  const spreads = draws.map((draw) => {
    const known = frequencies.map((x) => spendSpread(x, [draw])).filter((one) => one !== null);
    return known.length === frequencies.length ? known : null;
  });
  const known = spreads.filter((one) => one !== null);
  return known.length > 0 && known.length === spreads.length ? known : null;
}

/** By horizon and x, under one parameter set. */
function sumsOfOrders(
  groups: CountGroups,
  {
    model,
    parameters,
    spend,
    frequencies,
    weeksOfHorizons,
  }: {
    model: CountModel;
    parameters: Readonly<Record<string, number>>;
    spend: SpendTotals;
    frequencies: readonly number[];
    weeksOfHorizons: readonly number[];
  },
): OrderSums[][] {
  const place = new Map(frequencies.map((x, j) => [x, j]));
  const zeros = () => new Float64Array(3);
  const sums = weeksOfHorizons.map(() =>
    frequencies.map(() => ({ mean: zeros(), square: zeros(), meanSquared: zeros() })),
  );
  eachGroup(groups, {
    scorers: [scorerOf(model, parameters)],
    figuresOf: (orders, age) =>
      weeksOfHorizons.flatMap((weeks) => [orders.mean(age, weeks), orders.meanSquare(age, weeks)]),
    visit: (i, { alive, living }) => {
      const powers = [groups.count[i]!, spend.value[i]!, spend.square[i]!];
      for (let horizon = 0; horizon < sums.length; horizon++) {
        const { mean, square, meanSquared } = sums[horizon]![place.get(groups.frequency[i]!)!]!;
        const ofGroup = alive * living[2 * horizon]!;
        for (let power = 0; power < 3; power++) {
          mean[power]! += powers[power]! * ofGroup;
          square[power]! += powers[power]! * alive * living[2 * horizon + 1]!;
          meanSquared[power]! += powers[power]! * ofGroup * ofGroup;
        }
      }
    },
  });
  return sums;
}

/** Total orders given a parameter set. */
function ordersUnder(sums: readonly OrderSums[]): TotalForecast {
  let total = 0;
  let variance = 0;
  for (const { mean, square, meanSquared } of sums) {
    total += mean[0]!;
    variance += square[0]! - meanSquared[0]!;
  }
  return { mean: total, variance };
}

/** Total sales given a pair of parameter sets: E and Var of Σ S, of E[S] = E[Y] (c₀ + c₁ w). */
function salesUnder(sums: readonly OrderSums[], spreads: readonly SpendSpread[]): TotalForecast {
  let total = 0;
  let variance = 0;
  for (const [j, { mean, square, meanSquared }] of sums.entries()) {
    const { mean: expected, own, shared } = spreads[j]!;
    const [constant, linear] = expected;
    const expectedSquared = [constant * constant, 2 * constant * linear, linear * linear];
    total += constant * mean[0]! + linear * mean[1]!;
    for (let power = 0; power < 3; power++) {
      variance +=
        own[power]! * mean[power]! +
        shared[power]! * square[power]! -
        expectedSquared[power]! * meanSquared[power]!;
    }
  }
  return { mean: total, variance };
}

/** Mean and variance of a mixture of equally likely parts. */
function mixtureOf(parts: readonly TotalForecast[]): TotalForecast {
  let mean = 0;
  let within = 0;
  for (const part of parts) {
    mean += part.mean / parts.length;
    within += part.variance / parts.length;
  }
  let between = 0;
  for (const part of parts) between += (part.mean - mean) ** 2 / parts.length;
  return { mean, variance: Math.max(0, within) + between };
}
