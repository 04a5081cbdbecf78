/**
 * Logarithm and exponential from + − × ÷ alone. The language leaves the last digits of Math.log and
 * Math.exp to the machine; the four operations are exact everywhere, so the sample has the same
 * bytes everywhere.
 */

/** Natural logarithm of x > 0: x = m · 2^k with m near 1, then 2 artanh((m − 1) / (m + 1)). */
export function naturalLogarithm(x: number): number {
  let mantissa = x;
  let doublings = 0;
  for (; mantissa > 1.5; doublings += 1) mantissa /= 2;
  for (; mantissa < 0.75; doublings -= 1) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let series = 0;
  for (let odd = 25; odd >= 1; odd -= 2) series = series * square + 1 / odd;
  return doublings * Math.LN2 + 2 * ratio * series;
}

/** e to the power x, for |x| < 700: x = k ln 2 + r, then Taylor's series in r. */
export function exponential(x: number): number {
  const doublings = Math.round(x / Math.LN2);
  const rest = x - doublings * Math.LN2;
  let series = 1;
  for (let term = 18; term >= 1; term -= 1) series = 1 + (series * rest) / term;
  for (let i = 0; i < doublings; i += 1) series *= 2;
  for (let i = 0; i > doublings; i -= 1) series /= 2;
  return series;
}
