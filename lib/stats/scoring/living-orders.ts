/** What a living customer of one x and phase will do in the coming `weeks`. */
export interface LivingOrders {
  /** E[Y]. */
  readonly mean: (age: number, weeks: number) => number;
  /** E[Y²]. */
  readonly meanSquare: (age: number, weeks: number) => number;
  /** P(Y = 0). */
  readonly probabilityNone: (age: number, weeks: number) => number;
  /** E of all orders to come, each times e^{−perWeek · weeks until it}; perWeek > 0. */
  readonly discountedResidual: (age: number, perWeek: number) => number;
}
