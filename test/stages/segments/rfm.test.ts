import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

/** Ten customers: days of silence, orders and net sales. */
const ten = (
  [
    [1, 1, 10],
    [2, 2, 20],
    [3, 2, 30],
    [4, 3, 40],
    [5, 4, 50],
    [6, 5, 60],
    [7, 6, 70],
    [8, 7, 80],
    [9, 8, 90],
    [9, 9, 90],
  ] as const
).map(([days_since_last, count_orders, net_sales], i) => ({
  customer_key: `${i}`,
  frequency: count_orders - 1,
  days_since_last,
  count_orders,
  net_sales,
}));

test('scores are fifths, of those with more than one order quarters, and equals are equal', async () => {
  const prospect = { customer_key: 'p', frequency: null, count_orders: 0, net_sales: 0 };
  const rows = await built('rfm_score', { customer_features: [...ten, prospect] });
  expect(
    columnsOf(rows, 'customer_key', 'recency_score', 'frequency_score', 'monetary_score'),
  ).toEqual([
    // by ranks 1 1 3 4 5 6 7 8 9 10 of silence; of nine with more orders 1 1 3 4 5 6 7 8 9
    ['0', 5, 1, 1],
    ['1', 5, 2, 1],
    ['2', 4, 2, 2],
    ['3', 4, 2, 2],
    ['4', 3, 3, 3],
    ['5', 3, 3, 3],
    ['6', 2, 4, 4],
    ['7', 2, 4, 4],
    // equal silence and equal sales take the lowest rank
    ['8', 1, 5, 5],
    ['9', 1, 5, 5],
  ]);
});

test('a segment is told by recency and frequency, all 25 of them', async () => {
  const scores = [1, 2, 3, 4, 5].flatMap((recency_score) =>
    [1, 2, 3, 4, 5].map((frequency_score) => ({
      customer_key: `${recency_score}${frequency_score}`,
      recency_score,
      frequency_score,
      monetary_score: 3,
    })),
  );
  const rows = await built('segment_member', { rfm_score: scores });
  const segments = rows.map(({ segment }) => segment);
  expect([0, 5, 10, 15, 20].map((from) => segments.slice(from, from + 5))).toEqual([
    ['lost', 'lost', 'at_risk', 'at_risk', 'cannot_lose'],
    ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'],
    ['about_to_sleep', 'need_attention', 'loyal', 'loyal', 'loyal'],
    ['promising', 'potential_loyalists', 'loyal', 'champions', 'champions'],
    ['new_customers', 'potential_loyalists', 'loyal', 'champions', 'champions'],
  ]);
});
