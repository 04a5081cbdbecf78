import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';
import { quarter } from './quarter.ts';

const place = { period: 'month', dimension: 'total', member: 'all' };
const sales = [
  {
    ...place,
    period_start_on: '2025-10-01',
    gross_sales: 200,
    discounts: 50,
    returns: 30,
    net_sales: 120,
    cost_of_goods: 45,
  },
  // returned goods only, by nobody known
  {
    ...place,
    period_start_on: '2025-12-01',
    gross_sales: 0,
    discounts: 0,
    returns: 10,
    net_sales: -10,
    cost_of_goods: -4,
  },
];
const customers = [
  {
    ...place,
    period_start_on: '2025-10-01',
    orders: 9,
    customer_orders: 8,
    customers: 5,
    first_time_customers: 5,
    new_customers: 4,
    returning_customers: 0,
    reactivated_customers: 1,
    repurchasers: 2,
    lost_afterwards: 3,
  },
  {
    ...place,
    period_start_on: '2025-11-01',
    orders: 4,
    customer_orders: 4,
    customers: 3,
    first_time_customers: 1,
    new_customers: 1,
    returning_customers: 2,
    reactivated_customers: 0,
    repurchasers: 2,
    lost_afterwards: 3,
  },
];
const months = quarter.filter(({ period }) => period === 'month');
const given = { calendar: months, kpi_sales: sales, kpi_customer: customers };

test('every member has a row in every period of its kinds, with nothing where it has nothing', async () => {
  const web = { ...place, dimension: 'channel', member: 'web', period_start_on: '2025-11-01' };
  const rows = await built('kpi_snapshot', {
    ...given,
    // months are no years
    calendar: quarter,
    kpi_customer: [...customers, { ...web, orders: 7, customers: 0, first_time_customers: 0 }],
  });
  expect(columnsOf(rows, 'period_start_on', 'member', 'orders', 'net_sales')).toEqual([
    ['2025-10-01', 'web', 0, '0.0000'],
    ['2025-10-01', 'all', 9, '120.0000'],
    ['2025-11-01', 'web', 7, '0.0000'],
    ['2025-11-01', 'all', 4, '0.0000'],
    ['2025-12-01', 'web', 0, '0.0000'],
    ['2025-12-01', 'all', 0, '-10.0000'],
  ]);
});

test('a period counts its own, and the lost of the one before', async () => {
  const rows = await built('kpi_snapshot', given);
  expect(
    columnsOf(
      rows,
      'anonymous_orders',
      'gross_margin',
      'customers',
      'acquired_customers',
      'new_customers',
      'returning_customers',
      'reactivated_customers',
      'lost_customers',
    ),
  ).toEqual([
    // 9 - 8; 120 - 45; there is no period before
    [1, '75.0000', 5, 5, 4, 0, 1, 0],
    // 5 + 1 acquired; 3 of the 5 of October are lost
    [0, '0.0000', 3, 6, 1, 2, 0, 3],
    // -10 - -4; all 3 of November are lost
    [0, '-6.0000', 0, 6, 0, 0, 0, 3],
  ]);
});

test('rates are their fractions, and NULL of nothing', async () => {
  const rows = await built('kpi_snapshot', given);
  expect(
    columnsOf(rows, 'average_basket', 'purchase_frequency', 'activity_rate', 'repurchase_rate'),
  ).toEqual([
    // 120 / 9, 8 / 5, 5 / 5, 2 / 5
    ['13.3333', 8 / 5, 1, 2 / 5],
    ['0.0000', 4 / 3, 3 / 6, 2 / 3],
    [null, null, 0, null],
  ]);
  expect(columnsOf(rows, 'retention_rate', 'discount_rate', 'return_rate')).toEqual([
    // 50 / 200, 30 / 150
    [null, 0.25, 0.2],
    // 2 of the 5 of October
    [2 / 5, null, null],
    // none of the 3 of November
    [0, null, null],
  ]);
});
