import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';
import { quarter } from './quarter.ts';

function line(ordered_on: string, channel: string, money: number, is_cancelled = false) {
  return {
    order_id: `${ordered_on}-${channel}-${money}`,
    ordered_on,
    channel,
    is_cancelled,
    is_sale: channel !== 'returns',
    quantity: money * 3,
    // each amount can be told from the others
    gross_sales: money * 100,
    discount: money * 10,
    return_amount: money,
    net_sales: money * 89,
    cost_of_goods: money * 40,
  };
}

test('money is added up by month and year, in total and by channel', async () => {
  const rows = await built('kpi_sales', {
    calendar: quarter,
    order_line: [
      line('2025-10-01', 'web', 1),
      line('2025-10-31', 'web', 2),
      line('2025-10-31', 'store', 4),
      line('2025-11-01', 'web', 8),
      line('2025-11-02', 'web', 16, true),
    ],
  });
  expect(
    columnsOf(rows, 'period', 'period_start_on', 'dimension', 'member', 'gross_sales', 'discounts'),
  ).toEqual([
    ['month', '2025-10-01', 'channel', 'store', '400.0000', '40.0000'],
    ['month', '2025-10-01', 'channel', 'web', '300.0000', '30.0000'],
    ['month', '2025-10-01', 'total', 'all', '700.0000', '70.0000'],
    ['month', '2025-11-01', 'channel', 'web', '800.0000', '80.0000'],
    ['month', '2025-11-01', 'total', 'all', '800.0000', '80.0000'],
    ['year', '2025-01-01', 'channel', 'store', '400.0000', '40.0000'],
    ['year', '2025-01-01', 'channel', 'web', '1100.0000', '110.0000'],
    ['year', '2025-01-01', 'total', 'all', '1500.0000', '150.0000'],
  ]);
  expect(columnsOf(rows, 'returns', 'net_sales', 'cost_of_goods').at(-1)).toEqual([
    '15.0000',
    '1335.0000',
    '600.0000',
  ]);

  expect(columnsOf(rows, 'units').at(-1)).toEqual(['45.0000']);
});

test('pieces that come back are not sold, and what is before the first day that counts is left out', async () => {
  const rows = await built('kpi_sales', {
    calendar: quarter.map((row) => ({ ...row, counts_from_on: '2025-10-02' })),
    order_line: [
      line('2025-10-01', 'web', 1),
      line('2025-10-02', 'web', 2),
      line('2025-10-03', 'returns', 4),
    ],
  });
  const year = rows.filter((row) => row.period === 'year' && row.dimension === 'total');
  expect(columnsOf(year, 'units', 'gross_sales')).toEqual([['6.0000', '600.0000']]);
});
