import { describe, expect, test } from 'vitest';
import { expectedCumulativeOrders, weekEnds } from '../../../lib/stats/judging/tracking.ts';
import { bgNbdExpectedOrdersOfNew, fitBgNbd } from '../../../lib/stats/models/bg-nbd.ts';
import {
  fitParetoNbd,
  paretoNbdExpectedOrdersOfNew,
} from '../../../lib/stats/models/pareto-nbd.ts';
import { cdnowFromTransactions, countsOf, hasCdnow } from '../cdnow.ts';
import { relativeError } from '../single.ts';

describe.skipIf(!hasCdnow)('expectedCumulativeOrders() on CDNOW, 39 weeks known of 78', () => {
  const customers = hasCdnow ? cdnowFromTransactions() : [];
  const groups = countsOf(customers);
  const endDays = weekEnds({
    firstDay: Math.min(...customers.map(({ days }) => days[0]!)),
    lastDay: 273,
  });
  const actual = endDays.map((end) =>
    customers.reduce((sum, { days }) => sum + days.slice(1).filter((day) => day <= end).length, 0),
  );
  // one row a customer, in an order of its own
  const acquired = {
    day: Float64Array.from(customers, ({ days }) => days[0]!),
    count: groups.count,
  };
  const week = (number: number) => number - 1;

  test('covers 39 weeks before the cut and 39 after it', () => {
    expect(endDays).toHaveLength(78);
    expect(endDays[week(39)]).toBe(0);
    expect(endDays[week(78)]).toBe(273);
  });

  test('has 2,457 repeat orders by week 39 and 1,882 more by week 78 to be held to', () => {
    expect(actual[week(39)]).toBe(2457);
    expect(actual[week(78)]! - actual[week(39)]!).toBe(1882);
  });

  test.each([
    { model: 'bg_nbd', fit: fitBgNbd, expected: bgNbdExpectedOrdersOfNew },
    { model: 'pareto_nbd', fit: fitParetoNbd, expected: paretoNbdExpectedOrdersOfNew },
  ] as const)(
    'of $model is the sum over customers, and follows what they did',
    ({ model, fit, expected }) => {
      const { parameters } = fit(groups);
      const forecast = expectedCumulativeOrders(acquired, { model, parameters, endDays });
      for (const number of [1, 5, 13, 39, 40, 78]) {
        let sum = 0;
        for (const { days } of customers) {
          const age = (endDays[week(number)]! - days[0]!) / 7;
          if (age > 0) sum += expected(parameters as never, age);
        }
        expect(relativeError(forecast[week(number)]!, sum)).toBeLessThan(1e-12);
      }
      // both lines of their figure end a few percent low at week 78
      expect(Math.abs(forecast[week(78)]! / actual[week(78)]! - 1)).toBeLessThan(0.05);
    },
  );
});

test('weekEnds() ends a week at the cut, begins with the first customer, leaves parts of weeks out', () => {
  expect(weekEnds({ firstDay: -15, lastDay: 20 })).toEqual([-14, -7, 0, 7, 14]);
  expect(weekEnds({ firstDay: -14, lastDay: 6 })).toEqual([-7, 0]);
  expect(weekEnds({ firstDay: 0, lastDay: 7 })).toEqual([0, 7]);
});
