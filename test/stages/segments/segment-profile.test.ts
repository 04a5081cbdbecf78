import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

const member = (customer_key: string, segment: string) => ({
  customer_key,
  scheme: 'rfm',
  segment,
});
const value = (
  customer_key: string,
  [historic, predicted, p_alive]: readonly [number, number, number | null],
) => ({
  customer_key,
  historic_value_12m: historic,
  predicted_clv_12m: predicted,
  p_alive,
});

const given = {
  segment_member: [
    member('a', 'loyal'),
    member('b', 'loyal'),
    member('c', 'champions'),
    member('d', 'at_risk'),
    member('e', 'lost'),
    member('f', 'promising'),
  ],
  customer_value: [
    value('a', [10, 30, 0.9]),
    value('b', [20, 40, 0.6]),
    value('c', [99, 60, 0.95]),
    value('d', [5, 0, null]),
    value('e', [90, -8, 0.01]),
    value('f', [0, 0, 0.5]),
    value('of no segment', [1000, 1000, 1]),
  ],
};

async function profile() {
  const rows = await built('segment_profile', given);
  return rows.toSorted((a, b) => Number(a.priority_rank) - Number(b.priority_rank));
}

test('segments are ranked by predicted value, then by sales, then by name', async () => {
  expect((await profile()).map(({ segment }) => segment)).toEqual([
    // 30 + 40 before 60, though champions bought more
    'loyal',
    'champions',
    // nothing predicted: sales of 5, then by name, f's segment among the empty ones
    'at_risk',
    'about_to_sleep',
    'cannot_lose',
    'hibernating',
    'need_attention',
    'new_customers',
    'potential_loyalists',
    'promising',
    // a loss comes last
    'lost',
  ]);
});

test('a segment adds up its members, an empty one has none', async () => {
  const rows = (await profile()).filter(({ segment }) =>
    ['loyal', 'at_risk', 'cannot_lose', 'lost'].includes(String(segment)),
  );
  expect(
    columnsOf(
      rows,
      'segment',
      'priority_rank',
      'count_customers',
      'net_sales_12m',
      'predicted_clv_12m',
      'mean_p_alive',
    ),
  ).toEqual([
    ['loyal', 1, 2, '30.0000', '70.0000', expect.closeTo(0.75, 12)],
    ['at_risk', 3, 1, '5.0000', '0.0000', null],
    ['cannot_lose', 5, 0, '0.0000', '0.0000', null],
    ['lost', 11, 1, '90.0000', '-8.0000', 0.01],
  ]);
});
