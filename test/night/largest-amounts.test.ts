import { expect, test } from 'vitest';
import { makeHome } from './home.ts';

const rows = 10_000;
const largest = 1_000_000_000;
const mostPieces = 1_000_000;

/** Customers who buy every third week, each on days of their own, at the largest amount allowed. */
function largestOrders(customers: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const order = Math.floor(i / customers);
    const day = Date.UTC(2023, 0, 1) + ((order * 21 + (i % customers)) % 900) * 86_400_000;
    const on = new Date(day).toISOString().slice(0, 10);
    return `${on},o${i},1,c${i % customers},p,${mostPieces},${largest}`;
  });
  return `ordered_at,order_id,line_id,customer_id,product_id,quantity,amount\n${lines.join('\n')}\n`;
}

const dearest = `product_id,category,unit_cost\np,goods,${largest}\n`;

test.each([
  { customers: 1, products: dearest, cost: '10000000000000000000.0000' },
  { customers: 250, products: dearest, cost: '10000000000000000000.0000' },
  { customers: 250, products: 'product_id,category\np,goods\n', cost: null },
])(
  '10,000 rows of the largest amount and quantity are published: of $customers customers, cost $cost',
  async ({ customers, products, cost }) => {
    const home = await makeHome();
    await home.drop({
      'drop/orders/o.csv': largestOrders(customers),
      'drop/products/p.csv': products,
    });
    for (const load of await home.ingest()) expect(load.status).toBe('loaded');
    await home.night({ asOf: '2025-06-30' });
    expect(
      await home.ask(
        `select
           (select sum(net_sales) from customer_day) as days,
           (select sum(net_sales) from customer_features) as customers,
           (select sum(cost_of_goods) from sales_order) as cost,
           (select sum(net_sales) from kpi_snapshot
             where period = 'year' and dimension = 'total') as years,
           (select sum(units) from kpi_snapshot
             where period = 'year' and dimension = 'total') as pieces`,
      ),
    ).toEqual([
      {
        // 10,000 rows × 10⁹; known costs are 10,000 × 10⁶ pieces × 10⁹
        days: '10000000000000.0000',
        customers: '10000000000000.0000',
        cost,
        years: '10000000000000.0000',
        pieces: '10000000000.0000',
      },
    ]);
  },
  120_000,
);
