import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const none = {
  gross_sales: 0,
  discount: 0,
  return_amount: 0,
  net_sales: 0,
  cost_of_goods: 0,
  shipping_charged: 0,
};

/** Occasions of a customer on these days, of 10 each, with the days since the one before. */
function occasions(customer_key: string, ...days: string[]): Row[] {
  return days.map((ordered_on, i) => ({
    ...none,
    customer_key,
    ordered_on,
    is_occasion: true,
    occasion_number: i + 1,
    interval_days:
      i === 0 ? null : (Date.parse(ordered_on) - Date.parse(days[i - 1] as string)) / 86_400_000,
    first_channel: i === 0 ? 'web' : null,
    first_category: i === 0 ? 'tea' : null,
    occasion_value: 10,
    net_sales: 10,
  }));
}

async function featuresOf(
  days: readonly Row[],
  orders: readonly Row[] = [],
  value_basis = 'contribution',
): Promise<Row> {
  const [row] = await built('customer_features', {
    customer: [{ customer_key: 'a' }],
    value_basis: [{ value_basis }],
    customer_day: days,
    sales_order: orders.map((order, i) => ({ order_id: `${i}`, is_order: true, ...order })),
  });
  return row as Row;
}

test('money of 12, 24 and 36 months is that of the days after the same day of the month', async () => {
  const days = ['2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'];
  const row = await featuresOf(
    days.map((ordered_on, i) => ({
      ...none,
      customer_key: 'a',
      ordered_on,
      is_occasion: false,
      occasion_value: 0,
      // 1 10 100 ...: which days are in it can be read off the digits
      net_sales: 10 ** i,
      cost_of_goods: 2 * 10 ** i,
      shipping_charged: 5 * 10 ** i,
    })),
  );
  expect(row).toMatchObject({
    net_sales: '111111.0000',
    net_sales_36m: '111110.0000',
    net_sales_24m: '111000.0000',
    net_sales_12m: '100000.0000',
    // 1 - 2: what shipping costs is not known, so what was charged for it is no income
    contribution: '-111111.0000',
    contribution_36m: '-111110.0000',
    contribution_24m: '-111000.0000',
    contribution_12m: '-100000.0000',
    // days without an occasion make no history
    frequency: null,
    recency_days: null,
    count_occasions: 0,
  });
});

test('who bought nothing has sums of nothing; what costs nobody knows is not known of him either', async () => {
  const sums = ['gross_sales', 'discount', 'return_amount', 'net_sales', 'shipping_charged'];
  const sales = ['net_sales_12m', 'net_sales_24m', 'net_sales_36m', 'occasion_value'];
  const costs = ['cost_of_goods', 'contribution'];
  const windows = ['contribution_12m', 'contribution_24m', 'contribution_36m'];
  const all = (columns: readonly string[], value: string | null) =>
    Object.fromEntries(columns.map((column) => [column, value]));
  const nothing = { ...all([...sums, ...sales], '0.0000'), count_orders: 0, count_orders_12m: 0 };
  const known = await featuresOf([]);
  expect(known).toMatchObject({ ...nothing, ...all([...costs, ...windows], '0.0000') });
  const unknown = await featuresOf([], [], 'sales');
  expect(unknown).toMatchObject({ ...nothing, ...all([...costs, ...windows], null) });
});

test('orders are those of the customer that were not given back whole, also of the last year', async () => {
  const row = await featuresOf(occasions('a', '2024-12-31', '2025-01-01'), [
    { customer_key: 'a', ordered_on: '2024-12-31' },
    { customer_key: 'a', ordered_on: '2025-01-01' },
    { customer_key: 'a', ordered_on: '2025-01-01' },
    { customer_key: 'a', ordered_on: '2025-01-01', is_order: false },
    { customer_key: 'b', ordered_on: '2025-01-01' },
    { customer_key: null, ordered_on: '2025-01-01' },
  ]);
  // 20 / 3
  expect(row).toMatchObject({ count_orders: 3, count_orders_12m: 2, average_basket: '6.6667' });
});

test('regularity is mean² / (variance + 1/6) of the intervals, from three of them on', async () => {
  // intervals of 10 and 20 days are too few
  expect(await featuresOf(occasions('a', '2025-01-01', '2025-01-11', '2025-01-31'))).toMatchObject({
    frequency: 2,
    regularity: null,
  });
  // of 10, 20 and 30 days: mean 20, variance (100 + 0 + 100) / 2
  expect(
    await featuresOf(occasions('a', '2025-01-01', '2025-01-11', '2025-01-31', '2025-03-02')),
  ).toMatchObject({
    frequency: 3,
    recency_days: 60,
    days_since_last: 304,
    age_days: 364,
    regularity: expect.closeTo(400 / (100 + 1 / 6), 9),
    repeat_occasion_value: '10.0000',
  });
});

/** So many customers of a channel whose first sale was of a category; null: nothing was bought. */
function crowd(count: number, channel: string, category: string | null) {
  const keys = Array.from({ length: count }, (_, i) => `${channel} ${category} ${i}`);
  return {
    customer: keys.map((customer_key) => ({ customer_key, acquisition_channel: channel })),
    customer_day:
      category === null
        ? []
        : keys.flatMap((key) =>
            occasions(key, '2025-01-01').map((row) => ({ ...row, first_category: category })),
          ),
  };
}

test('a base group has 100 customers with an occasion, else it is merged upwards', async () => {
  const crowds = [
    crowd(100, 'ads', 'tea'),
    crowd(99, 'ads', 'pots'),
    // 99 of a channel, one of whom bought nothing, and one more with nothing
    crowd(99, 'fair', 'tea'),
    crowd(1, 'fair', null),
    // 100 of a channel, 50 each of two categories
    crowd(50, 'mail', 'tea'),
    crowd(50, 'mail', 'pots'),
  ];
  const rows = await built('customer_features', {
    value_basis: [{ value_basis: 'contribution' }],
    customer: crowds.flatMap(({ customer }) => customer),
    customer_day: crowds.flatMap(({ customer_day }) => customer_day),
  });
  const groups = new Map(
    columnsOf(rows, 'acquisition_channel', 'first_category', 'base_group').map(
      ([channel, category, group]) => [`${channel} ${category}`, group],
    ),
  );
  expect(Object.fromEntries(groups)).toEqual({
    'ads tea': 'ads / tea',
    'ads pots': 'ads',
    'fair tea': 'all',
    'fair null': 'all',
    'mail tea': 'mail',
    'mail pots': 'mail',
  });
});

test('the channel of a customer is what a source says, else that of the first occasion', async () => {
  const rows = await built('customer_features', {
    value_basis: [{ value_basis: 'contribution' }],
    customer: [{ customer_key: 'a', acquisition_channel: 'fair' }, { customer_key: 'b' }],
    customer_day: [...occasions('a', '2025-01-01'), ...occasions('b', '2025-01-01')],
  });
  expect(columnsOf(rows, 'acquisition_channel')).toEqual([['fair'], ['web']]);
});

test('where costs are not known there is no contribution, and none of a prospect either', async () => {
  for (const days of [occasions('a', '2025-12-31'), []]) {
    expect(await featuresOf(days, [], 'net_sales')).toMatchObject({
      cost_of_goods: null,
      contribution: null,
      contribution_12m: null,
      contribution_24m: null,
      contribution_36m: null,
    });
  }
  expect(await featuresOf([])).toMatchObject({ cost_of_goods: '0.0000', contribution: '0.0000' });
});
