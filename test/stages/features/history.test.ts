import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

/** So many customers a day, each with one occasion. */
function firstDays(days: readonly (readonly [day: string, customers: number])[]) {
  return days.flatMap(([ordered_on, customers]) =>
    Array.from({ length: customers }, (_, i) => ({
      customer_key: `${ordered_on} ${i}`,
      ordered_on,
      is_occasion: true,
      occasion_number: 1,
      interval_days: null,
      occasion_value: 10,
    })),
  );
}

const opening = ['2024-06-01', 500] as const;

test.each([
  // four of 504 customers, and 180 days without an order after them
  { stray: [['2023-12-04', 4]] as const, from: '2024-06-01' },
  // 179 days
  { stray: [['2023-12-05', 4]] as const, from: '2023-12-05' },
  // five customers are a beginning
  { stray: [['2020-01-01', 5]] as const, from: '2020-01-01' },
  // several days that hold four together, and a gap before them too
  {
    stray: [
      ['2018-01-01', 1],
      ['2020-01-01', 3],
    ] as const,
    from: '2024-06-01',
  },
  // two and then three more before the gap are five
  {
    stray: [
      ['2018-01-01', 2],
      ['2020-01-01', 3],
    ] as const,
    from: '2020-01-01',
  },
])('of $stray before the opening the history begins on $from', async ({ stray, from }) => {
  const rows = await built('history', { customer_day: firstDays([...stray, opening]) });
  expect(columnsOf(rows, 'first_order_on', 'history_from_on')).toEqual([[stray[0][0], from]]);
});

test('four customers of 400 are one in a hundred, and no stray ones', async () => {
  const customer_day = firstDays([
    ['2020-01-01', 4],
    ['2024-06-01', 396],
  ]);
  expect(columnsOf(await built('history', { customer_day }), 'history_from_on')).toEqual([
    ['2020-01-01'],
  ]);
});

test('without a purchase occasion there is no history', async () => {
  const returned = firstDays([opening]).map((row) => ({
    ...row,
    is_occasion: false,
    occasion_number: null,
  }));
  expect(await built('history', { customer_day: returned })).toEqual([]);
});
