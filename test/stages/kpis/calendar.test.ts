import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

/** A history that begins on a day and reaches the last day that counts. */
function from(history_from_on: string, last_order_on = '2025-12-31', usual_silence_days = 3) {
  return { history: [{ history_from_on, last_order_on, usual_silence_days }] };
}

const columns = ['period', 'period_start_on', 'period_end_on', 'period_number', 'is_complete'];

test('periods go from the one in which the history begins to the one of the as-of date', async () => {
  const rows = await built('calendar', from('2025-05-31'));
  expect(columnsOf(rows, ...columns)).toEqual([
    ['half_year', '2025-01-01', '2025-06-30', 4050, false],
    ['half_year', '2025-07-01', '2025-12-31', 4051, true],
    ['month', '2025-05-01', '2025-05-31', 24304, false],
    ['month', '2025-06-01', '2025-06-30', 24305, true],
    ['month', '2025-07-01', '2025-07-31', 24306, true],
    ['month', '2025-08-01', '2025-08-31', 24307, true],
    ['month', '2025-09-01', '2025-09-30', 24308, true],
    ['month', '2025-10-01', '2025-10-31', 24309, true],
    ['month', '2025-11-01', '2025-11-30', 24310, true],
    ['month', '2025-12-01', '2025-12-31', 24311, true],
    ['year', '2025-01-01', '2025-12-31', 2025, false],
  ]);
});

test('a period that goes on is not complete', async () => {
  const rows = await built('calendar', from('2023-07-01', '2024-12-30'), {}, '2024-12-30');
  const open = rows.filter(({ is_complete }) => is_complete === false);
  expect(columnsOf(open, 'period', 'period_start_on', 'period_end_on')).toEqual([
    ['half_year', '2024-07-01', '2024-12-31'],
    ['month', '2024-12-01', '2024-12-31'],
    // begun before the history
    ['year', '2023-01-01', '2023-12-31'],
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
    -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ]);
});

test('a period that begins on the as-of date is one', async () => {
  const rows = await built('calendar', from('2025-11-30', '2025-11-30'), {}, '2025-12-01');
  expect(columnsOf(rows, 'period', 'period_start_on')).toEqual([
    ['half_year', '2025-07-01'],
    ['month', '2025-11-01'],
    ['month', '2025-12-01'],
    ['year', '2025-01-01'],
  ]);
});

test('reaches back 83 years', async () => {
  const rows = await built('calendar', from('1943-01-01'));
  expect(rows.filter(({ period }) => period === 'year')).toHaveLength(83);
  expect(rows.filter(({ period }) => period === 'month')).toHaveLength(83 * 12);
});

test('a period that the history begins within its first 7 days is complete', async () => {
  const complete = async (day: string) =>
    columnsOf(await built('calendar', from(day)), 'period', 'period_start_on', 'is_complete').slice(
      0,
      2,
    );
  expect(await complete('2025-07-07')).toEqual([
    ['half_year', '2025-07-01', true],
    ['month', '2025-07-01', true],
  ]);
  expect(await complete('2025-07-08')).toEqual([
    ['half_year', '2025-07-01', false],
    ['month', '2025-07-01', false],
  ]);
});

test('a period whose end the data do not reach is not complete, be it over or not', async () => {
  const january = async (last: string, silence: number) => {
    const rows = await built('calendar', from('2024-12-01', last, silence), {}, '2025-02-05');
    const months = rows.filter(({ period }) => period === 'month');
    return columnsOf(months, 'period_start_on', 'is_complete')[1];
  };
  expect(await january('2025-01-20', 3)).toEqual(['2025-01-01', false]);
  // 11 days to the end: no longer than the shop is silent now and then
  expect(await january('2025-01-20', 11)).toEqual(['2025-01-01', true]);
  expect(await january('2025-01-20', 10)).toEqual(['2025-01-01', false]);
  expect(await january('2025-01-28', 3)).toEqual(['2025-01-01', true]);
});

test('of the first half-year and year the months of the history count', async () => {
  const rows = await built('calendar', from('2025-08-20'));
  expect(columnsOf(rows, 'period', 'period_start_on', 'counts_from_on')).toEqual([
    ['half_year', '2025-07-01', '2025-08-01'],
    ...['08', '09', '10', '11', '12'].map((m) => ['month', `2025-${m}-01`, `2025-${m}-01`]),
    ['year', '2025-01-01', '2025-08-01'],
  ]);
});

test('is empty without a history', async () => {
  expect(await built('calendar', {})).toEqual([]);
});
