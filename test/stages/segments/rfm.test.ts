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
    [8, 8, 80],
    [8, 8, 80],
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
    // (rank - 1) / 2 of ten and, among the nine with more orders than one, 4 (rank - 1) / 9
    ['0', 5, 1, 1],
    ['1', 5, 2, 1],
    ['2', 4, 2, 2],
    ['3', 4, 2, 2],
    ['4', 3, 3, 3],
    ['5', 3, 3, 3],
    ['6', 2, 4, 4],
    // equals take the lowest rank: 2 of silence, 7 of orders, 8 of sales
    ['7', 1, 4, 4],
    ['8', 1, 4, 4],
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

test('the reason of a segment is the code of the scores with each score by its name', async () => {
  const score = { customer_key: 'a', recency_score: 5, frequency_score: 2, monetary_score: 4 };
  const [row] = await built('segment_member', { rfm_score: [score] });
  expect(row?.reason).toBe('rfm_scores recency=5 frequency=2 monetary=4');
});
