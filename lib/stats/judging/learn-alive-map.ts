import { minimise } from '../optimise/minimise.ts';
import { type AliveMap, logitOf } from '../scoring/alive-map.ts';

/** What the models said of a paused customer at a cut, and whether that customer then bought. */
export interface PauseObservation {
  readonly customers: number;
  readonly hasBought: boolean;
  /** Of each model: its weight in orders, P(alive), and P(any order in the horizon | alive). */
  readonly models: readonly {
    readonly weight: number;
    readonly alive: number;
    readonly someIfAlive: number;
  }[];
}

/** The map is learned of repeat customers whose P(alive) is below: those who paused. */
export const PAUSED_BELOW = 0.3;
/** It leaves P(alive) = 0.8 where it is: a shift of all would be a correction of the total. */
const PIVOT = Math.log(0.8 / 0.2);
/** Standard deviation of ln slope before anything is seen: what few customers say moves it little. */
const DEVIATION = 0.5;
/** It is meant for customers who are taken for gone too soon: the other way it goes a short way only. */
const SMALLEST_SLOPE = 0.25;
const LARGEST_SLOPE = 1.5;

/** The map of a slope around the pivot. */
export function aliveMapOf(slope: number): AliveMap {
  return { shift: PIVOT * (1 - slope), slope };
}

/** The geometric mean of what the cuts taught; null where none did. */
export function meanSlope(slopes: readonly number[]): number | null {
  if (slopes.length === 0) return null;
  return Math.exp(slopes.reduce((sum, slope) => sum + Math.log(slope), 0) / slopes.length);
}

/**
 * The slope, around the pivot, of the map of logit P(alive) under which it is likeliest that those
 * bought who did: Σ n ln P or ln(1 − P), P = Σ w · mapped(alive) · someIfAlive, less
 * ½ (ln slope ÷ deviation)². Platt (1999) scales scores so. Null where nobody had paused.
 */
export function learnAliveSlope(observations: readonly PauseObservation[]): number | null {
  if (observations.length === 0) return null;
  const found = minimise(
    ([logSlope = 0], gradient) => {
      const slope = Math.exp(logSlope);
      let value = (logSlope / DEVIATION) ** 2 / 2;
      gradient[0] = logSlope / DEVIATION ** 2;
      for (const { customers, hasBought, models } of observations) {
        let chance = 0;
        let byLogSlope = 0;
        for (const { weight, alive, someIfAlive } of models) {
          const fromPivot = slope * (logitOf(alive) - PIVOT);
          const now = 1 / (1 + Math.exp(-PIVOT - fromPivot));
          chance += weight * someIfAlive * now;
          byLogSlope += weight * someIfAlive * now * (1 - now) * fromPivot;
        }
        const likelihood = Math.max(Number.MIN_VALUE, hasBought ? chance : 1 - chance);
        value -= customers * Math.log(likelihood);
        gradient[0]! -= ((hasBought ? customers : -customers) * byLogSlope) / likelihood;
      }
      return value;
    },
    {
      start: Float64Array.of(0),
      box: {
        lower: Float64Array.of(Math.log(SMALLEST_SLOPE)),
        upper: Float64Array.of(Math.log(LARGEST_SLOPE)),
      },
      tolerance: 1e-6,
    },
  );
  return Math.exp(found.point[0]!);
}
