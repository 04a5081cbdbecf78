/**
 * How far from `peak`, to one side, a concave function has fallen by `depth` below its peak.
 * Bisection to 2^−6 of the distance, never short of it. Used to cut integrals where the
 * integrand no longer matters.
 */
export function concaveEdge(
  height: (u: number) => number,
  { peak, side, depth }: { peak: number; side: -1 | 1; depth: number },
): number {
  const floor = height(peak) - depth;
  let inner = 0;
  let outer = 1;
  while (height(peak + side * outer) > floor) outer *= 2;
  for (let k = 0; k < 6; k++) {
    const middle = (inner + outer) / 2;
    if (height(peak + side * middle) > floor) inner = middle;
    else outer = middle;
  }
  return peak + side * outer;
}
