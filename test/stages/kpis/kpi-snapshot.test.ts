import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';
import { quarter } from './quarter.ts';

const place = { period: 'month', dimension: 'total', member: 'all' };
const sales = [
  {
    ...place,
    period_start_on: '2025-10-01',
    units: 27,
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
    units: 0,
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
const value_basis = [{ value_basis: 'contribution' }];
const given = { calendar: months, kpi_sales: sales, kpi_customer: customers, value_basis };

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

test('of a period that is not complete the lost are not known, nor what is told of it by the next', async () => {
  const retention = async (...open: string[]) => {
    const calendar = months.map((row) => ({
      ...row,
      is_complete: !open.includes(String(row.period_start_on)),
    }));
    const rows = await built('kpi_snapshot', { ...given, calendar });
    return columnsOf(rows, 'lost_customers', 'retention_rate');
  };
  expect(await retention('2025-12-01')).toEqual([
    [0, null],
    [3, 2 / 5],
    [null, null],
  ]);
  expect(await retention('2025-10-01')).toEqual([
    [null, null],
    [3, null],
    [3, 0],
  ]);
});

test('an average order is before returns, an average basket after them', async () => {
  const rows = await built('kpi_snapshot', given);
  expect(columnsOf(rows, 'average_order_value', 'average_basket', 'items_per_order')).toEqual([
    // (200 - 50) / 9, 120 / 9, 27 / 9
    ['16.6667', '13.3333', 3],
    ['0.0000', '0.0000', 0],
    [null, null, null],
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

test('where costs are not known there is no margin, and no cost of 0', async () => {
  const rows = await built('kpi_snapshot', {
    ...given,
    kpi_sales: sales.map((row) => ({ ...row, cost_of_goods: null })),
    value_basis: [{ value_basis: 'net_sales' }],
  });
  expect(columnsOf(rows, 'cost_of_goods', 'gross_margin')).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
});
