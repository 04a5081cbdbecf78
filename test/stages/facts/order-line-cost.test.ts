import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const line = {
  source: 'shop',
  ordered_on: '2025-06-01',
  ordered_at: '2025-06-01 10:00:00',
  channel: 'web',
  status: '',
  kind: 'sale',
  discount: 0,
};
const products_record = [
  { product_id: 'known', category: 'home', unit_cost: 15 },
  { product_id: 'uncosted', category: 'home', unit_cost: null },
  { product_id: 'other', category: 'garden', unit_cost: null },
];
const category_cost = [
  { category: 'home', cost_rate: 0.25 },
  { category: 'garden', cost_rate: null },
];

/** Basis and cost of lines of these products, quantities and amounts. */
async function costsOf(
  lines: readonly (readonly [product: string | null, quantity: number, amount: number])[],
  { basis, settings = {} }: { basis: Row; settings?: unknown },
) {
  const rows = await built(
    'order_line',
    {
      orders_record: lines.map(([product_id, quantity, amount], i) => ({
        ...line,
        order_id: `${i}`,
        product_id,
        quantity,
        amount,
        is_sale: quantity > 0 && amount > 0,
        is_return: quantity < 0 || amount < 0,
      })),
      products_record,
      category_cost,
      value_basis: [basis],
    },
    settings,
  );
  return columnsOf(rows, 'cost_basis', 'cost_of_goods');
}

const lines = [
  ['known', 2, 100],
  // given back are the goods, or money alone
  ['known', -1, -50],
  ['known', 1, -10],
  ['uncosted', 1, 40],
  ['other', 1, 40],
  [null, -1, -40],
  // neither sale nor return
  ['known', 0, 0],
] as const;

test('of a shop whose costs are known the others take the rate of the category, else of the company', async () => {
  const basis = { value_basis: 'contribution', cost_rate: 0.5 };
  expect(await costsOf(lines, { basis })).toEqual([
    ['product', '30.0000'],
    ['product', '-15.0000'],
    ['product', '0.0000'],
    ['category', '10.0000'],
    ['category', '20.0000'],
    ['category', '-20.0000'],
    [null, '0.0000'],
  ]);
});

test('a margin rate tells the costs that products do not', async () => {
  const basis = { value_basis: 'contribution', cost_rate: 0.5 };
  expect(await costsOf(lines, { basis, settings: { margin_rate: 0.599995 } })).toEqual([
    ['product', '30.0000'],
    ['product', '-15.0000'],
    ['product', '0.0000'],
    // 40 x 0.400005
    ['margin_rate', '16.0002'],
    ['margin_rate', '16.0002'],
    ['margin_rate', '-16.0002'],
    [null, '0.0000'],
  ]);
});

test('where too few are known no line has a cost, and each says what is known', async () => {
  const basis = { value_basis: 'net_sales', cost_rate: 0.5 };
  expect(await costsOf(lines, { basis })).toEqual([
    ['product', null],
    ['product', null],
    ['product', null],
    ['unknown', null],
    ['unknown', null],
    ['unknown', null],
    [null, null],
  ]);
});

test('a refund gives back what its pieces cost, or nothing where it is of money alone', async () => {
  const refund = { ...line, product_id: 'known', is_return: true, is_refund: true };
  const rows = await built('order_line', {
    orders_record: [
      { ...refund, order_id: '1', quantity: -2, amount: -100 },
      { ...refund, order_id: '2', quantity: 0, amount: -100 },
      // of a line that was less than nothing
      { ...refund, order_id: '3', quantity: -1, amount: 5 },
    ],
    products_record,
    value_basis: [{ value_basis: 'contribution', cost_rate: 0.5 }],
  });
  expect(columnsOf(rows, 'return_amount', 'net_sales', 'cost_of_goods')).toEqual([
    ['100.0000', '-100.0000', '-30.0000'],
    ['100.0000', '-100.0000', '0.0000'],
    ['-5.0000', '5.0000', '-15.0000'],
  ]);
});
