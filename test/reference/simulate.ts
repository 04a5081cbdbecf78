import type { CountGroups } from '../../lib/stats/models/counts.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { drawGamma } from '../../lib/stats/random/draw.ts';
import { type Random, seededRandom } from '../../lib/stats/random/random.ts';
import { drawBeta, drawExponential } from './draw.ts';

/** Occasions of simulated customers, in weeks since the shop opened. */
export interface SimulatedShop {
  /** First occasion of each customer. */
  readonly firstAt: Float64Array;
  /** Repeats of customer i are repeatAt[start[i]] … repeatAt[start[i + 1] − 1], in order. */
  readonly start: Int32Array;
  readonly repeatAt: Float64Array;
}

export interface ShopToSimulate {
  readonly model: CountModel;
  readonly parameters: Readonly<Record<string, number>>;
  readonly countCustomers: number;
  /** First occasions fall evenly into the first `acquisitionWeeks`. */
  readonly acquisitionWeeks: number;
  /** Occasions are drawn up to this week. */
  readonly weeks: number;
  readonly seed: number;
  /** Occasions of one day are one occasion, at the day's beginning; else time is continuous. */
  readonly isDaily?: boolean;
}

/** A shop whose customers behave exactly as the model says. Same seed, same shop. */
export function simulateShop(shop: ShopToSimulate): SimulatedShop {
  const random = seededRandom(shop.seed);
  const { countCustomers, acquisitionWeeks, weeks, isDaily = false } = shop;
  const firstAt = new Float64Array(countCustomers);
  const start = new Int32Array(countCustomers + 1);
  const repeatAt: number[] = [];
  for (let i = 0; i < countCustomers; i++) {
    const begin = random() * acquisitionWeeks;
    firstAt[i] = isDaily ? Math.floor(begin * 7) / 7 : begin;
    let lastDay = Math.floor(begin * 7);
    for (const passed of simulateRepeats(shop, { random, weeks: weeks - begin })) {
      const at = begin + passed;
      const day = Math.floor(at * 7);
      if (isDaily && day === lastDay) continue;
      lastDay = day;
      repeatAt.push(isDaily ? day / 7 : at);
    }
    start[i + 1] = repeatAt.length;
  }
  return { firstAt, start, repeatAt: Float64Array.from(repeatAt) };
}

/** Repeat occasions of one customer, in weeks since the first, up to `weeks`. */
function* simulateRepeats(
  { model, parameters }: Pick<ShopToSimulate, 'model' | 'parameters'>,
  { random, weeks }: { random: Random; weeks: number },
): Generator<number> {
  const { r = 1, alpha = 1, a = 1, b = 1, s = 1, beta = 1 } = parameters;
  const isRegular = model === 'bg_cnbd_k' || model === 'mbg_cnbd_k';
  const k = isRegular ? (parameters.k ?? 1) : 1;
  const rate = drawGamma(r, random) / alpha;
  const isPareto = model === 'pareto_nbd';
  const dies = isPareto
    ? (drawExponential(random) * beta) / drawGamma(s, random)
    : Number.POSITIVE_INFINITY;
  const p = isPareto ? 0 : drawBeta({ a, b }, random);
  const mayStopAtOnce = model === 'mbg_nbd' || model === 'mbg_cnbd_k';
  if (mayStopAtOnce && random() < p) return;
  let at = 0;
  for (;;) {
    let stages = 0;
    for (let stage = 0; stage < k; stage++) stages += drawExponential(random);
    at += stages / rate;
    if (!(at <= weeks && at <= dies)) return;
    yield at;
    if (random() < p) return;
  }
}

/** (x, t_x, T) of every customer known by `cut`, one a row, with the index of the customer. */
export function historiesAt(
  { firstAt, start, repeatAt }: SimulatedShop,
  cut: number,
): { readonly groups: CountGroups; readonly customer: Int32Array } {
  const customer = Int32Array.from(firstAt.keys()).filter((i) => firstAt[i]! <= cut);
  const frequency = new Float64Array(customer.length);
  const recency = new Float64Array(customer.length);
  const age = new Float64Array(customer.length);
  customer.forEach((i, row) => {
    age[row] = cut - firstAt[i]!;
    for (let j = start[i]!; j < start[i + 1]! && repeatAt[j]! <= cut; j++) {
      frequency[row]! += 1;
      recency[row] = repeatAt[j]! - firstAt[i]!;
    }
    // rounding must not let the last occasion pass the cut
    recency[row] = Math.min(recency[row]!, age[row]!);
  });
  return {
    groups: { frequency, recency, age, count: new Float64Array(customer.length).fill(1) },
    customer,
  };
}

/** Repeats of each customer after `from` and up to `to`. */
export function ordersBetween(
  { start, repeatAt }: SimulatedShop,
  {
    customer,
    from,
    to,
  }: { readonly customer: Int32Array; readonly from: number; readonly to: number },
): Float64Array {
  return Float64Array.from(customer, (i) => {
    let orders = 0;
    for (let j = start[i]!; j < start[i + 1]!; j++) {
      if (repeatAt[j]! > from && repeatAt[j]! <= to) orders += 1;
    }
    return orders;
  });
}

/** Lengths of all intervals between successive occasions up to `cut`, one a row. */
export function intervalsAt(
  { firstAt, start, repeatAt }: SimulatedShop,
  cut: number,
): { readonly weeks: Float64Array; readonly count: Float64Array } {
  const weeks: number[] = [];
  for (let i = 0; i < firstAt.length; i++) {
    let last = firstAt[i]!;
    for (let j = start[i]!; j < start[i + 1]! && repeatAt[j]! <= cut; j++) {
      weeks.push(repeatAt[j]! - last);
      last = repeatAt[j]!;
    }
  }
  return { weeks: Float64Array.from(weeks), count: new Float64Array(weeks.length).fill(1) };
}
