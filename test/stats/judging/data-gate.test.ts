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
  [{ countCustomersWithOrder: 499 }, 'at least 500 customers with an order are needed: found 499'],
  [{ historyDays: 179 }, 'at least 180 days of history are needed: found 179'],
  [
    { daysSinceLastOrder: 31 },
    'an order in the last 30 days is needed: the last one is 31 days old',
  ],
  [
    { countCustomersWithThreeOrders: 0 },
    'some customers with three or more orders are needed: found none',
  ],
])('missingForModels() says what is missing with %o', (fact, sentence) => {
  expect(missingForModels({ ...enough, ...fact })).toEqual([sentence]);
});
