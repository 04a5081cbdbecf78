import type { RfmScores } from './rfm.ts';

/** Groups by recency 5 to 1 from above, and frequency 1 to 5 from the left. */
const groups = {
  5: ['new_customers', 'potential_loyalists', 'loyal', 'champions', 'champions'],
  4: ['promising', 'potential_loyalists', 'loyal', 'champions', 'champions'],
  3: ['about_to_sleep', 'need_attention', 'loyal', 'loyal', 'loyal'],
  2: ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'],
  1: ['lost', 'lost', 'at_risk', 'at_risk', 'cannot_lose'],
} as const;

/** The group of `rfm_plain`; whom money guards is in none that is left alone. */
export function segmentOf({ recency, frequency, isGuarded }: RfmScores): string {
  const group = groups[recency as keyof typeof groups][frequency - 1] as string;
  return isGuarded && ['hibernating', 'lost'].includes(group) ? 'cannot_lose' : group;
}
