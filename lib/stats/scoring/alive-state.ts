/**
 * A customer known to be there now: stages are passed at the rate λ ~ Gamma(shape, rate in
 * 1/weeks), every k-th is an occasion, and after each a chance to stop p ~ Beta(a, b).
 */
export interface AliveState {
  readonly shape: number;
  readonly rate: number;
  readonly a: number;
  readonly b: number;
  /** k: stages of an interval; 1 (Poisson purchases) where left out. */
  readonly regularity?: number;
  /** Stages passed since the last occasion, 0 … k − 1; 0 where left out. */
  readonly phase?: number;
}
