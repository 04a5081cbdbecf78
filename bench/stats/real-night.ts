import { spendAtCut } from '../../lib/stages/fit/spend-at-cut.ts';
import { cutSet } from './cut-set.ts';
import { type KnownCut, type NightAt, nightAt } from './night-at.ts';
import type { RealSet } from './real-sets.ts';

export function knownCut({ spend }: RealSet, at: number, days: number) {
  const cut = cutSet(spend, { at, days });
  const { repeatValue, averageValue, actualValue } = cut;
  const occasionValue = spendAtCut(cut.groups, { repeatValue, averageValue });
  return { cut, occasionValue, actualValue } satisfies KnownCut;
}

/** What a night at the end of day `at` would say of the `days` after it. */
export function realNight(
  set: RealSet,
  { at, days }: { readonly at: number; readonly days: number },
): NightAt {
  return nightAt(knownCut(set, at, days), {
    historyDays: at - set.firstDay,
    earlier: (daysAgo, horizonDays) => knownCut(set, at - daysAgo, horizonDays),
  });
}
