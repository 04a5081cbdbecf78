import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

/** So many customers of a base group who are all alike. */
function alike(base_group: string, count: number, columns: Row): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    customer_key: `${base_group}-${i}`,
    base_group,
    ...columns,
  }));
}

/** In four years 4 occasions of 25, of which 10 are left; 2 orders and 30 of it in the last year. */
const loyal = {
  first_occasion_on: '2021-06-01',
  count_occasions: 4,
  age_days: 1600,
  recency_days: 1461,
  count_orders_12m: 2,
  occasion_value: 100,
  contribution: 40,
  contribution_12m: 30,
};
/** Once, a year ago to the day. */
const once = {
  first_occasion_on: '2024-12-31',
  count_occasions: 1,
  age_days: 365,
  recency_days: 0,
  count_orders_12m: 5,
  occasion_value: 10,
  contribution: 5,
  contribution_12m: 100,
};
/** A free sample, a day too late to be of a whole year. */
const free = {
  first_occasion_on: '2025-01-01',
  count_occasions: 1,
  age_days: 364,
  recency_days: 7,
  count_orders_12m: 9,
  occasion_value: 0,
  contribution: 0,
  contribution_12m: 9,
};

const figures = [
  'base_group',
  'history_from_on',
  'count_mature_customers',
  'mean_occasion_value',
  'contribution_rate',
  'duration_years',
  'orders_a_year',
  'contribution_a_year',
];

test('a group has its own figures, and the year of the company below 30 customers of a year', async () => {
  const rows = await built('group_rate', {
    customer_features: [
      ...alike('big', 30, loyal),
      ...alike('small', 29, once),
      ...alike('free', 1, free),
      ...alike('all', 1, free),
      ...alike('big', 1, { customer_key: 'prospect', count_occasions: 0, contribution: 0 }),
    ],
  });
  // 30 x 4 + 29 + 1 + 1 occasions; 30 x 100 + 29 x 10 sales; 30 x 40 + 29 x 5 left of them
  const mean = 3290 / 151;
  const rate = 1345 / 3290;
  // 59 of a year: 30 x 1461 days; 30 x 2 + 29 x 5 orders; 30 x 30 + 29 x 100
  const duration = 120 / 59;
  const orders = 205 / 59;
  const contribution = 3800 / 59;
  const near = (value: number) => expect.closeTo(value, 9);
  expect(columnsOf(rows, ...figures)).toEqual([
    [
      'all',
      '2021-06-01',
      59,
      near(mean),
      near(rate),
      near(duration),
      near(orders),
      near(contribution),
    ],
    ['big', '2021-06-01', 30, 25, near(0.4), near(4), 2, 30],
    // no sale and nobody of a year: rate and duration are the company's too
    ['free', '2025-01-01', 0, 0, near(rate), near(duration), near(orders), near(contribution)],
    ['small', '2024-12-31', 29, 10, 0.5, 0, near(orders), near(contribution)],
  ]);
});

test('29 customers of a year make no year for anybody', async () => {
  const rows = await built('group_rate', {
    customer_features: [...alike('small', 29, once), ...alike('free', 40, free)],
  });
  expect(columnsOf(rows, 'base_group', 'orders_a_year', 'contribution_a_year')).toEqual([
    ['all', null, null],
    ['free', null, null],
    ['small', null, null],
  ]);
});

test('a shop without an order has no rates', async () => {
  const features = alike('all', 3, { count_occasions: 0, contribution: 0 });
  expect(await built('group_rate', { customer_features: features })).toEqual([]);
});
