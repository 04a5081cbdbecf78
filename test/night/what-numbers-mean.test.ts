import { expect, test } from 'vitest';
import { type Drop, makeHome } from './home.ts';

/** Answers of a home after its night. */
async function answers(files: Drop, asOf: string, ...selects: readonly string[]) {
  const home = await makeHome();
  await home.drop(files);
  await home.ingest();
  await home.night({ asOf });
  const rows = [];
  for (const select of selects) rows.push((await home.ask(select)).map(Object.values));
  return rows;
}

const orders = (...lines: string[]) => ({
  'drop/orders/shop/o.csv': `order_id,ordered_at,customer_id,quantity,amount\n${lines.join('\n')}\n`,
});

/** So many customers with an order each, from a day on, one a day. */
function oneADay(prefix: string, count: number, from: string): string[] {
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10);
    return `${prefix}${i},${day},${prefix}${i},1,40`;
  });
}

test('a margin known for half of the sales is no margin of the whole', async () => {
  const [basis, month, customers] = await answers(
    {
      'drop/orders/shop/o.csv':
        'order_id,ordered_at,customer_id,product_id,quantity,amount\nA1,2025-03-01,c1,P,1,100\nA2,2025-03-02,c2,Q,1,100\n',
      'drop/products/shop/p.csv': 'product_id,category,unit_cost\nP,home,60\nQ,home,\n',
    },
    '2025-03-31',
    'select value_basis, cost_coverage, share_estimated from value_basis',
    "select net_sales, cost_of_goods, gross_margin from kpi_snapshot where period = 'month' and dimension = 'total'",
    'select distinct value_basis, historic_contribution_12m, real_value from customer_value',
  );
  expect(basis).toEqual([['net_sales', 0.5, 0]]);
  expect(month).toEqual([['200.0000', null, null]]);
  expect(customers).toEqual([['net_sales', null, '100.0000']]);
});

test('who bought last month on the web is no reactivated customer of the store', async () => {
  const [february] = await answers(
    {
      'drop/orders/shop/o.csv':
        'order_id,ordered_at,customer_id,channel,amount\nO1,2025-01-10,c1,web,10\nO2,2025-02-10,c1,store,10\nO3,2025-01-11,c2,store,10\n',
    },
    '2025-02-28',
    `select member, returning_customers, reactivated_customers from kpi_snapshot
     where period = 'month' and dimension = 'channel' and period_start_on = date '2025-02-01' order by 1`,
  );
  expect(february).toEqual([
    ['store', 1, 0],
    ['web', 0, 0],
  ]);
});

test('two months of history tell nothing of the next twelve, and returns are taken off once', async () => {
  const [values] = await answers(
    orders(
      ...['a', 'b'].flatMap((id) => [
        `${id}1,2025-01-01,${id},1,100`,
        `${id}2,2025-03-01,${id},1,100`,
        `${id}3,2025-03-02,${id},-1,-100`,
      ]),
    ),
    '2025-07-01',
    `select method, predicted_clv_12m, predicted_clv_36m, expected_orders_12m, historic_value_12m
     from customer_value`,
  );
  // 100 + 100 - 100
  const one = ['too_little_history', null, null, null, '100.0000'];
  expect(values).toEqual([one, one]);
});

test('a year that the history begins in December is not complete', async () => {
  const [years] = await answers(
    orders('1,2023-12-20,a,1,50', '2,2024-06-10,a,1,50', '3,2024-12-30,a,1,50'),
    '2024-12-31',
    `select period_start_on, is_complete from kpi_snapshot
     where period = 'year' and dimension = 'total' order by 1`,
  );
  expect(years).toEqual([
    ['2023-01-01', false],
    ['2024-01-01', true],
  ]);
});

test('a month whose last ten days have no data is not complete', async () => {
  const [months] = await answers(
    orders(...oneADay('a', 51, '2024-12-01')),
    '2025-02-05',
    `select period_start_on, is_complete from kpi_snapshot
     where period = 'month' and dimension = 'total' order by 1`,
  );
  // the last of 51 days is 20 January
  expect(months).toEqual([
    ['2024-12-01', true],
    ['2025-01-01', false],
    ['2025-02-01', false],
  ]);
});

test('one order of years before makes no period and begins no history', async () => {
  const [history, months, people] = await answers(
    orders('old,2015-03-01,old,1,10', ...oneADay('a', 120, '2025-03-03')),
    '2025-06-30',
    'select first_order_on, history_from_on from history',
    "select min(period_start_on), count(*) from kpi_snapshot where period = 'month' and dimension = 'total'",
    'select count(*) from customer_features where frequency is not null',
  );
  expect(history).toEqual([['2015-03-01', '2025-03-03']]);
  expect(months).toEqual([['2025-03-01', 4]]);
  expect(people).toEqual([[121]]);
});

test('one order of 50,000 among many of 40 is not left alone', async () => {
  const [[segment] = []] = await answers(
    orders('big,2025-01-03,big,1,50000', ...oneADay('a', 60, '2025-02-01')),
    '2025-04-01',
    `select segment from segment_member join customer_identifier i using (customer_key)
     where i.value = 'big' and scheme = 'rfm'`,
  );
  expect(segment).toEqual(['cannot_lose']);
});
