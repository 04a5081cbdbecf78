import type { Note } from '../note.ts';

/** What is known of a history before any model is fitted. */
export interface HistoryFacts {
  readonly countCustomersWithOrder: number;
  /** First order to as-of date. */
  readonly historyDays: number;
  /** Last order of anybody to as-of date. */
  readonly daysSinceLastOrder: number;
  readonly countCustomersWithThreeOrders: number;
}

const FEWEST_CUSTOMERS = 500;
const FEWEST_DAYS = 180;
const MOST_SILENT_DAYS = 30;

/**
 * The requirements that a history misses; none where models may be fitted. Three
 * times the shortest back-test horizon, 60 days, is the 180 days asked for.
 */
export function missingForModels(facts: HistoryFacts): Note[] {
  const missing: Note[] = [];
  if (facts.countCustomersWithOrder < FEWEST_CUSTOMERS) {
    missing.push({
      code: 'too_few_customers',
      figures: { needed: FEWEST_CUSTOMERS, found: facts.countCustomersWithOrder },
    });
  }
  if (facts.historyDays < FEWEST_DAYS) {
    missing.push({
      code: 'history_too_short',
      figures: { needed_days: FEWEST_DAYS, found_days: facts.historyDays },
    });
  }
  if (facts.daysSinceLastOrder > MOST_SILENT_DAYS) {
    missing.push({
      code: 'no_recent_order',
      figures: { most_days: MOST_SILENT_DAYS, found_days: facts.daysSinceLastOrder },
    });
  }
  if (facts.countCustomersWithThreeOrders === 0) {
    missing.push({ code: 'nobody_ordered_three_times' });
  }
  return missing;
}
