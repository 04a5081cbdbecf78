import { expect, test } from 'vitest';
import { missingForModels } from '../../../lib/stats/judging/data-gate.ts';

const enough = {
  countCustomersWithOrder: 500,
  historyDays: 180,
  daysSinceLastOrder: 30,
  countCustomersWithThreeOrders: 1,
};

test('missingForModels() lets a history through that just meets every requirement', () => {
  expect(missingForModels(enough)).toEqual([]);
});

test.each([
  [
    { countCustomersWithOrder: 499 },
    { code: 'too_few_customers', figures: { needed: 500, found: 499 } },
  ],
  [
    { historyDays: 179 },
    { code: 'history_too_short', figures: { needed_days: 180, found_days: 179 } },
  ],
  [
    { daysSinceLastOrder: 31 },
    { code: 'no_recent_order', figures: { most_days: 30, found_days: 31 } },
  ],
  [{ countCustomersWithThreeOrders: 0 }, { code: 'nobody_ordered_three_times' }],
])('missingForModels() says what is missing with %o', (fact, note) => {
  expect(missingForModels({ ...enough, ...fact })).toEqual([note]);
});
