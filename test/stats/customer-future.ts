import type { GammaGammaParameters } from '../../lib/stats/models/gamma-gamma.ts';
import { drawGamma } from '../../lib/stats/random/draw.ts';
import { drawPosterior, informationAt } from '../../lib/stats/random/posterior.ts';
import type { Random } from '../../lib/stats/random/random.ts';
import { drawBeta, drawExponential } from '../reference/draw.ts';
import { mbgNbdProbabilityAlive } from '../reference/mbg-nbd.ts';

/*
 * What a customer may do, played through occasion by occasion from the story of MBG/NBD and
 * Gamma-Gamma and with none of their formulas but P(alive): what intervals are held to.
 */

export type MbgNbd = Readonly<Record<'r' | 'alpha' | 'a' | 'b', number>>;

/** Parameters that are equally likely, given what customers did. */
export function drawsOf(
  parameters: Readonly<Record<string, number>>,
  logLikelihood: Parameters<typeof informationAt>[1],
  countDraws: number,
): readonly Readonly<Record<string, number>>[] {
  const information = informationAt(parameters, logLikelihood);
  return drawPosterior({ parameters, information }, { logLikelihood, countDraws, seed: 1 }).draws;
}

/** Occasions of the coming weeks under one parameter set. */
export function futureOrders(
  parameters: MbgNbd,
  history: { readonly frequency: number; readonly recency: number; readonly age: number },
  { weeks, random }: { readonly weeks: number; readonly random: Random },
): number {
  const { r, alpha, a, b } = parameters;
  const { frequency, age } = history;
  if (random() > mbgNbdProbabilityAlive(parameters, history)) return 0;
  const rate = drawGamma(r + frequency, random) / (alpha + age);
  const stops = drawBeta({ a, b: b + frequency + 1 }, random);
  let orders = 0;
  for (let at = drawExponential(random) / rate; at <= weeks; at += drawExponential(random) / rate) {
    orders += 1;
    if (random() < stops) break;
  }
  return orders;
}

/** Sales of so many orders under one parameter set; `repeatValue` is that of all repeats so far. */
export function futureSales(
  { p, q, gamma }: GammaGammaParameters,
  history: { readonly frequency: number; readonly repeatValue: number },
  { orders, random }: { readonly orders: number; readonly random: Random },
): number {
  if (orders === 0) return 0;
  const rate = drawGamma(p * history.frequency + q, random) / (gamma + history.repeatValue);
  return drawGamma(p * orders, random) / rate;
}
