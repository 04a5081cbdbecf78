import type { Scorer } from './scorer.ts';

/**
 * logit P(alive) → shift + slope · logit P(alive), slope > 0, of customers who came back at least
 * once: P(alive) goes on falling strictly with silence, and whoever has bought once keeps theirs.
 */
export interface AliveMap {
  readonly shift: number;
  readonly slope: number;
}

/** P(alive) is 0 or 1 to the last digit beyond. */
const FARTHEST = 36;

/** ln(p/(1−p)), held within ±36. */
export function logitOf(probability: number): number {
  const logit = Math.log(probability) - Math.log1p(-probability);
  return Math.max(-FARTHEST, Math.min(FARTHEST, logit));
}

/** The mapped probability. */
export function mapped(probability: number, { shift, slope }: AliveMap): number {
  return 1 / (1 + Math.exp(-shift - slope * logitOf(probability)));
}

/** The same model with P(alive) mapped, and with it whatever hangs on it: orders, masses, moments. */
export function withAliveMap(scorer: Scorer, map: AliveMap | null): Scorer {
  if (map === null) return scorer;
  return {
    ...scorer,
    probabilityAlive: (history) => {
      const probability = scorer.probabilityAlive(history);
      return history.frequency === 0 ? probability : mapped(probability, map);
    },
  };
}
