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
 * The requirements that a history misses, in plain words; none where models may be fitted. Three
 * times the shortest back-test horizon, 60 days, is the 180 days asked for.
 */
export function missingForModels(facts: HistoryFacts): string[] {
  const missing: string[] = [];
  if (facts.countCustomersWithOrder < FEWEST_CUSTOMERS) {
    missing.push(
      `at least ${FEWEST_CUSTOMERS} customers with an order are needed: found ${facts.countCustomersWithOrder}`,
    );
  }
  if (facts.historyDays < FEWEST_DAYS) {
    missing.push(`at least ${FEWEST_DAYS} days of history are needed: found ${facts.historyDays}`);
  }
  if (facts.daysSinceLastOrder > MOST_SILENT_DAYS) {
    missing.push(
      `an order in the last ${MOST_SILENT_DAYS} days is needed: the last one is ${facts.daysSinceLastOrder} days old`,
    );
  }
  if (facts.countCustomersWithThreeOrders === 0) {
    missing.push('some customers with three or more orders are needed: found none');
  }
  return missing;
}
