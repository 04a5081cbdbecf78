import type { GammaGammaParameters } from '../../lib/stats/models/gamma-gamma.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/** What is known of a customer's spend: x repeats of mean m̄ (x = 0: nothing). */
interface SpendHistory {
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
