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
const history = [{ first_order_on: '2025-01-01', history_from_on: '2025-01-01' }];

test('interval_count counts the days between occasions up to each cut and to the as-of date', async () => {
  const rows = await built('interval_count', { history, back_test_cut, customer_day });
  expect(columnsOf(rows, 'cut_on', 'interval_days', 'count_intervals')).toEqual([
    ['2025-03-01', 29, 1],
    ['2025-03-01', 30, 1],
    ['2025-12-31', 29, 1],
    ['2025-12-31', 30, 1],
    ['2025-12-31', 31, 1],
  ]);
});

test('back_test_count tells what each history was before the cut and brought after it', async () => {
  const rows = await built('back_test_count', { history, back_test_cut, customer_day });
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

test('back_test_count puts values of the same first two digits together, of before and of after', async () => {
  const bins = [
    ...[
      [0.3, 3],
      [9.9, 99],
      [10.4, 100],
      [99, 990],
      [100.7, 1000],
      [999, 9900],
      [1234, 12_000],
    ],
    ...[
      [9999, 99_000],
      [12_345, 120_000],
      [123_456, 1_230_000],
    ],
  ] as const;
  const binned = async (column: string, valuesOf: (value: number) => readonly [number, number]) => {
    const rows = await built('back_test_count', {
      history,
      back_test_cut: [{ cut_on: '2025-03-01', horizon_days: 31 }],
      customer_day: bins.flatMap(([value], index) => {
        const [before, after] = valuesOf(value);
        return [
          occasion([`${index}`, '2025-01-01'], [1, null], 5),
          occasion([`${index}`, '2025-01-31'], [2, 30], before),
          occasion([`${index}`, '2025-03-15'], [3, 43], after),
        ];
      }),
    });
    return columnsOf(rows, column)
      .flat()
      .map(Number)
      .toSorted((a, b) => a - b);
  };
  const expected = bins.map(([, bin]) => bin);
  expect(await binned('spend_bin', (value) => [value, 5])).toEqual(expected);
  expect(await binned('actual_bin', (value) => [5, value])).toEqual(expected);
});

test('back_test_count knows nobody who came after the cut, and nothing after the horizon', async () => {
  const rows = await built('back_test_count', {
    history,
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
    history,
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
    [1, 100_000, 10, 2],
  ]);
});

test('spend_count puts means of the same first four digits together, and keeps their mean', async () => {
  const values = [12.341, 12.349, 12.35, 0.00012, 0.9999, 123_456.7, 123_402.1];
  const customer_features = values.map((repeat_occasion_value, i) => ({
    customer_key: String(i),
    frequency: 2,
    recency_days: 5,
    age_days: 9,
    repeat_occasion_value,
  }));
  const rows = await built('spend_count', { customer_features });
  expect(rows.map(Object.values)).toEqual([
    // in ten-thousandths, the first four digits of each
    [2, 1, expect.closeTo(0.0001, 12), 1],
    [2, 9999, expect.closeTo(0.9999, 12), 1],
    [2, 123_400, expect.closeTo(12.341, 9), 1],
    [2, 123_500, expect.closeTo((12.349 + 12.35) / 2, 9), 2],
    [2, 1_234_000_000, expect.closeTo((123_456.7 + 123_402.1) / 2, 6), 2],
  ]);
});

const strayDay = occasion(['z', '2019-05-01'], [1, null], 20);
const laterDay = occasion(['z', '2025-02-20'], [2, 2122], 20);

test('a customer first seen before the history begins is in no back-test, nor the interval across', async () => {
  const given = { history, back_test_cut, customer_day: [...customer_day, strayDay, laterDay] };
  const intervals = await built('interval_count', given);
  expect(columnsOf(intervals, 'interval_days')).not.toContainEqual([2122]);
  expect(await built('back_test_count', given)).toEqual(
    await built('back_test_count', { ...given, customer_day }),
  );
});
