import { describe, expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { makeHome } from '../../night/home.ts';
import { built, columnsOf } from '../built.ts';

/** So many customers a day, each with a first order; negative: orders of nobody known. */
function firstOrders(...days: readonly (readonly [day: string, customers: number])[]): Row[] {
  return days.flatMap(([ordered_on, customers]) =>
    Array.from({ length: Math.abs(customers) }, (_, i) => ({
      order_id: `${ordered_on} ${i}`,
      customer_key: customers < 0 ? null : `${ordered_on} ${i}`,
      order_number: customers < 0 ? null : 1,
      ordered_on,
      is_order: true,
    })),
  );
}

async function historyOf(orders: readonly Row[], settings: unknown = {}) {
  return await built('history', { sales_order: orders }, settings);
}

describe('the history begins', () => {
  test.each([
    // four of 504 customers, and 180 days without an order after them
    { stray: [['2023-12-04', 4]] as const, from: '2024-06-01' },
    // 179 days
    { stray: [['2023-12-05', 4]] as const, from: '2023-12-05' },
    // five customers are a beginning, known or not
    { stray: [['2020-01-01', 5]] as const, from: '2020-01-01' },
    { stray: [['2020-01-01', -5]] as const, from: '2020-01-01' },
    { stray: [['2020-01-01', -4]] as const, from: '2024-06-01' },
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
  ])('of $stray before the opening on $from', async ({ stray, from }) => {
    const rows = await historyOf(firstOrders(...stray, ['2024-06-01', 500]));
    expect(columnsOf(rows, 'first_order_on', 'history_from_on')).toEqual([[stray[0][0], from]]);
  });

  test('with four customers of 400, who are one in a hundred and no stray ones', async () => {
    const rows = await historyOf(firstOrders(['2020-01-01', 4], ['2024-06-01', 396]));
    expect(columnsOf(rows, 'history_from_on')).toEqual([['2020-01-01']]);
  });

  test('where the customers are new, not where the same four order again', async () => {
    const again = firstOrders(['2020-01-02', 4]).map((row) => ({ ...row, order_number: 2 }));
    const rows = await historyOf([
      ...firstOrders(['2020-01-01', 4], ['2024-06-01', 500]),
      ...again,
    ]);
    expect(columnsOf(rows, 'history_from_on')).toEqual([['2024-06-01']]);
  });

  test('where the setting says, but not before the first order', async () => {
    const orders = firstOrders(['2020-01-01', 1], ['2024-06-01', 500]);
    const from = async (history_from: string) =>
      columnsOf(await historyOf(orders, { history_from }), 'history_from_on');
    expect(await from('2020-01-01')).toEqual([['2020-01-01']]);
    expect(await from('2024-07-01')).toEqual([['2024-07-01']]);
    expect(await from('2019-01-01')).toEqual([['2020-01-01']]);
  });

  test('nowhere without an order', async () => {
    const returned = firstOrders(['2024-06-01', 500]).map((row) => ({ ...row, is_order: false }));
    expect(await historyOf(returned)).toEqual([]);
  });
});

test('a shop is as silent now and then as its longest gap of the year up to its last order, at least 3 days', async () => {
  const silence = async (...days: string[]) =>
    columnsOf(
      await historyOf(firstOrders(...days.map((day) => [day, 1] as const))),
      'last_order_on',
      'usual_silence_days',
    );
  expect(await silence('2025-06-01', '2025-06-05', '2025-06-07')).toEqual([['2025-06-07', 4]]);
  expect(await silence('2025-06-01', '2025-06-03')).toEqual([['2025-06-03', 3]]);
  // the gap that ends a year and a day before the last order is too old, a day later it is not
  expect(await silence('2024-01-01', '2024-06-03', '2025-06-03')).toEqual([['2025-06-03', 365]]);
  expect(await silence('2024-05-01', '2024-06-04', '2024-06-06', '2025-06-03')).toEqual([
    ['2025-06-03', 362],
  ]);
});

test('what was published as the beginning stays it, until data come or go before it', async () => {
  const home = await makeHome();
  const file = (...days: readonly (readonly [day: string, customers: number])[]) =>
    `ordered_at,customer_id,amount\n${days
      .flatMap(([day, customers]) =>
        Array.from({ length: customers }, (_, i) => `${day},${day}-${i},10\n`),
      )
      .join('')}`;
  const night = async (asOf: string) => {
    await home.ingest();
    await home.night({ asOf });
    return columnsOf(await home.ask('select history_from_on from history'), 'history_from_on');
  };
  // three of 203 customers are more than one in a hundred
  await home.drop({ 'drop/orders/a.csv': file(['2023-01-01', 3], ['2024-01-01', 200]) });
  expect(await night('2024-01-31')).toEqual([['2023-01-01']]);
  // three of 403 are fewer, but it is published
  await home.drop({ 'drop/orders/b.csv': file(['2024-02-01', 200]) });
  expect(await night('2024-02-29')).toEqual([['2023-01-01']]);
  await home.drop({ 'drop/orders/c.csv': file(['2022-01-01', 5]) });
  expect(await night('2024-03-31')).toEqual([['2022-01-01']]);
});
