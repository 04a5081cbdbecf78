/** What was spent at the occasions of a cut's horizon beside what those customers were taken to spend. */
export interface BasketAtCut {
  /** ln(value of the occasions that came ÷ Σ of their expected values). */
  readonly drift: number;
  readonly standardError: number;
}

/**
 * The same occasions, so that it is the value of an occasion and nothing of how many that is judged:
 * Σ actual value ÷ Σ y E[M], its error from the customers' differences. Null where nobody bought.
 */
export function basketAtCut({
  count,
  actualOrders,
  actualValue,
  occasionValue,
}: {
  readonly count: Float64Array;
  readonly actualOrders: Float64Array;
  /** Mean value of the horizon of the group's customers, and what an occasion was taken to bring. */
  readonly actualValue: Float64Array;
  readonly occasionValue: Float64Array;
}): BasketAtCut | null {
  let came = 0;
  let expected = 0;
  for (let i = 0; i < count.length; i++) {
    came += count[i]! * actualValue[i]!;
    expected += count[i]! * actualOrders[i]! * occasionValue[i]!;
  }
  if (!(came > 0 && expected > 0)) return null;
  const ratio = came / expected;
  let squares = 0;
  for (let i = 0; i < count.length; i++) {
    const rest = actualValue[i]! - ratio * actualOrders[i]! * occasionValue[i]!;
    squares += count[i]! * rest * rest;
  }
  return { drift: Math.log(ratio), standardError: Math.sqrt(squares) / came };
}

/**
 * The factor by which the value of an occasion has moved since customers spent what is known of them:
 * e^{d (1 − s²/d²)₊}, d the mean drift of the cuts and s its error (of chance, and of the cuts among
 * themselves; they overlap, so it is not divided by their number): what does not stand out from its
 * error is no drift (James & Stein 1961, positive part).
 */
export function basketFactor(cuts: readonly BasketAtCut[]): number {
  if (cuts.length === 0) return 1;
  const drift = cuts.reduce((sum, cut) => sum + cut.drift, 0) / cuts.length;
  if (drift === 0) return 1;
  const ofChance = cuts.reduce((sum, cut) => sum + cut.standardError ** 2, 0) / cuts.length;
  const ofCuts = cuts.reduce((sum, cut) => sum + (cut.drift - drift) ** 2, 0) / cuts.length;
  const share = Math.max(0, 1 - (ofChance + ofCuts) / (drift * drift));
  return Math.exp(drift * share);
}
