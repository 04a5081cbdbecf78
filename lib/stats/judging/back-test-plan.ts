const HORIZONS_DAYS = [365, 180, 90, 60];
const MOST_CUTS = 3;

/**
 * Where to cut a history of so many days (docs/models.md, "Cuts"): the horizon is the longest of
 * 60, 90, 180, 365 days that is at most a third of it; cuts lie half a horizon apart, newest first,
 * each with at least a horizon of history before it. Null where the history is too short for one.
 */
export function planBackTest(
  historyDays: number,
): { readonly horizonDays: number; readonly cutsDaysAgo: readonly number[] } | null {
  const horizonDays = HORIZONS_DAYS.find((days) => 3 * days <= historyDays);
  if (horizonDays === undefined) return null;
  const cutsDaysAgo = Array.from({ length: MOST_CUTS }, (_, i) =>
    Math.round(horizonDays * (1 + i / 2)),
  ).filter((daysAgo) => historyDays - daysAgo >= horizonDays);
  return { horizonDays, cutsDaysAgo };
}
