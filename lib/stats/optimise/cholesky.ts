/** Lower triangle L with L Lᵀ = matrix; null where the matrix is not positive definite. */
export function factorCholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const lower: number[][] = matrix.map(() => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]![j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      if (i === j) {
        if (!(rest > 0)) return null;
        lower[i]![i] = Math.sqrt(rest);
      } else {
        lower[i]![j] = rest / lower[j]![j]!;
      }
    }
  }
  return lower;
}

/** Solves L Lᵀ x = right. */
export function solveCholesky(
  lower: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const size = lower.length;
  const x = [...right];
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

/** Inverse of a positive definite matrix; null where it is not one. */
export function invertPositiveDefinite(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = factorCholesky(matrix);
  if (lower === null) return null;
  return matrix.map((_, i) =>
    solveCholesky(
      lower,
      matrix.map((__, j) => (i === j ? 1 : 0)),
    ),
  );
}
