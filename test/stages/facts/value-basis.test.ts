import { describe, expect, test } from 'vitest';
import { makeHome } from '../../night/home.ts';
import { built, columnsOf } from '../built.ts';

const sold = {
  is_sale: true,
  quantity: 2,
  amount: 100,
  product_id: 'known',
  ordered_on: '2025-06-01',
};
const products_record = [
  { product_id: 'known', category: 'home', unit_cost: 15 },
  { product_id: 'uncosted', category: 'home', unit_cost: null },
  { product_id: 'plain', category: null, unit_cost: 5 },
];

test('of each category the sales of the last 12 months, and of how much the cost is known', async () => {
  const rows = await built('category_cost', {
    products_record,
    orders_record: [
      sold,
      { ...sold, ordered_on: '2024-12-31' },
      { ...sold, ordered_on: '2025-01-01', quantity: 1, amount: 7 },
      { ...sold, product_id: 'uncosted', amount: 40 },
      { ...sold, product_id: 'plain' },
      { ...sold, product_id: null, amount: 9 },
      // a free piece costs, what is no sale is none
      { ...sold, quantity: 1, amount: 0 },
      { ...sold, is_sale: false },
    ].map((row, i) => ({ ...row, order_id: `${i}` })),
  });
  expect(
    columnsOf(rows, 'category', 'sales_12m', 'known_sales_12m', 'known_cost_12m', 'cost_rate'),
  ).toEqual([
    ['', '109.0000', '100.0000', '10.0000', 0.1],
    // 100 + 7 + 40; 15 x (2 + 1 + 1)
    ['home', '147.0000', '107.0000', '60.0000', 60 / 107],
  ]);
});

describe('value_basis', () => {
  const sales = (known: number, all = 1000) => ({
    category_cost: [
      { category: 'a', sales_12m: all - 10, known_sales_12m: known, known_cost_12m: known / 2 },
      { category: '', sales_12m: 10, known_sales_12m: 0, known_cost_12m: 0 },
    ],
  });
  const columns = ['value_basis', 'cost_coverage', 'share_estimated', 'cost_rate'] as const;

  test('is contribution where 95 % of the sales have a known cost', async () => {
    expect(columnsOf(await built('value_basis', sales(950)), ...columns)).toEqual([
      ['contribution', 0.95, 0, 0.5],
    ]);
    expect(columnsOf(await built('value_basis', sales(949)), ...columns)).toEqual([
      ['net_sales', 0.949, 0, 0.5],
    ]);
  });

  test('is contribution by a margin rate, which is told apart as an estimate', async () => {
    const rows = await built('value_basis', sales(400), { margin_rate: 0.4 });
    expect(columnsOf(rows, ...columns)).toEqual([['contribution', 0.4, 0.6, 0.5]]);
  });

  test('is net sales where nothing was sold, unless a rate tells all costs', async () => {
    expect(columnsOf(await built('value_basis', {}), ...columns)).toEqual([
      ['net_sales', null, null, null],
    ]);
    const rows = await built('value_basis', {}, { margin_rate: 0.4 });
    expect(columnsOf(rows, 'value_basis')).toEqual([['contribution']]);
  });
});

describe('a published basis', () => {
  /** Nights of 1,000 of sales a day of which a part has a known cost, all within 12 months. */
  async function nights(...ofNights: readonly (readonly [asOf: string, known: number])[]) {
    const home = await makeHome();
    const told: unknown[][] = [];
    for (const [asOf, known] of ofNights) {
      await home.drop({
        'drop/products/shop/p.csv': 'product_id,unit_cost\nknown,1\nuncosted,\n',
        'drop/orders/shop/o.csv': `order_id,ordered_at,customer_id,product_id,quantity,amount
1,2025-01-01,a,known,1,${known}
2,2025-01-01,a,uncosted,1,${1000 - known}
`,
      });
      await home.ingest();
      await home.night({ asOf });
      const rows = await home.ask(
        'select value_basis, beyond_since_on, is_changed from value_basis',
      );
      told.push(...rows.map(Object.values));
    }
    return told;
  }

  test('changes after the share has been 2 points beyond for 30 days', async () => {
    expect(
      await nights(
        ['2025-02-01', 950],
        // below 95 %, not 2 points
        ['2025-02-02', 931],
        ['2025-02-03', 930],
        ['2025-03-04', 930],
        ['2025-03-05', 930],
      ),
    ).toEqual([
      ['contribution', null, false],
      ['contribution', null, false],
      ['contribution', '2025-02-03', false],
      // 29 days, then 30
      ['contribution', '2025-02-03', false],
      ['net_sales', null, true],
    ]);
  });

  test('begins to count anew where the share was back in between', async () => {
    expect(
      await nights(
        ['2025-02-01', 949],
        ['2025-02-02', 970],
        ['2025-02-20', 969],
        ['2025-03-10', 970],
      ),
    ).toEqual([
      ['net_sales', null, false],
      ['net_sales', '2025-02-02', false],
      ['net_sales', null, false],
      ['net_sales', '2025-03-10', false],
    ]);
  });
});
