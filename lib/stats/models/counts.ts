/**
 * What a customer's purchase history says to a model: x repeat occasions, the last one t_x weeks
 * after the first, observed for T weeks. Every likelihood here depends on nothing else.
 */
export interface CustomerHistory {
  /** x: occasions − 1, a whole number ≥ 0. */
  readonly frequency: number;
  /** t_x: weeks from the first to the last occasion; 0 where x = 0. */
  readonly recency: number;
  /** T: weeks from the first occasion to the as-of date, ≥ t_x. */
  readonly age: number;
}

/** Customers counted by (x, t_x, T): four columns of equal length, one entry a distinct triple. */
export interface CountGroups {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** Customers with this triple, > 0. */
  readonly count: Float64Array;
}

/**
 * Customers with x ≥ 1 repeat occasions counted by x and the mean value of those occasions.
 * Where a group is a bin of means, `meanSpend` is the mean of the bin and `meanLogSpend` the mean
 * of ln(mean spend) in it; left out, it is ln(meanSpend).
 */
export interface SpendGroups {
  readonly frequency: Float64Array;
  readonly meanSpend: Float64Array;
  readonly count: Float64Array;
  readonly meanLogSpend?: Float64Array;
}
