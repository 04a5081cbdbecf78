import type { CountModel } from '../models/fit.ts';
import { seededRandom } from '../random/random.ts';
import type { AliveMap } from '../scoring/alive-map.ts';
import { predictiveMass } from '../scoring/predictive-mass.ts';
import { scorerOf } from '../scoring/scorer.ts';
import type { BackTestRow, Cut } from './back-test.ts';
import { randomisedPitDistance } from './pit.ts';
import { sampleCustomers } from './sample-customers.ts';
import { scaleOf } from './stack-at-cut.ts';

/** Customers whose whole distribution is computed at a cut: what costs, costs the same for any shop. */
const MOST_CUSTOMERS = 2000;

/** P(Y > y − 1) and P(Y > y) of what came, of each sampled customer under one model. */
interface TailsOfModel {
  readonly atLeast: Float64Array;
  readonly above: Float64Array;
}

export interface TailsAtCut {
  /** The group of each sampled customer. */
  readonly sample: readonly number[];
  readonly ofModels: ReadonlyMap<CountModel, TailsOfModel>;
}

/** The tails of a sample of the customers, or of those of them who had come back. */
export function tailsAtCut(
  { groups, actualOrders, weeks }: Cut,
  { rows, onlyRepeat }: { readonly rows: readonly BackTestRow[]; readonly onlyRepeat: boolean },
): TailsAtCut {
  const { frequency, recency, age } = groups;
  const counted = onlyRepeat
    ? groups.count.map((n, i) => (frequency[i]! > 0 ? n : 0))
    : groups.count;
  const sample = sampleCustomers(counted, MOST_CUSTOMERS);
  const ofModels = new Map<CountModel, TailsOfModel>();
  for (const { fit, ahead } of rows) {
    if (fit === null || ahead === null) continue;
    const model = fit.model as CountModel;
    const scorer = scorerOf(model, fit.parameters);
    const tails = {
      atLeast: new Float64Array(sample.length),
      above: new Float64Array(sample.length),
    };
    sample.forEach((i, place) => {
      const came = actualOrders[i]!;
      const history = { frequency: frequency[i]!, recency: recency[i]!, age: age[i]! };
      const mass = predictiveMass(scorer, { ...history, weeks, upTo: came });
      let rest = 1;
      for (let y = 0; y < came; y++) rest -= mass[y]!;
      tails.atLeast[place] = Math.max(0, rest);
      tails.above[place] = Math.max(0, rest - mass[came]!);
    });
    ofModels.set(model, tails);
  }
  return { sample, ofModels };
}

/** What takes part in a mixture: a model, its weight and P(alive) of every group under it. */
export interface PitMember {
  readonly model: CountModel;
  readonly weight: number;
  readonly alive: Float64Array;
}

/**
 * Distance of the sample's randomised PIT from uniform under a mixture, P(alive) of repeat customers
 * mapped: P(Y > y) hangs on P(alive) in proportion. 1 without customers or models.
 */
export function pitDistance(
  { sample, ofModels }: TailsAtCut,
  {
    members,
    map,
    frequency,
    seed,
  }: {
    readonly members: readonly PitMember[];
    readonly map: AliveMap | null;
    readonly frequency: Float64Array;
    readonly seed: number;
  },
): number {
  const below = new Float64Array(sample.length);
  const upTo = new Float64Array(sample.length);
  for (const { model, weight, alive } of members) {
    const tails = ofModels.get(model)!;
    sample.forEach((i, place) => {
      const scale = frequency[i] === 0 ? 1 : scaleOf(alive[i]!, map);
      // P(Y ≥ 0) is 1 whoever is there
      const came = tails.atLeast[place]!;
      below[place]! += weight * (came === 1 ? 0 : 1 - scale * came);
      upTo[place]! += weight * (1 - scale * tails.above[place]!);
    });
  }
  const count = new Float64Array(sample.length).fill(1);
  return randomisedPitDistance({ below, upTo, count }, seededRandom(seed));
}
