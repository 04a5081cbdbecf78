import { beforeAll, expect, test } from 'vitest';
import type { Row } from '../../lib/ports/query-engine.ts';
import { makeHome, type TestHome } from './home.ts';

/*
 * A dozen customers, small enough to count by hand. p1 costs 4, p2 costs 12, p9 is in no product
 * file: the margin rate of 0.6 leaves 40 % of its sales as cost. Business days are those of Paris.
 */
const web = `ordered_at,order_id,line_id,customer_id,email,channel,product_id,quantity,discount,amount,status
2024-01-10T10:00:00Z,o1,1,c1,,web,p1,2,2.00,20.00,
2024-03-10T10:00:00Z,o2,1,c1,,web,p1,1,0,10.00,
2024-05-05T09:00:00Z,o3,1,c2,,web,p2,3,0,60.00,
2024-05-05T15:00:00Z,o3r,1,c2,,web,p2,-1,0,-20.00,
2024-06-01T10:00:00Z,o4,1,c3,,web,p1,1,0,10.00,
2024-06-20T10:00:00Z,o4r,1,c3,,web,p1,-1,0,-10.00,
2024-07-01T10:00:00Z,o5,1,c4,,web,p1,1,0,0.00,
2024-08-01T10:00:00Z,o5b,1,c4,,web,p1,1,0,10.00,
2024-08-01T10:00:00Z,o6,1,c5,,web,p2,1,0,50.00,cancelled
2024-10-01T10:00:00Z,o8,1,c6,c6@example.com,web,p1,1,0,10.00,
2024-12-31T10:00:00Z,o11,1,c7,,web,p1,1,0,10.00,
2024-12-31T23:30:00Z,o10,1,c7,,web,p1,1,0,10.00,
2025-02-01T08:00:00Z,o12,1,c8,,web,p1,1,0,10.00,
2025-02-01T18:00:00Z,o13,1,c8,,web,p2,1,5.00,15.00,
2024-11-11T10:00:00Z,o14,1,c9,C9@Example.com,web,p1,1,0,10.00,
2025-01-15T10:00:00Z,o15,1,,c11@example.com,web,p9,1,0,100.00,
2025-04-05T10:00:00Z,o16,1,c1,,web,p1,1,0,10.00,
`;
const store = `ordered_at,customer_id,email,channel,product_id,quantity,amount
2024-09-09T12:00:00Z,,,store,p2,1,30.00
2024-10-15T12:00:00Z,s6,c6@example.com,store,p1,1,10.00
2025-03-01T12:00:00Z,s9,c9@example.com,store,p1,1,10.00
2025-03-02T12:00:00Z,s10,,store,p1,1,10.00
2025-03-02T12:00:00Z,s10,,store,p2,1,20.00
`;
const customers = `customer_id,email,created_at
c12,c12@example.com,2024-02-02
`;
const products = `product_id,name,category,unit_cost
p1,One,small,4
p2,Two,big,12
`;

let home: TestHome;

beforeAll(async () => {
  home = await makeHome({ currency: 'EUR', time_zone: 'Europe/Paris', margin_rate: 0.6 });
  await home.drop({
    'drop/orders/web/orders.csv': web,
    'drop/orders/store/till.csv': store,
    'drop/customers/web/customers.csv': customers,
    'drop/products/web/products.csv': products,
  });
  await home.ingest();
  await home.night({ asOf: '2025-03-31' });
});

/** Rows of a customer table under the names of the files: the least identifier of each customer. */
async function byName(columns: string, table: string): Promise<Record<string, unknown[]>> {
  const rows = await home.ask(`
    with name as (select customer_key, min(value) as name from customer_identifier group by 1)
    select n.name, ${columns} from ${table} join name n using (customer_key) order by n.name`);
  return Object.fromEntries(
    rows.map(({ name, ...rest }) => [String(name), Object.values(rest) as unknown[]]),
  );
}

test('identity joins the systems by e-mail whatever its case, and knows the prospect', async () => {
  const rows = await byName('t.count_identifiers, t.is_prospect, t.first_seen_on', 'customer t');
  expect(rows).toEqual({
    c1: [1, false, '2024-01-10'],
    c2: [1, false, '2024-05-05'],
    c3: [1, false, '2024-06-01'],
    c4: [1, false, '2024-07-01'],
    // c5 has a cancelled order only
    c5: [1, true, '2024-08-01'],
    // id in the web shop, id in the store, e-mail
    c6: [3, false, '2024-10-01'],
    c7: [1, false, '2024-12-31'],
    c8: [1, false, '2025-02-01'],
    c9: [3, false, '2024-11-11'],
    'c11@example.com': [1, false, '2025-01-15'],
    // id and e-mail
    c12: [2, true, '2024-02-02'],
    s10: [1, false, '2025-03-02'],
  });
});

