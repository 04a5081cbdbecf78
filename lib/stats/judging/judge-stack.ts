import { missBeyondChance, missVariance, widenedQuantile } from '../intervals/past-misses.ts';
import type { TotalForecast } from '../intervals/total-interval.ts';
import { totalQuantile } from '../intervals/total-interval.ts';
import type { CountGroups } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import type { AliveMap } from '../scoring/alive-map.ts';
import { WEEKS_OF_MONTH } from '../scoring/discount.ts';
import type { BackTestRow, Cut } from './back-test.ts';
import { type BasketAtCut, basketAtCut, basketFactor } from './basket-drift.ts';
import {
  aliveMapOf,
  learnAliveSlope,
  meanSlope,
  PAUSED_BELOW,
  type PauseObservation,
} from './learn-alive-map.ts';
import { pitDistance, type TailsAtCut, tailsAtCut } from './pit-of-sample.ts';
import { sampleCustomers } from './sample-customers.ts';
import { type AheadOfModels, membersOf, stackAhead } from './stack-at-cut.ts';
import { type ErrorsAtCut, stackWeights, type Weights } from './stack-weights.ts';

/** A cut with what its orders were worth, and what every model said of it. */
export interface CutToJudge {
  readonly cut: Cut;
  readonly rows: readonly BackTestRow[];
  /** Value expected of an occasion of each group's customers, and the mean value of their horizon. */
  readonly occasionValue: Float64Array;
  readonly actualValue: Float64Array;
}

/** What the other cuts teach the stack at one. */
interface Learned {
  readonly weights: Weights;
  readonly map: AliveMap | null;
  /** What an occasion is worth now, as a multiple of what customers' own past says. */
  readonly basketFactor: number;
}

/** How the stack did at a cut, with what the other cuts taught. */
export interface StackAtCut {
  /** Expected orders of each group, and the value expected of an occasion. */
  readonly forecast: Float64Array;
  readonly occasionValue: Float64Array;
  readonly pitDistance: number;
  /** Share of the totals by acquisition month that their 80 % interval holds, as it is published. */
  readonly coverage80: number;
  /** Excess of the squared log miss over chance: of the total of orders, of sales, of months. */
  readonly missOfOrders: number | null;
  readonly missOfSales: number | null;
  readonly missOfMonths: number | null;
  /** What this cut teaches: the slope of P(alive), null where it is refused, and the basket's drift. */
  readonly aliveSlope: number | null;
  readonly basket: BasketAtCut | null;
  /** Of the models alone, by chance alone. */
  readonly ofModels: ReadonlyMap<CountModel, { pitDistance: number; coverage80: number }>;
}

const MOST_PAUSED = 2000;
/** A distance of a sample's PIT is not known to a thousandth. */
const PIT_TOLERANCE = 0.001;

/** What a cut gives to learn from, computed once. */
interface Evidence extends CutToJudge {
  readonly ahead: AheadOfModels;
  readonly errors: ErrorsAtCut;
  readonly basket: BasketAtCut | null;
  readonly tails: TailsAtCut;
  readonly tailsOfRepeat: TailsAtCut;
}

/**
 * The stack at each cut with what the *other* cuts teach, so that its row is no praise of itself, and
 * what each cut teaches. The map is refused where, at the middle one of the cuts, it takes the PIT
 * of repeat customers further from uniform than it is without.
 */
