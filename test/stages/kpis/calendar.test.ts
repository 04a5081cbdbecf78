import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

/** One line a day; only what is not cancelled is a beginning. */
function soldOn(...days: string[]) {
  return days.map((ordered_on, i) => ({ order_id: `${i}`, ordered_on, is_cancelled: false }));
}

const columns = ['period', 'period_start_on', 'period_end_on', 'period_number', 'is_complete'];

test('periods go from the one of the first sale to the one of the as-of date', async () => {
  const cancelled = { order_id: 'x', ordered_on: '2020-01-01', is_cancelled: true };
  const rows = await built('calendar', {
    order_line: [...soldOn('2025-05-31', '2025-06-01', '2025-12-31'), cancelled],
  });
  expect(columnsOf(rows, ...columns)).toEqual([
    ['half_year', '2025-01-01', '2025-06-30', 4050, true],
    ['half_year', '2025-07-01', '2025-12-31', 4051, true],
    ['month', '2025-05-01', '2025-05-31', 24304, true],
    ['month', '2025-06-01', '2025-06-30', 24305, true],
    ['month', '2025-07-01', '2025-07-31', 24306, true],
    ['month', '2025-08-01', '2025-08-31', 24307, true],
    ['month', '2025-09-01', '2025-09-30', 24308, true],
    ['month', '2025-10-01', '2025-10-31', 24309, true],
    ['month', '2025-11-01', '2025-11-30', 24310, true],
    ['month', '2025-12-01', '2025-12-31', 24311, true],
    ['year', '2025-01-01', '2025-12-31', 2025, true],
  ]);
});

test('a period that goes on is not complete', async () => {
  const rows = await built('calendar', { order_line: soldOn('2023-12-31') }, {}, '2024-12-30');
  const open = rows.filter(({ is_complete }) => is_complete === false);
  expect(columnsOf(open, 'period', 'period_start_on', 'period_end_on')).toEqual([
    ['half_year', '2024-07-01', '2024-12-31'],
    ['month', '2024-12-01', '2024-12-31'],
    ['year', '2024-01-01', '2024-12-31'],
  ]);
  // the leap day is in it, and numbers go on over the turn of the year
  expect(columnsOf(rows, ...columns)).toContainEqual([
    'month',
    '2024-02-01',
    '2024-02-29',
    24289,
    true,
  ]);
  expect(columnsOf(rows, ...columns)[0]).toEqual([
    'half_year',
    '2023-07-01',
    '2023-12-31',
    4047,
    true,
  ]);
  const months = rows.filter(({ period }) => period === 'month');
  expect(months.map(({ period_number }) => Number(period_number) - 24287)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ]);
});

test('a period that begins on the as-of date is one', async () => {
  const rows = await built('calendar', { order_line: soldOn('2025-11-30') }, {}, '2025-12-01');
  expect(columnsOf(rows, 'period', 'period_start_on')).toEqual([
    ['half_year', '2025-07-01'],
    ['month', '2025-11-01'],
    ['month', '2025-12-01'],
    ['year', '2025-01-01'],
  ]);
});

test('reaches back 83 years', async () => {
  const rows = await built('calendar', { order_line: soldOn('1943-01-01') });
  expect(rows.filter(({ period }) => period === 'year')).toHaveLength(83);
  expect(rows.filter(({ period }) => period === 'month')).toHaveLength(83 * 12);
});

test('is empty without a sale', async () => {
  expect(await built('calendar', {})).toEqual([]);
});
