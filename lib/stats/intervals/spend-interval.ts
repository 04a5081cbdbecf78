import type { GammaGammaParameters } from '../models/gamma-gamma.ts';
import { incompleteBeta } from '../special/incomplete-beta.ts';
import type { SpendSpread } from './spend-spread.ts';
import { totalQuantile } from './total-interval.ts';

/** What is known of a customer's spend: x repeats of mean m̄ (x = 0: nothing). */
export interface SpendHistory {
  readonly frequency: number;
  readonly meanSpend: number;
}

/**
 * Money of the coming orders at a level of its predictive distribution, exactly. Given Y = y
 * orders, their sum S is Gamma(p y, ν) with ν ~ Gamma(Q, G), Q = p x + q, G = γ + x m̄, so that
 * S/(S+G) ~ Beta(p y, Q) and P(S ≤ s) = P(Y=0) + Σ P(Y=y) I_{s/(s+G)}(p y, Q).
 * `mass` is P(Y = 0, 1, …). By bisection to 1e-9 of the odds; cost some 50 incomplete betas a y.
 */
export function spendQuantile(
  mass: Float64Array,
  {
    parameters,
    history,
    level,
  }: { parameters: GammaGammaParameters; history: SpendHistory; level: number },
): number {
  if (level <= mass[0]!) return 0;
  const { p, q, gamma } = parameters;
  const own = {
    b: p * history.frequency + q,
    scale: gamma + history.frequency * history.meanSpend,
  };
  const below = (share: number): number => {
    let probability = mass[0]!;
    for (let y = 1; y < mass.length; y++) {
      if (mass[y]! > 1e-13) probability += mass[y]! * incompleteBeta(share, { a: p * y, b: own.b });
    }
    return probability;
  };
  let low = 0;
  let high = 1;
  while (high - low > 1e-9 * (1 - low)) {
    const middle = (low + high) / 2;
    if (below(middle) < level) low = middle;
    else high = middle;
  }
  return (own.scale * low) / (1 - low);
}

/** P(Y > 0), E[Y] and E[Y²] of the coming orders: what is stored of them per distinct triple. */
export interface OrderMoments {
  readonly probabilitySome: number;
  readonly mean: number;
  readonly meanSquare: number;
}

/**
 * The same from moments alone, for millions of customers: S given Y > 0 is taken as gamma (by
 * Wilson and Hilferty's cube root) with the exact first two moments of the mixture over all
 * parameter sets. The true level of a P90 so found is within 3 points of 90, that of a P10 within 8
 * of 10 (a lognormal: 6 and 16), as the tests show. The engine does the same: clv_interval.sql.
 */
export function spendQuantileByMoments(
  orders: OrderMoments,
  { spread, history, level }: { spread: SpendSpread; history: SpendHistory; level: number },
): number {
  const { probabilitySome } = orders;
  const probabilityNone = 1 - probabilitySome;
  if (level <= probabilityNone) return 0;
  const { mean, own, shared } = spread;
  const total = history.frequency * history.meanSpend;
  const squareOf = ([constant, linear, square]: SpendSpread['own']) =>
    constant + linear * total + square * total * total;
  const meanSales = (orders.mean * (mean[0] + mean[1] * total)) / probabilitySome;
  const squareSales =
    (orders.mean * squareOf(own) + orders.meanSquare * squareOf(shared)) / probabilitySome;
  return totalQuantile(
    { mean: meanSales, variance: Math.max(0, squareSales - meanSales * meanSales) },
    (level - probabilityNone) / probabilitySome,
  );
}
