import { ordersWhileAlive } from '../scoring/orders-while-alive.ts';
import { logGamma } from '../special/log-gamma.ts';
import type { BetaGeometricFamily } from './beta-geometric.ts';
import type { CountGroups, CustomerHistory } from './counts.ts';
import type { CountModel, Fit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';

/**
 * BG/CNBD-k and MBG/CNBD-k: Platzer & Reutterer (2016), "Ticking Away the Moments", Marketing
 * Science 35(5). As (M)BG/NBD, but an interval between purchases is Erlang-k: the sum of k stages
 * passed at rate λ ~ Gamma(r, α in weeks). The larger k, the more regular the clock.
 */
export interface CnbdParameters {
  /** A whole number ≥ 1. */
  readonly k: number;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** `bg`: no chance to stop at the first occasion; `mbg`: one at every occasion. */
export type CnbdVariant = 'bg' | 'mbg';

/** Lengths in weeks (> 0) of all intervals between successive occasions of all customers. */
export interface IntervalCounts {
  readonly weeks: Float64Array;
  readonly count: Float64Array;
}

const MODEL_OF: Readonly<Record<CnbdVariant, CountModel>> = {
  bg: 'bg_cnbd_k',
  mbg: 'mbg_cnbd_k',
};

/** Chances to stop survived before the last one: see `BetaGeometricFamily`. */
export function cnbdFamily(variant: CnbdVariant, k: number): BetaGeometricFamily {
  return { chancesSurvived: (frequency) => chancesSurvived(variant, frequency), regularity: k };
}

function chancesSurvived(variant: CnbdVariant, frequency: number): number {
  return variant === 'bg' ? frequency - 1 : frequency;
}

/** ln Π Δ^{k−1}/Γ(k) over the intervals: what makes likelihoods of different k comparable. */
export function logFactorOfIntervals(k: number, { weeks, count }: IntervalCounts): number {
  let logs = 0;
  let intervals = 0;
  for (let i = 0; i < weeks.length; i++) {
    logs += count[i]! * Math.log(weeks[i]!);
    intervals += count[i]!;
  }
  return (k - 1) * logs - intervals * logGamma(k);
}

/**
 * Maximum likelihood over r, α, a, b and k = 1, 2, … as long as the likelihood rises, at most
 * `largestK`. The log-likelihood of the result includes the factor of the intervals, so that it
 * compares with the (M)BG/NBD, which is k = 1. Never throws for bad data.
 */
export function fitCnbd(
  groups: CountGroups,
  {
    variant,
    intervals,
    largestK = 12,
  }: {
    readonly variant: CnbdVariant;
    readonly intervals: IntervalCounts;
    readonly largestK?: number;
  },
): Fit {
  const model = MODEL_OF[variant];
  let best: Fit | null = null;
  for (let k = 1; k <= largestK; k++) {
    const fit = fitBetaGeometric(groups, { model, family: cnbdFamily(variant, k) });
    if (fit.logLikelihood === null) return best ?? fit;
    const logLikelihood = fit.logLikelihood + logFactorOfIntervals(k, intervals);
    if (best !== null && !(logLikelihood > best.logLikelihood!)) break;
    best = {
      ...fit,
      parameters: { k, ...fit.parameters },
      standardErrors: { k: null, ...fit.standardErrors },
      logLikelihood,
    };
  }
  return best!;
}

/**
 * P(j stages passed since t_x | alive at T), j = 0 … k − 1: proportional to (R)_j/j! wʲ with
 * R = r + k x, w = (T−t_x)/(α+T).
 */
export function cnbdPhases(
  { k, r, alpha }: Pick<CnbdParameters, 'k' | 'r' | 'alpha'>,
  { frequency, recency, age }: CustomerHistory,
): Float64Array {
  const shape = r + k * frequency;
  const w = (age - recency) / (alpha + age);
  const phases = new Float64Array(k);
  phases[0] = 1;
  let sum = 1;
  for (let j = 1; j < k; j++) {
    phases[j] = phases[j - 1]! * ((shape + j - 1) / j) * w;
    sum += phases[j]!;
  }
  for (let j = 0; j < k; j++) phases[j]! /= sum;
  return phases;
}

/** P(alive | x, t_x, T) = 1 / (1 + a/(b+m) ((α+T)/(α+t_x))^R / H); 1 where there was no chance. */
export function cnbdProbabilityAlive(
  { k, r, alpha, a, b }: CnbdParameters,
  history: CustomerHistory & { readonly variant: CnbdVariant },
): number {
  const { variant, frequency, recency, age } = history;
  const m = chancesSurvived(variant, frequency);
  if (m < 0) return 1;
  // P(phase 0 | alive) is 1/H; with one phase H is 1
  const logH = k === 1 ? 0 : -Math.log(cnbdPhases({ k, r, alpha }, history)[0]!);
  const silence = (r + k * frequency) * Math.log((alpha + age) / (alpha + recency)) - logH;
  return 1 / (1 + (a / (b + m)) * Math.exp(silence));
}

/** E[X(weeks)]: repeat orders of a new customer. */
export function cnbdExpectedOrdersOfNew(
  { k, r, alpha, a, b }: CnbdParameters,
  { variant, weeks }: { readonly variant: CnbdVariant; readonly weeks: number },
): number {
  const stays = variant === 'mbg' ? b / (a + b) : 1;
  const survived = variant === 'mbg' ? 1 : 0;
  const state = { shape: r, rate: alpha, a, b: b + survived, regularity: k };
  return stays * ordersWhileAlive(state, weeks);
}
