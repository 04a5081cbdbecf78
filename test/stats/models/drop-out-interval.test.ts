import { expect, test } from 'vitest';
import { fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { coarsenCounts } from '../../../lib/stats/models/coarsen-counts.ts';
import { DROP_OUT_PRIOR } from '../../../lib/stats/models/drop-out.ts';
import { isDropOutTold } from '../../../lib/stats/models/drop-out-interval.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';

function toldOf(parameters: Readonly<Record<string, number>>, weeks: number, customers: number) {
  const shop = simulateShop({
    model: 'mbg_nbd',
    parameters,
    countCustomers: customers,
    acquisitionWeeks: weeks / 2,
    weeks,
    seed: 4,
  });
  const { groups } = historiesAt(shop, weeks);
  const scoring = fitCountModel('mbg_nbd', {
    groups,
    intervals: intervalsAt(shop, weeks),
    prior: DROP_OUT_PRIOR,
  });
  return isDropOutTold(coarsenCounts(groups, 1500), { scoring });
}

test('isDropOutTold() where two years of many customers tell who leaves', () => {
  expect(toldOf({ r: 0.6, alpha: 6, a: 0.9, b: 2.2 }, 104, 3000)).toBe(true);
});

test('isDropOutTold() not where few orders of few months cannot tell who has left from who waits', () => {
  expect(toldOf({ r: 0.8, alpha: 60, a: 0.1, b: 5 }, 26, 600)).toBe(false);
});

test('isDropOutTold() not where nobody seems ever to leave', () => {
  expect(toldOf({ r: 3, alpha: 9, a: 0.0001, b: 30 }, 30, 600)).toBe(false);
});