export function judgeStack(
  cuts: readonly CutToJudge[],
  { seed }: { readonly seed: number },
): StackAtCut[] {
  const evidence = cuts.map(evidenceOf);
  const others = (one: Evidence) => evidence.filter((cut) => cut !== one);
  const weightsAt = evidence.map((cut) =>
    stackWeights(
      others(cut).map(({ errors }) => errors),
      new Set(cut.ahead.keys()),
    ),
  );
  const slopes = evidence.map((cut, c) => learnAliveSlope(pausesOf(cut, weightsAt[c]!)));
  const mapsAt = evidence.map((_, c) => {
    const slope = meanSlope(known(slopes.filter((_, other) => other !== c || slopes.length === 1)));
    return slope === null ? null : aliveMapOf(slope);
  });
  const isHelping = helps(evidence, { weightsAt, mapsAt, seed });
  const stacks = evidence.map((cut, c) =>
    stackOf(cut, {
      weights: weightsAt[c]!,
      map: isHelping ? mapsAt[c]! : null,
      basketFactor: basketFactor(basketsOf(others(cut))),
    }),
  );
  const misses = stacks.map((stack) => stack.missOfMonths);
  return stacks.map((stack, c) => ({
    ...stack,
    aliveSlope: isHelping ? slopes[c]! : null,
    basket: evidence[c]!.basket,
    pitDistance: pitDistance(evidence[c]!.tails, {
      members: pitMembers(evidence[c]!.ahead, weightsAt[c]!),
      map: isHelping ? mapsAt[c]! : null,
      frequency: evidence[c]!.cut.groups.frequency,
      seed,
    }),
    coverage80: coverage(stack.months, {
      variance: missVariance(known(misses.filter((_, other) => other !== c))),
    }),
    ofModels: alone(evidence[c]!, seed),
  }));
}

function evidenceOf(judged: CutToJudge): Evidence {
  const { cut, rows, occasionValue, actualValue } = judged;
  const usable = rows.filter(({ fit, ahead }) => fit !== null && ahead !== null);
  return {
    ...judged,
    ahead: new Map(usable.map(({ model, ahead }) => [model as CountModel, ahead!])),
    errors: new Map(usable.map(({ model, quality }) => [model as CountModel, quality!.rmse])),
    basket: basketAtCut({
      count: cut.groups.count,
      actualOrders: cut.actualOrders,
      actualValue,
      occasionValue,
    }),
    tails: tailsAtCut(cut, { rows, onlyRepeat: false }),
    tailsOfRepeat: tailsAtCut(cut, { rows, onlyRepeat: true }),
  };
}

function basketsOf(evidence: readonly Evidence[]): BasketAtCut[] {
  return evidence.map(({ basket }) => basket).filter((basket) => basket !== null);
}

/** A sample of the repeat customers who had paused, and who of them then bought. */
function pausesOf({ cut, ahead }: Evidence, weights: Weights): PauseObservation[] {
  const { frequency, count } = cut.groups;
  const members = membersOf(ahead, weights);
  const leaving = [...ahead].filter(([model]) => (weights.get(model)?.alive ?? 0) > 0);
  const paused = count.map((n, i) => {
    if (frequency[i] === 0) return 0;
    const alive = leaving.reduce(
      (sum, [model, orders]) => sum + weights.get(model)!.alive * orders.alive[i]!,
      0,
    );
    return alive < PAUSED_BELOW ? n : 0;
  });
  const customers = paused.reduce((sum, n) => sum + n, 0);
  const sample = sampleCustomers(paused, MOST_PAUSED);
  return sample.map((i) => ({
    customers: customers / sample.length,
    hasBought: cut.actualOrders[i]! > 0,
    models: members.map(({ weight, orders }) => ({
      weight,
      alive: orders.alive[i]!,
      someIfAlive: orders.alive[i]! > 0 ? orders.some[i]! / orders.alive[i]! : 0,
    })),
  }));
}

function pitMembers(ahead: AheadOfModels, weights: Weights) {
  return membersOf(ahead, weights).map(({ model, weight, orders }) => ({
    model,
    weight,
    alive: orders.alive,
  }));
}

/** Is the PIT of repeat customers, at the middle one of the cuts, no further from uniform with the map? */
function helps(
  evidence: readonly Evidence[],
  {
    weightsAt,
    mapsAt,
    seed,
  }: {
    readonly weightsAt: readonly Weights[];
    readonly mapsAt: readonly (AliveMap | null)[];
    readonly seed: number;
  },
): boolean {
  const changes: number[] = [];
  evidence.forEach(({ ahead, cut, tailsOfRepeat }, c) => {
    if (mapsAt[c] === null || tailsOfRepeat.sample.length === 0) return;
    const distance = (map: AliveMap | null) =>
      pitDistance(tailsOfRepeat, {
        members: pitMembers(ahead, weightsAt[c]!),
        map,
        frequency: cut.groups.frequency,
        seed,
      });
    changes.push(distance(mapsAt[c]!) - distance(null));
  });
  const middle = changes.toSorted((left, right) => left - right)[Math.floor(changes.length / 2)];
  return middle !== undefined && middle <= PIT_TOLERANCE;
}

