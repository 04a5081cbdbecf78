import type { CountGroups } from '../models/counts.ts';
import type { GammaGammaParameters } from '../models/gamma-gamma.ts';
import { eachGroup } from '../scoring/each-group.ts';
import type { Scorer } from '../scoring/scorer.ts';
import { type SpendSpread, spendSpread } from './spend-spread.ts';
import type { TotalForecast } from './total-interval.ts';

/** Per group, over its customers: what their repeat occasions brought, w = x m̄ a customer. */
export interface SpendTotals {
  /** Σ w. */
  readonly value: Float64Array;
  /** Σ w². */
  readonly square: Float64Array;
}

/** A model of the stack, scored at its estimate. */
export interface TotalMember {
  readonly scorer: Scorer;
  /** Weight in the stack. */
  readonly orders: number;
  /** Variance of the total's mean over what its parameters may be, as a share of its square, by horizon. */
  readonly parameterVariance: readonly number[];
}

/** What an occasion brings. */
export interface SpendOfAll {
  readonly parameters: GammaGammaParameters;
  /** By how much the value of an occasion has moved since. */
  readonly factor: number;
  /** As of the orders: of the mean value of an occasion. */
  readonly parameterVariance: number;
}

/** Orders of a part's customers within one horizon, and their sales where both moments exist. */
export interface PartForecast {
  readonly orders: TotalForecast;
  readonly sales: TotalForecast | null;
}

/** A way of dividing the groups: the part each belongs to, 0 … countParts − 1. */
export interface Partition {
  readonly part: Int32Array;
  readonly countParts: number;
}

/** Sums over a part under one model. */
interface Sums {
  orders: number;
  ordersVariance: number;
  sales: number;
  salesVariance: number;
}

/**
 * Mean and variance of the orders, and of the sales, of each part of each partition of the groups
 * in each horizon (weeks): by partition, horizon and part. Means are those of the customers' own figures, so they add up to
 * the whole. Variance: V = Σ w (V_m + (E_m − E)²), V_m the customers' chance, which adds up, and what
 * is not known of the parameters, which is common to all. Sales are polynomials in w (`spendSpread`),
 * so a group's Σ w and Σ w² are enough; their variance has no end, and they are null, where p x + q
 * is at most 2 for some x. Cost: a scoring of all groups a model.
 */
export function forecastOfParts(
  groups: CountGroups,
  {
    members,
    spend,
    totals,
    partitions,
    weeksOfHorizons,
  }: {
    readonly members: readonly TotalMember[];
    readonly spend: SpendOfAll | null;
    readonly totals: SpendTotals;
    readonly partitions: readonly Partition[];
    readonly weeksOfHorizons: readonly number[];
  },
): PartForecast[][][] {
  const spreadOf = spreadsOf(groups, spend);
  const sums = members.map(() =>
    partitions.map(({ countParts }) =>
      weeksOfHorizons.map(() =>
        Array.from({ length: countParts }, () => ({
          orders: 0,
          ordersVariance: 0,
          sales: 0,
          salesVariance: 0,
        })),
      ),
    ),
  );
  eachGroup(groups, {
    scorers: members.map(({ scorer }) => scorer),
    figuresOf: (orders, age) =>
      weeksOfHorizons.flatMap((weeks) => [orders.mean(age, weeks), orders.meanSquare(age, weeks)]),
    visit: (i, { scorer, alive, living }) => {
      const powers = [groups.count[i]!, totals.value[i]!, totals.square[i]!];
      const spread = spreadOf?.get(groups.frequency[i]!) ?? null;
      for (let horizon = 0; horizon < weeksOfHorizons.length; horizon++) {
        const orders = {
          mean: alive * living[2 * horizon]!,
          square: alive * living[2 * horizon + 1]!,
        };
        for (let p = 0; p < partitions.length; p++) {
          const ofPart = sums[scorer]![p]![horizon]![partitions[p]!.part[i]!]!;
          addGroup(ofPart, { powers, orders, spread });
        }
      }
    },
  });
  return partitions.map(({ countParts }, p) =>
    weeksOfHorizons.map((_, horizon) =>
      Array.from({ length: countParts }, (__, j) => {
        const ofMembers = members.map(({ orders: weight, parameterVariance }, m) => ({
          weight,
          shared: parameterVariance[horizon]!,
          sums: sums[m]![p]![horizon]![j]!,
        }));
        return partForecast(ofMembers, { spend, hasSales: spreadOf !== null });
      }),
    ),
  );
}

function addGroup(
  sums: Sums,
  {
    powers,
    orders,
    spread,
  }: {
    readonly powers: readonly number[];
    readonly orders: { readonly mean: number; readonly square: number };
    readonly spread: SpendSpread | null;
  },
): void {
  sums.orders += powers[0]! * orders.mean;
  sums.ordersVariance += powers[0]! * (orders.square - orders.mean * orders.mean);
  if (spread === null) return;
  const [constant, linear] = spread.mean;
  const expectedSquared = [constant * constant, 2 * constant * linear, linear * linear];
  sums.sales += orders.mean * (constant * powers[0]! + linear * powers[1]!);
  for (let power = 0; power < 3; power++) {
    sums.salesVariance +=
      powers[power]! *
      (spread.own[power]! * orders.mean +
        spread.shared[power]! * orders.square -
        expectedSquared[power]! * orders.mean * orders.mean);
  }
}

function partForecast(
  members: readonly { readonly weight: number; readonly shared: number; readonly sums: Sums }[],
  { spend, hasSales }: { readonly spend: SpendOfAll | null; readonly hasSales: boolean },
): PartForecast {
  const orders = mixed(
    members.map(({ weight, shared, sums }) => ({
      weight,
      mean: sums.orders,
      variance: sums.ordersVariance + shared * sums.orders ** 2,
    })),
  );
  if (spend === null || !hasSales) return { orders, sales: null };
  const { factor, parameterVariance } = spend;
  const sales = mixed(
    members.map(({ weight, shared, sums }) => ({
      weight,
      mean: factor * sums.sales,
      variance:
        factor * factor * (sums.salesVariance + (shared + parameterVariance) * sums.sales ** 2),
    })),
  );
  return { orders, sales };
}

/** By x; null without a model of spend, or where one of them has no second moment. */
function spreadsOf(
  { frequency }: CountGroups,
  spend: SpendOfAll | null,
): ReadonlyMap<number, SpendSpread> | null {
  if (spend === null) return null;
  const spreads = new Map<number, SpendSpread>();
  for (const x of frequency) {
    if (spreads.has(x)) continue;
    const spread = spendSpread(x, [spend.parameters]);
    if (spread === null) return null;
    spreads.set(x, spread);
  }
  return spreads;
}

/** Mean and variance of a mixture. */
function mixed(parts: readonly (TotalForecast & { readonly weight: number })[]): TotalForecast {
  const mean = parts.reduce((sum, part) => sum + part.weight * part.mean, 0);
  const variance = parts.reduce(
    (sum, part) => sum + part.weight * (Math.max(0, part.variance) + (part.mean - mean) ** 2),
    0,
  );
  return { mean, variance };
}
