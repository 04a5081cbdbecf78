import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

function occasion(
  [customer_key, ordered_on]: readonly [string, string],
  [occasion_number, interval_days]: readonly [number, number | null],
  occasion_value: number,
) {
  const is_occasion = true;
  return { customer_key, ordered_on, is_occasion, occasion_number, interval_days, occasion_value };
}

const returned = {
  customer_key: 'a',
  ordered_on: '2025-03-05',
  is_occasion: false,
  occasion_number: null,
  interval_days: null,
  occasion_value: 0,
};
const customer_day = [
  occasion(['a', '2025-01-01'], [1, null], 100),
  occasion(['a', '2025-01-31'], [2, 30], 12.34),
  occasion(['a', '2025-03-01'], [3, 29], 20),
  occasion(['a', '2025-04-01'], [4, 31], 1234),
  occasion(['b', '2025-02-15'], [1, null], 50),
  occasion(['c', '2025-03-02'], [1, null], 9),
  returned,
];
const back_test_cut = [{ cut_on: '2025-03-01', horizon_days: 31 }];

test('interval_count counts the days between occasions up to each cut and to the as-of date', async () => {
  const rows = await built('interval_count', { back_test_cut, customer_day });
  expect(columnsOf(rows, 'cut_on', 'interval_days', 'count_intervals')).toEqual([
    ['2025-03-01', 29, 1],
    ['2025-03-01', 30, 1],
    ['2025-12-31', 29, 1],
    ['2025-12-31', 30, 1],
    ['2025-12-31', 31, 1],
  ]);
});

test('back_test_count tells what each history was before the cut and brought after it', async () => {
  const rows = await built('back_test_count', { back_test_cut, customer_day });
  expect(
    columnsOf(
      rows,
      'frequency',
      'recency_days',
      'age_days',
      'earlier_orders',
      'actual_orders',
      'spend_bin',
      'actual_bin',
      'repeat_value',
      'average_value',
      'actual_value',
    ),
  ).toEqual([
    // b: once, 14 days before the cut, nothing after; in the 31 days before it
    [0, 0, 14, 1, 0, 0, 0, '0.0000', '50.0000', '0.0000'],
    // a: x = 2, 59 days; 31 January and 1 March are in the 31 days before the cut;
    // (12.34 + 20) / 2 = 16.17 -> 160; 132.34 / 3; 1 April is the last day: 1234 -> 12000
    [2, 59, 59, 2, 1, 160, 12000, '16.1700', '44.1133', '1234.0000'],
  ]);
});

test('back_test_count knows nobody who came after the cut, and nothing after the horizon', async () => {
  const rows = await built('back_test_count', {
    back_test_cut: [{ cut_on: '2025-03-01', horizon_days: 30 }],
    customer_day,
  });
  // 30 days before the cut is 30 January, 30 days after it 31 March
  expect(columnsOf(rows, 'frequency', 'earlier_orders', 'actual_orders')).toEqual([
    [0, 1, 0],
    [2, 2, 0],
  ]);
});

test('orders of a whole horizon before the cut are those after its first day', async () => {
  const rows = await built('back_test_count', {
    back_test_cut: [{ cut_on: '2025-03-01', horizon_days: 29 }],
    customer_day,
  });
  // 31 January is 29 days before the cut
  expect(columnsOf(rows, 'frequency', 'earlier_orders')).toEqual([
    [0, 1],
    [2, 1],
  ]);
});

test('purchase_count and spend_count count alike customers', async () => {
  const customer_features = [
    { customer_key: 'a', frequency: 1, recency_days: 5, age_days: 9, repeat_occasion_value: 10 },
    { customer_key: 'b', frequency: 1, recency_days: 5, age_days: 9, repeat_occasion_value: 10 },
    { customer_key: 'c', frequency: 1, recency_days: 6, age_days: 9, repeat_occasion_value: 0 },
    { customer_key: 'd', frequency: 0, recency_days: 0, age_days: 9, repeat_occasion_value: null },
    { customer_key: 'p', frequency: null, repeat_occasion_value: null },
  ];
  expect((await built('purchase_count', { customer_features })).map(Object.values)).toEqual([
    [0, 0, 9, 1],
    [1, 5, 9, 2],
    [1, 6, 9, 1],
  ]);
  // without a repeat, or with free ones only, nothing is known of the spend
  expect((await built('spend_count', { customer_features })).map(Object.values)).toEqual([
    [1, '10.0000', 2],
  ]);
});
