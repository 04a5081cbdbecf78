/** The smallest y with P(Y ≤ y) ≥ level. */
export function quantileOfMass(mass: Float64Array, level: number): number {
  let cumulative = 0;
  for (let y = 0; y < mass.length; y++) {
    cumulative += mass[y]!;
    if (cumulative >= level) return y;
  }
  return mass.length - 1;
}