test('features count occasions, times and money of each customer', async () => {
  const rows = await byName(
    't.frequency, t.recency_days, t.age_days, t.days_since_last, t.count_orders, t.average_basket, t.repeat_occasion_value',
    'customer_features t',
  );
  expect(rows).toEqual({
    // 10 Jan -> 10 Mar 2024: 21 + 29 + 10; 10 Jan 2024 -> 31 Mar 2025: 366 + 80; (20 + 10) / 2
    c1: [1, 60, 446, 386, 2, '15.0000', '10.0000'],
    // the return of the same day lowers the basket to 60 - 20 and erases no occasion
    c2: [0, 0, 330, 330, 1, '40.0000', null],
    // the return-only day is no occasion; 10 - 10
    c3: [0, 0, 303, 303, 1, '0.0000', null],
    // the free order is the first occasion; (0 + 10) / 2
    c4: [1, 31, 273, 242, 2, '5.0000', '10.0000'],
    // cancelled: nothing
    c5: [null, null, null, null, 0, null, null],
    // web on 1 Oct, store on 15 Oct
    c6: [1, 14, 181, 167, 2, '10.0000', '10.0000'],
    // 23:30 UTC of New Year's Eve is 1 January in Paris
    c7: [1, 1, 90, 89, 2, '10.0000', '10.0000'],
    // two orders of one day are one occasion; (10 + 15) / 2
    c8: [0, 0, 58, 58, 2, '12.5000', null],
    // web 11 Nov, store 1 Mar: 19 + 31 + 31 + 28 + 1
    c9: [1, 110, 140, 30, 2, '10.0000', '10.0000'],
    'c11@example.com': [0, 0, 75, 75, 1, '100.0000', null],
    c12: [null, null, null, null, 0, null, null],
    // two lines of one instant are one order: 10 + 20
    s10: [0, 0, 29, 29, 1, '30.0000', null],
  });
});

test('money of each customer goes from gross sales to contribution', async () => {
  const rows = await byName(
    't.gross_sales, t.discount, t.return_amount, t.net_sales, t.cost_of_goods, t.contribution, t.net_sales_12m',
    'customer_features t',
  );
  expect(rows).toEqual({
    // 3 x p1; all of it more than 12 months ago
    c1: ['32.0000', '2.0000', '0.0000', '30.0000', '12.0000', '18.0000', '0.0000'],
    // 3 x 12 - 1 x 12
    c2: ['60.0000', '0.0000', '20.0000', '40.0000', '24.0000', '16.0000', '40.0000'],
    c3: ['10.0000', '0.0000', '10.0000', '0.0000', '0.0000', '0.0000', '0.0000'],
    // the free piece costs 4 as well
    c4: ['10.0000', '0.0000', '0.0000', '10.0000', '8.0000', '2.0000', '10.0000'],
    c5: ['0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000'],
    c6: ['20.0000', '0.0000', '0.0000', '20.0000', '8.0000', '12.0000', '20.0000'],
    c7: ['20.0000', '0.0000', '0.0000', '20.0000', '8.0000', '12.0000', '20.0000'],
    c8: ['30.0000', '5.0000', '0.0000', '25.0000', '16.0000', '9.0000', '25.0000'],
    c9: ['20.0000', '0.0000', '0.0000', '20.0000', '8.0000', '12.0000', '20.0000'],
    // 100 x (1 - 0.6)
    'c11@example.com': [
      '100.0000',
      '0.0000',
      '0.0000',
      '100.0000',
      '40.0000',
      '60.0000',
      '100.0000',
    ],
    c12: ['0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000', '0.0000'],
    s10: ['30.0000', '0.0000', '0.0000', '30.0000', '16.0000', '14.0000', '30.0000'],
  });
});

test('years are counted in total', async () => {
  const rows = await home.ask(`
    select period_start_on, is_complete, orders, anonymous_orders, gross_sales, discounts, returns,
      net_sales, cost_of_goods, gross_margin, customers, acquired_customers, new_customers,
      returning_customers, reactivated_customers, lost_customers, average_basket
    from kpi_snapshot where period = 'year' and dimension = 'total' order by 1`);
  expect(rows.map(Object.values)).toEqual([
    // orders o1 o2 o3 o4 o5 o5b o8 o11 o14 and two in the store; o10 is in 2025
    // gross 22 + 10 + 60 + 10 + 0 + 10 + 10 + 10 + 10 + 30 + 10; returns 20 + 10
    // cost 4 x 9 of p1 + 12 x 3 of p2; customers c1 c2 c3 c4 c6 c7 c9; 150 / 11
    // the history begins on the tenth day of 2024, and 2025 goes on: what was lost is not known
    [
      '2024-01-01',
      false,
      11,
      1,
      '182.0000',
      '2.0000',
      '30.0000',
      '150.0000',
      '72.0000',
      '78.0000',
      7,
      7,
      7,
      0,
      0,
      null,
      '13.6364',
    ],
    // o10 o12 o13 o15 and two in the store; 10 + 10 + 20 + 100 + 10 + 30
    // cost 4 x 4 + 12 x 2 + 40; customers c7 c9 again, c8 c11 s10 new; 175 / 6
    [
      '2025-01-01',
      false,
      6,
      0,
      '180.0000',
      '5.0000',
      '0.0000',
      '175.0000',
      '80.0000',
      '95.0000',
      5,
      10,
      3,
      2,
      0,
      null,
      '29.1667',
    ],
  ]);
});

