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
    member('g', 'loyal'),
  ],
  customer_value: [
    value('a', [10, 30, 0.9]),
    value('b', [20, 40, 0.6]),
    value('c', [99, 60, 0.95]),
    value('d', [5, 0, null]),
    value('e', [90, -8, 0.01]),
    value('f', [0, 0, 0.5]),
    value('g', [0, 0, null]),
    value('of no segment', [1000, 1000, 1]),
  ],
};

async function profile() {
  const rows = await built('segment_profile', given);
  return rows
    .filter(({ scheme }) => scheme === 'rfm')
    .toSorted((a, b) => Number(a.priority_rank) - Number(b.priority_rank));
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
    // of a and b; of g it is not known
    ['loyal', 1, 3, '30.0000', '70.0000', expect.closeTo(0.75, 12)],
    ['at_risk', 3, 1, '5.0000', '0.0000', null],
    ['cannot_lose', 5, 0, '0.0000', '0.0000', null],
    ['lost', 11, 1, '90.0000', '-8.0000', 0.01],
  ]);
});

test('each segment has an action of its own, as a code', async () => {
  const rows = (await profile()).map(({ segment, action }) => [segment, action]);
  expect(Object.fromEntries(rows)).toEqual({
    champions: 'thank_and_show_first',
    loyal: 'offer_better_or_benefit',
    potential_loyalists: 'invite_to_second_category',
    new_customers: 'welcome_and_win_second_order',
    promising: 'remind_and_win_second_order',
    need_attention: 'offer_what_they_bought',
    about_to_sleep: 'remind_without_discount',
    cannot_lose: 'call_or_write_in_person',
    at_risk: 'win_back_with_own_offer',
    hibernating: 'wait_without_spending',
    lost: 'last_attempt_only',
  });
});

test('groups are listed from the one of which a member brings most', async () => {
  const rows = (await profile()).toSorted((a, b) => Number(a.place) - Number(b.place));
  expect(rows.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(rows.map(({ segment }) => segment)).toEqual([
    ...['champions', 'loyal', 'cannot_lose', 'at_risk', 'potential_loyalists', 'need_attention'],
    ...['new_customers', 'promising', 'about_to_sleep', 'hibernating', 'lost'],
  ]);
});

test('where a member has no prediction the groups are ranked by what was booked, and say so', async () => {
  const rows = await built('segment_profile', {
    ...given,
    customer_value: given.customer_value.map((row) =>
      row.customer_key === 'a' ? { ...row, predicted_clv_12m: null } : row,
    ),
  });
  const ranked = rows
    .filter(({ scheme }) => scheme === 'rfm')
    .toSorted((a, b) => Number(a.priority_rank) - Number(b.priority_rank));
  expect(columnsOf(ranked.slice(0, 4), 'segment', 'predicted_clv_12m', 'ranked_by')).toEqual([
    ['champions', '60.0000', 'booked'],
    ['lost', '-8.0000', 'booked'],
    // of 30 and 40 one is not known
    ['loyal', null, 'booked'],
    ['at_risk', '0.0000', 'booked'],
  ]);
  expect((await profile()).map(({ ranked_by }) => ranked_by)).toEqual(Array(11).fill('predicted'));
});