interface MonthTotal extends TotalForecast {
  readonly actual: number;
}

/** The stack at a cut: forecasts, totals by acquisition month, misses. */
function stackOf({ cut, ahead, occasionValue, actualValue }: Evidence, learned: Learned) {
  const { groups, actualOrders } = cut;
  const { part, countParts } = monthsOf(groups);
  const options = { ahead, weights: learned.weights, map: learned.map };
  const { mean: forecast, totals } = stackAhead(groups, { ...options, part, countParts });
  const whole = new Int32Array(part.length);
  const [total] = stackAhead(groups, { ...options, part: whole, countParts: 1 }).totals;
  const value = occasionValue.map((mean) => learned.basketFactor * mean);
  const sum = (of: (i: number) => number) => groups.count.reduce((all, n, i) => all + n * of(i), 0);
  const sales = sum((i) => forecast[i]! * value[i]!);
  const months = withActual(totals, { groups, actualOrders, part });
  return {
    forecast,
    occasionValue: value,
    months,
    missOfOrders: missBeyondChance([{ ...total!, actual: sum((i) => actualOrders[i]!) }]),
    // the chance of what an occasion brings is left out: misses of sales are told rather too large
    missOfSales: missBeyondChance([
      {
        mean: sales,
        variance: total!.mean > 0 ? total!.variance * (sales / total!.mean) ** 2 : 0,
        actual: sum((i) => actualValue[i]!),
      },
    ]),
    missOfMonths: missBeyondChance(months),
  };
}

/** Months of acquisition, counted back from the cut. */
function monthsOf({ age }: CountGroups): {
  readonly part: Int32Array;
  readonly countParts: number;
} {
  const part = Int32Array.from(age, (weeks) => Math.floor(weeks / WEEKS_OF_MONTH));
  return { part, countParts: part.reduce((most, month) => Math.max(most, month), 0) + 1 };
}

function withActual(
  totals: readonly TotalForecast[],
  {
    groups,
    actualOrders,
    part,
  }: {
    readonly groups: CountGroups;
    readonly actualOrders: Float64Array;
    readonly part: Int32Array;
  },
): MonthTotal[] {
  const came = new Float64Array(totals.length);
  const customers = new Float64Array(totals.length);
  groups.count.forEach((n, i) => {
    came[part[i]!]! += n * actualOrders[i]!;
    customers[part[i]!]! += n;
  });
  return totals
    .map((total, month) => ({ ...total, actual: came[month]! }))
    .filter((_, month) => customers[month]! > 0);
}

/** Share of totals within their 80 % interval, widened by past misses where `variance` is given. */
function coverage(
  totals: readonly MonthTotal[],
  { variance }: { readonly variance: number | null },
): number {
  const quantile = (total: TotalForecast, level: number) =>
    Math.round(
      variance === null ? totalQuantile(total, level) : widenedQuantile(total, { level, variance }),
    );
  const held = totals.filter(
    (total) => total.actual >= quantile(total, 0.1) && total.actual <= quantile(total, 0.9),
  );
  return held.length / totals.length;
}

/** PIT and coverage of each model alone, by chance alone. */
function alone({ cut, ahead, tails }: Evidence, seed: number): StackAtCut['ofModels'] {
  const { part, countParts } = monthsOf(cut.groups);
  return new Map(
    [...ahead].map(([model, orders]) => {
      const weights: Weights = new Map([[model, { orders: 1, alive: 1 }]]);
      const { totals } = stackAhead(cut.groups, { ahead, weights, map: null, part, countParts });
      const months = withActual(totals, { ...cut, part });
      return [
        model,
        {
          pitDistance: pitDistance(tails, {
            members: [{ model, weight: 1, alive: orders.alive }],
            map: null,
            frequency: cut.groups.frequency,
            seed,
          }),
          coverage80: coverage(months, { variance: null }),
        },
      ];
    }),
  );
}

/** Of the cuts that have one. */
function known(figures: readonly (number | null)[]): number[] {
  return figures.filter((figure) => figure !== null);
}