test('rates of the years are their fractions', async () => {
  const rows = await home.ask(`
    select activity_rate, repurchase_rate, purchase_frequency, retention_rate, discount_rate,
      return_rate
    from kpi_snapshot where period = 'year' and dimension = 'total' order by period_start_on`);
  expect(rows.map(Object.values)).toEqual([
    // c1 c4 c6 ordered twice in the year; 10 known orders; there was no year before
    [7 / 7, 3 / 7, 10 / 7, null, 2 / 182, 30 / 180],
    // c7 c9 had ordered before, c8 twice on a day
    [5 / 10, 3 / 5, 6 / 5, null, 5 / 180, 0],
  ]);
});

test('a channel counts what happened in it, and new means new to the company', async () => {
  const rows = await home.ask(`
    select period_start_on, member, orders, net_sales, customers, acquired_customers,
      new_customers, returning_customers, reactivated_customers, lost_customers
    from kpi_snapshot where period = 'year' and dimension = 'channel' order by 1, 2`);
  expect(rows.map(Object.values)).toEqual([
    // store: the anonymous sale and c6, who is new in the year
    ['2024-01-01', 'store', 2, '40.0000', 1, 1, 1, 0, 0, null],
    ['2024-01-01', 'web', 9, '110.0000', 7, 7, 7, 0, 0, null],
    // c9 ordered before, not in the store, but of the company
    ['2025-01-01', 'store', 2, '40.0000', 2, 3, 1, 1, 0, null],
    // c7 again, c8 and c11 new
    ['2025-01-01', 'web', 4, '135.0000', 3, 9, 2, 1, 0, null],
  ]);
});

test('the fit of so few says by codes and figures why no model is published', async () => {
  const [row] = await home.ask(
    "select distinct note, is_champion from model_fit where model = 'mbg_nbd'",
  );
  // ten customers have an order, none of them three; the last order is a few days old
  expect(row?.note).toMatch(
    /^too_few_customers needed=500 found=10; nobody_ordered_three_times(; |$)/,
  );
  expect(row?.is_champion).toBe(false);
});

test('the year ends where the business is', async () => {
  const rows = await home.ask(`
    select period_start_on, net_sales, customers, new_customers, returning_customers
    from kpi_snapshot
    where period = 'month' and dimension = 'total'
      and period_start_on between date '2024-12-01' and date '2025-01-01' order by 1`);
  expect(rows.map(Object.values)).toEqual([
    ['2024-12-01', '10.0000', 1, 1, 0],
    // o10 of c7 and o15 of c11
    ['2025-01-01', '110.0000', 2, 1, 1],
  ]);
});

test('RFM scores by fifths of the ten customers, equal customers alike', async () => {
  const rows = await byName(
    's.recency_score, s.frequency_score, t.segment',
    "(select * from segment_member where scheme = 'rfm') t join rfm_score s using (customer_key)",
  );
  expect(rows).toEqual({
    // from the longest silence: c1 c2 | c3 c4 | c6 c7 | c11 c8 | c9 s10
    // one order scores 1; the six with two orders are alike, 2.5 before their middle: 5 - 4 x 2.5 / 6
    c1: [1, 4, 'at_risk'],
    c2: [1, 1, 'lost'],
    c3: [2, 1, 'hibernating'],
    c4: [2, 4, 'at_risk'],
    c6: [3, 4, 'loyal'],
    c7: [3, 4, 'loyal'],
    'c11@example.com': [4, 1, 'promising'],
    c8: [4, 4, 'champions'],
    c9: [5, 4, 'champions'],
    s10: [5, 1, 'new_customers'],
  });
});

test('so few customers have no prediction, and the row says why', async () => {
  const rows: readonly Row[] = await home.ask(`
    select v.method, v.p_alive, v.simple_clv, v.is_extrapolated, v.expected_orders_12m,
      v.orders_12m_p90
    from customer_value v join customer_identifier i using (customer_key) where i.value = 'c1'`);
  // c1 alone is older than a year: duration 60 days; 15 x 2 / 446 x 60
  expect(rows).toEqual([
    {
      method: 'too_little_history',
      p_alive: null,
      simple_clv: '4.0359',
      is_extrapolated: true,
      expected_orders_12m: null,
      orders_12m_p90: null,
    },
  ]);
});
