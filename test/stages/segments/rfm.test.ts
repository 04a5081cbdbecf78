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

test('scores are fifths from the best down, of those with more than one order quarters, and equals are equal', async () => {
  const prospect = { customer_key: 'p', frequency: null, count_orders: 0, net_sales: 0 };
  const rows = await built('rfm_score', { customer_features: [...ten, prospect] });
  expect(
    columnsOf(rows, 'customer_key', 'recency_score', 'frequency_score', 'monetary_score'),
  ).toEqual([
    // before / 2 of ten; among the nine with more orders than one 4 x before / 9
    ['0', 5, 1, 1],
    // two with two orders, seven before them: the middle is 7.5, 4 x 7.5 / 9 = 3.3
    ['1', 5, 2, 1],
    ['2', 4, 2, 2],
    ['3', 4, 3, 2],
    ['4', 3, 3, 3],
    ['5', 3, 4, 3],
    ['6', 2, 4, 4],
    // two are silent for 8 days, seven less: 7 / 2 = 3.5, as the better of the two. One ordered more
    // and spent more: the middle is 1.5, 4 x 1.5 / 9 and 1.5 / 2 are below 1
    ['7', 2, 5, 5],
    ['8', 2, 5, 5],
    ['9', 1, 5, 5],
  ]);
});

/** Customers of these net sales, all alike in the rest. */
function spent(...sales: number[]) {
  return sales.map((net_sales, i) => ({
    customer_key: `${i}`.padStart(2, '0'),
    frequency: 0,
    days_since_last: 5,
    count_orders: 1,
    net_sales,
  }));
}

async function moneyOf(...sales: number[]) {
  const rows = await built('rfm_score', { customer_features: spent(...sales) });
  return columnsOf(rows, 'monetary_score', 'is_guarded');
}

test('net sales of 0 or less have monetary score 1, whatever the others spent', async () => {
  expect(await moneyOf(-5, -4, 0)).toEqual([
    [1, false],
    [1, false],
    [1, false],
  ]);
  // one in the middle of five: 2 x 5 / 5 = 2 from the top
  expect((await moneyOf(-5, -4, 1, 2, 3))[2]).toEqual([3, false]);
});

test('money guards whom few others equal: score 5 of at most a quarter, above twice the median', async () => {
  const guarded = async (...sales: number[]) =>
    (await moneyOf(...sales)).flatMap(([, is_guarded], i) => (is_guarded ? [sales[i]] : []));
  // a median of 3, of 5 and of 4
  expect(await guarded(1, 2, 3, 4, 7)).toEqual([7]);
  expect(await guarded(1, 2, 3, 4, 6)).toEqual([]);
  expect(await guarded(1, 2, 4, 6, 7, 11)).toEqual([]);
  expect(await guarded(1, 2, 3, 3, 5, 6, 7, 8.01)).toEqual([8.01]);
  expect(await guarded(1, 2, 3, 3, 5, 6, 7, 8)).toEqual([]);
  // of four the best has 5, which is a quarter; of three it is a third
  expect(await guarded(1, 1, 1, 9)).toEqual([9]);
  expect(await guarded(1, 1, 9)).toEqual([]);
});

test('nine who bought on the as-of day have recency score 5, one of long ago has 1', async () => {
  const rows = await built('rfm_score', {
    customer_features: Array.from({ length: 10 }, (_, i) => ({
      customer_key: `${i}`,
      frequency: 0,
      days_since_last: i === 9 ? 500 : 0,
      count_orders: 1,
      net_sales: 10,
    })),
  });
  expect(columnsOf(rows, 'recency_score').flat()).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 5, 1]);
});

test('where 81 of 100 bought once, all of those have frequency score 1', async () => {
  const rows = await built('rfm_score', {
    customer_features: Array.from({ length: 100 }, (_, i) => ({
      customer_key: `${i}`.padStart(3, '0'),
      frequency: i < 81 ? 0 : 1,
      days_since_last: i,
      count_orders: i < 81 ? 1 : 2,
      net_sales: i + 1,
    })),
  });
  // 19 with two orders: the middle of their quarters, 2 x 9 / 19 x 2 = 1.9 from the top
  expect(columnsOf(rows, 'frequency_score').flat()).toEqual(
    Array.from({ length: 100 }, (_, i) => (i < 81 ? 1 : 4)),
  );
});

