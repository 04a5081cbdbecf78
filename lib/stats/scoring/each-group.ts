import type { CountGroups } from '../models/counts.ts';
import type { LivingOrders } from './living-orders.ts';
import type { Scorer } from './scorer.ts';

/** P(alive) of a group under a scorer, and figures of its customer if alive. */
export interface GroupFigures {
  /** Place of the scorer in the list. */
  scorer: number;
  alive: number;
  readonly living: Float64Array;
}

/**
 * Figures of every group in turn under every scorer in turn. Those of a living customer depend on
 * (x, T) and phase alone: `figuresOf` is asked once for each, and the phases are mixed by their
 * chances. What `visit` is given is used again for the next group.
 */
export function eachGroup(
  groups: CountGroups,
  {
    scorers,
    figuresOf,
    visit,
  }: {
    readonly scorers: readonly Scorer[];
    readonly figuresOf: (orders: LivingOrders, age: number) => readonly number[];
    readonly visit: (group: number, figures: GroupFigures) => void;
  },
): void {
  const { frequency, recency, age } = groups;
  const { first, pairOfGroup } = distinctPairs(groups);
  for (const [place, scorer] of scorers.entries()) {
    const ofFrequency = new Map<number, readonly LivingOrders[]>();
    const figuresOfPair = first.map((i) => {
      let orders = ofFrequency.get(frequency[i]!);
      if (orders === undefined) {
        orders = Array.from({ length: scorer.phases }, (_, phase) =>
          scorer.ordersOfLiving(frequency[i]!, phase),
        );
        ofFrequency.set(frequency[i]!, orders);
      }
      return orders.map((ofPhase) => figuresOf(ofPhase, age[i]!));
    });
    const countFigures = figuresOfPair[0]?.[0]?.length ?? 0;
    const figures: GroupFigures = {
      scorer: place,
      alive: 0,
      living: new Float64Array(countFigures),
    };
    const { living } = figures;
    for (let i = 0; i < frequency.length; i++) {
      const history = { frequency: frequency[i]!, recency: recency[i]!, age: age[i]! };
      const byPhase = figuresOfPair[pairOfGroup[i]!]!;
      const chances = scorer.phaseChances(history);
      living.fill(0);
      for (let phase = 0; phase < byPhase.length; phase++) {
        const ofPhase = byPhase[phase]!;
        for (let j = 0; j < countFigures; j++) living[j]! += chances[phase]! * ofPhase[j]!;
      }
      figures.alive = scorer.probabilityAlive(history);
      visit(i, figures);
    }
  }
}

/** The distinct (x, T), each by the first group that has it, and the pair of every group. */
function distinctPairs({ frequency, age }: CountGroups): {
  readonly first: readonly number[];
  readonly pairOfGroup: Int32Array;
} {
  const first: number[] = [];
  const pairOfGroup = new Int32Array(frequency.length);
  const known = new Map<number, Map<number, number>>();
  for (let i = 0; i < frequency.length; i++) {
    let byAge = known.get(frequency[i]!);
    if (byAge === undefined) {
      byAge = new Map();
      known.set(frequency[i]!, byAge);
    }
    let pair = byAge.get(age[i]!);
    if (pair === undefined) {
      pair = first.length;
      first.push(i);
      byAge.set(age[i]!, pair);
    }
    pairOfGroup[i] = pair;
  }
  return { first, pairOfGroup };
}
