import { expect, test } from 'vitest';
import { built, columnsOf } from '../built.ts';

let number = 0;

function line(
  [customer_key, ordered_on]: readonly [string | null, string],
  money: { readonly sale?: number; readonly back?: number },
  others: Readonly<Record<string, string>> = {},
) {
  number += 1;
  const { sale, back = 0 } = money;
  return {
    source: '',
    order_id: `${number}`,
    line_number: 1,
    customer_key,
    ordered_on,
    ordered_at: `${ordered_on} 12:00:00.000`,
    channel: 'web',
    category: 'tea',
    is_sale: sale !== undefined,
    gross_sales: (sale ?? 0) + (sale === undefined ? 0 : 1),
    discount: sale === undefined ? 0 : 1,
    return_amount: back,
    net_sales: (sale ?? 0) - back,
    cost_of_goods: 2,
    shipping_charged: 3,
    ...others,
  };
}

test('lines of a day are added up; a day of returns is no occasion and has no place among them', async () => {
  const rows = await built('customer_day', {
    order_line: [
      line(['a', '2025-01-10'], { back: 5 }),
      line(['a', '2025-01-01'], { sale: 10 }),
      line(['a', '2025-01-01'], { sale: 20 }),
      line(['a', '2025-01-01'], { back: 4 }),
      line(['a', '2025-03-01'], { sale: 0 }),
      line(['a', '2025-03-05'], { sale: 7 }),
      line(['b', '2025-03-05'], { sale: 8 }),
      line([null, '2025-03-05'], { sale: 9 }),
    ],
  });
  expect(
    columnsOf(
      rows,
      'customer_key',
      'ordered_on',
      'is_occasion',
      'occasion_number',
      'interval_days',
      'occasion_value',
    ),
  ).toEqual([
    ['a', '2025-01-01', true, 1, null, '30.0000'],
    ['a', '2025-01-10', false, null, null, '0.0000'],
    // 30 days of January and 28 of February, and one more
    ['a', '2025-03-01', true, 2, 59, '0.0000'],
    ['a', '2025-03-05', true, 3, 4, '7.0000'],
    ['b', '2025-03-05', true, 1, null, '8.0000'],
  ]);
  expect(
    columnsOf(
      rows,
      'gross_sales',
      'discount',
      'return_amount',
      'net_sales',
      'cost_of_goods',
      'shipping_charged',
    )[0],
  ).toEqual(['32.0000', '2.0000', '4.0000', '26.0000', '6.0000', '9.0000']);
});

test.each([
  ['the earlier instant', { ordered_at: '2025-01-01 11:59:59.000', source: '~', order_id: '~' }],
  ['the source of the lesser name', { source: ' ', order_id: '~' }],
  ['the lesser order', { order_id: '!', line_number: 9 }],
  ['the lesser line', { order_id: '#', line_number: 4 }],
])('the first channel and category are those of %s', async (_, first) => {
  const [early, late] = [
    line(['a', '2025-01-01'], { sale: 1 }, { channel: 'store', category: 'pots' }),
    line(['a', '2025-01-01'], { sale: 1 }),
  ];
  const rows = await built('customer_day', {
    order_line: [
      { ...late, source: '!', order_id: '#', line_number: 5 },
      { ...early, source: '!', ...first },
      // a return before it, and a later day, tell nothing
      line(['a', '2025-01-01'], { back: 1 }, { ordered_at: '2025-01-01 00:00:00.000' }),
      line(['a', '2025-02-01'], { sale: 1 }),
    ],
  });
  expect(columnsOf(rows, 'ordered_on', 'first_channel', 'first_category')).toEqual([
    ['2025-01-01', 'store', 'pots'],
    ['2025-02-01', null, null],
  ]);
});