const chances = [null, 0.29, 0.3, 0.49, 0.5] as const;

/** The segments of all 25 pairs of scores, a list a recency score from 1 to 5. */
async function segmentsOf(
  scheme: string,
  { p_alive, is_guarded = false }: { p_alive: number | null; is_guarded?: boolean },
) {
  const scores = [1, 2, 3, 4, 5].flatMap((recency_score) =>
    [1, 2, 3, 4, 5].map((frequency_score) => ({
      customer_key: `${recency_score}${frequency_score}`,
      recency_score,
      frequency_score,
      monetary_score: 3,
      is_guarded,
    })),
  );
  const rows = await built('segment_member', {
    rfm_score: scores,
    customer_value: scores.map(({ customer_key }) => ({ customer_key, p_alive })),
  });
  const segments = rows
    .filter((row) => row.scheme === scheme)
    .map(({ segment }) => String(segment));
  return [0, 5, 10, 15, 20].map((from) => segments.slice(from, from + 5));
}

const recent = [
  ['about_to_sleep', 'need_attention', 'loyal', 'loyal', 'loyal'],
  ['promising', 'potential_loyalists', 'loyal', 'champions', 'champions'],
  ['new_customers', 'potential_loyalists', 'loyal', 'champions', 'champions'],
];
const frequent = ['at_risk', 'at_risk', 'cannot_lose'];

test('a segment is told by recency and frequency, all 25 of them', async () => {
  const plain = [
    ['lost', 'lost', ...frequent],
    ['hibernating', 'hibernating', ...frequent],
    ...recent,
  ];
  expect(await segmentsOf('rfm', { p_alive: null })).toEqual(plain);
  for (const p_alive of chances) expect(await segmentsOf('rfm_plain', { p_alive })).toEqual(plain);
});

test('lost are those whose chance is below 0.3, and nobody with an even chance is left alone', async () => {
  const corner = async (p_alive: number) =>
    (await segmentsOf('rfm', { p_alive })).slice(0, 2).map((row) => row.slice(0, 2));
  const alike = (first: string, second: string) => [
    [first, first],
    [second, second],
  ];
  expect(await corner(0.29)).toEqual(alike('lost', 'hibernating'));
  expect(await corner(0.3)).toEqual(alike('hibernating', 'hibernating'));
  expect(await corner(0.49)).toEqual(alike('hibernating', 'hibernating'));
  expect(await corner(0.5)).toEqual(alike('about_to_sleep', 'about_to_sleep'));
});

test('whom money guards is not left alone', async () => {
  for (const scheme of ['rfm', 'rfm_plain']) {
    expect(await segmentsOf(scheme, { p_alive: 0.1, is_guarded: true })).toEqual([
      ['cannot_lose', 'cannot_lose', ...frequent],
      ['cannot_lose', 'cannot_lose', ...frequent],
      ...recent,
    ]);
  }
});

test('the reason of a segment is the code of the scores with each score by its name', async () => {
  const score = { customer_key: 'a', recency_score: 5, frequency_score: 2, monetary_score: 4 };
  const rows = await built('segment_member', { rfm_score: [{ ...score, is_guarded: false }] });
  expect(columnsOf(rows, 'scheme', 'reason')).toEqual([
    ['rfm', 'rfm_scores recency=5 frequency=2 monetary=4'],
    ['rfm_plain', 'rfm_scores recency=5 frequency=2 monetary=4'],
  ]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  '%i customers have scores from 1 to 5, the best the best',
  async (count) => {
    const rows = await built('rfm_score', {
      customer_features: Array.from({ length: count }, (_, i) => ({
        customer_key: `${i}`.padStart(2, '0'),
        frequency: i,
        days_since_last: 100 - i,
        count_orders: i + 1,
        net_sales: i + 1,
      })),
    });
    const scores = columnsOf(rows, 'recency_score', 'frequency_score', 'monetary_score');
    // of one customer the only order is no second one
    expect(scores.at(-1)).toEqual([5, count === 1 ? 1 : 5, 5]);
    for (const column of [0, 1, 2]) {
      const inOrder = scores.map((row) => Number(row[column]));
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      expect(Math.min(...inOrder)).toBeGreaterThanOrEqual(1);
    }
  },
);
