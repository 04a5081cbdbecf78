import { expect, test } from 'vitest';
import { makeHome } from './home.ts';
import { untilFacts } from './stages-until.ts';
import { makeTextHome } from './text-home.ts';

const asOf = '2025-01-31';

/** The orders of a file after a night: gross sales, discount, returns, net sales, whether it is one. */
async function ordersOf(header: string, lines: readonly string[], configuration: unknown = {}) {
  const home = await makeTextHome(configuration);
  await home.drop({ 'drop/orders/o.csv': `${header}\n${lines.join('\n')}\n` });
  await home.ingest();
  await home.night({ asOf });
  const rows = await home.ask(
    'select order_id, gross_sales, discount, return_amount, net_sales, is_order from sales_order order by order_id',
  );
  const money = (value: unknown) => Number(value);
  return {
    home,
    orders: Object.fromEntries(
      rows.map((row) => [
        row.order_id,
        [
          ...[row.gross_sales, row.discount, row.return_amount, row.net_sales].map(money),
          row.is_order,
        ],
      ]),
    ),
  };
}

test('sold counts, open and cancelled count nowhere, given back is sold and given back', async () => {
  const words = {
    paid: [10, 0, 0, 10, true],
    partially_refunded: [10, 0, 0, 10, true],
    refunded: [10, 0, 0, 10, true],
    chargeback: [10, 0, 0, 10, true],
    pending: [0, 0, 0, 0, false],
    'on-hold': [0, 0, 0, 0, false],
    failed: [0, 0, 0, 0, false],
    Canceled: [0, 0, 0, 0, false],
  };
  const { home, orders } = await ordersOf(
    'order_id,ordered_at,customer_id,amount,status',
    Object.keys(words).map((word) => `${word},2025-01-05,${word},10.00,${word}`),
  );
  const givenBack = [0, 0, 10, -10, false];
  expect(orders).toEqual({
    ...words,
    'refunded refund': givenBack,
    'chargeback refund': givenBack,
  });
  const prospects = await home.ask('select count(*) as prospects from customer where is_prospect');
  expect(prospects).toEqual([{ prospects: 4 }]);
  const lines = await home.ask(
    'select status, count(*) as lines from order_line group by status order by status',
  );
  expect(lines).toEqual([
    { status: 'cancelled', lines: 2 },
    { status: 'given_back', lines: 4 },
    { status: 'open', lines: 2 },
    { status: 'partly_given_back', lines: 1 },
    { status: 'sold', lines: 1 },
  ]);
});

test('a return line and a status that says refunded give back once', async () => {
  const { orders } = await ordersOf(
    'order_id,line_id,ordered_at,customer_id,quantity,amount,status',
    [
      'both,1,2025-01-05,a,1,10.00,refunded',
      'both,2,2025-01-05,a,-1,-10.00,refunded',
      'part,1,2025-01-05,b,3,30.00,refunded',
      'part,2,2025-01-05,b,-1,-10.00,',
      'alone,1,2025-01-05,c,1,10.00,refunded',
      'alone,2,2025-01-05,c,1,20.00,refunded',
    ],
  );
  expect(orders).toEqual({
    alone: [30, 0, 0, 30, true],
    'alone refund': [0, 0, 30, -30, false],
    both: [10, 0, 10, 0, true],
    part: [30, 0, 10, 20, true],
  });
});

test('what is given back gives its cost back', async () => {
  const home = await makeTextHome({ margin_rate: 0.4 });
  await home.drop({
    'drop/products/p.csv': 'product_id,unit_cost\nP1,3.00\n',
    'drop/orders/o.csv':
      'order_id,ordered_at,product_id,quantity,amount,status\n1,2025-01-05,P1,2,10.00,refunded\n2,2025-01-05,P1,2,10.00,paid\n3,2025-01-05,,1,10.00,refunded\n',
  });
  await home.ingest();
  await home.night({ asOf });
  expect(
    await home.ask('select order_id, cost_of_goods from sales_order order by order_id'),
  ).toEqual([
    { order_id: '1', cost_of_goods: '6.0000' },
    { order_id: '1 refund', cost_of_goods: '-6.0000' },
    { order_id: '2', cost_of_goods: '6.0000' },
    // 60 % of 10
    { order_id: '3', cost_of_goods: '6.0000' },
    { order_id: '3 refund', cost_of_goods: '-6.0000' },
  ]);
});

test('gift cards, fees, shipping and tips count in no sales figure', async () => {
  const { home, orders } = await ordersOf('order_id,line_id,ordered_at,customer_id,amount,kind', [
    '1,1,2025-01-05,a,10.00,',
    '1,2,2025-01-05,a,4.50,shipping',
    '1,3,2025-01-05,a,2.00,tip',
    '1,4,2025-01-05,a,-1.00,fee',
    '2,1,2025-01-06,b,50.00,gift card',
    '3,1,2025-01-07,c,20.00,sale',
  ]);
  expect(orders).toEqual({
    1: [10, 0, 0, 10, true],
    2: [0, 0, 0, 0, false],
    3: [20, 0, 0, 20, true],
  });
  expect(
    await home.ask('select count(cost_basis) as goods, count(*) as lines from order_line'),
  ).toEqual([{ goods: 2, lines: 6 }]);
});

test('signs: a return is below zero before its discount, a large discount is none, nothing is neither', async () => {
  const { orders } = await ordersOf('order_id,ordered_at,customer_id,quantity,discount,amount', [
    'large discount,2025-01-05,a,1,10.00,-5.00',
    'all off,2025-01-05,b,1,10.00,0.00',
    'returned,2025-01-05,c,1,,-8.00',
    'returned cheaper,2025-01-05,d,-1,-2.00,-8.00',
    'free of charge,2025-01-05,e,1,,0.00',
    'nothing,2025-01-05,f,0,,0.00',
    'without pieces,2025-01-05,g,0,,3.00',
  ]);
  expect(orders).toEqual({
    'large discount': [5, 10, 0, -5, true],
    'all off': [10, 10, 0, 0, true],
    returned: [0, 0, 8, -8, false],
    'returned cheaper': [0, 0, 8, -8, false],
    'free of charge': [0, 0, 0, 0, true],
    nothing: [0, 0, 0, 0, false],
    'without pieces': [3, 0, 0, 3, true],
  });
});

const inCurrencies = 'order_id,ordered_at,customer_id,amount,currency';
const several = ['1,2025-01-05,a,10.00,EUR', '2,2025-01-05,b,20.00,USD', '3,2025-01-05,c,40.00,'];

test('amounts of another currency than the one that is set are added to nothing', async () => {
  const euros = await ordersOf(inCurrencies, several, { currency: 'EUR' });
  expect(Object.keys(euros.orders)).toEqual(['1', '3']);
  const dollars = await ordersOf(inCurrencies, several, { currency: 'USD' });
  expect(Object.keys(dollars.orders)).toEqual(['2', '3']);
  const [one, other] = [euros, dollars].map(({ home }) => home.ask('select load_id from load'));
  expect(await one).toEqual(await other);
});

test('a line without currency and channel has those of its order, whichever line tells them', async () => {
  const { home, orders } = await ordersOf(
    'order_id,ordered_at,customer_id,amount,currency,channel',
    [
      '1,2025-01-05,a,10.00,USD,web',
      '1,2025-01-05,a,7.00,,',
      '2,2025-01-05,a,1.00,,',
      '2,2025-01-05,a,2.00,EUR,store',
      '3,2025-01-05,b,4.00,,',
    ],
    { currency: 'EUR' },
  );
  expect(orders).toEqual({ 2: [3, 0, 0, 3, true], 3: [4, 0, 0, 4, true] });
  const waiting = await home.ask('select kind, missing, count_lines, amount from waiting');
  expect(waiting.map(Object.values)).toEqual([['no_rate', 'USD', 2, '17.0000']]);
  const channels = await home.ask(
    'select channel, sum(net_sales) as net_sales from order_line group by channel order by 1',
  );
  expect(channels.map(Object.values)).toEqual([
    ['store', '3.0000'],
    ['unknown', '4.0000'],
  ]);
});

test('a correction in another currency replaces what it corrects', async () => {
  const home = await makeTextHome({ currency: 'EUR' });
  await home.drop({
    'drop/orders/a.csv': `${inCurrencies}\n1,2025-01-05,a,10.00,EUR\n2,2025-01-05,b,5.00,EUR\n`,
    'drop/orders/b.csv': `${inCurrencies}\n1,2025-01-05,a,11.00,USD\n`,
  });
  await home.ingest();
  await home.night({ asOf });
  expect(await home.ask('select order_id from sales_order')).toEqual([{ order_id: '2' }]);
});

test('without a setting the only currency there is is reported in, with several nothing is', async () => {
  const only = await ordersOf(
    inCurrencies,
    several.filter((line) => !line.includes('EUR')),
  );
  expect(Object.keys(only.orders)).toEqual(['2', '3']);
  const currency = await only.home.ask(
    "select value from run_input where kind = 'setting' and name = 'currency'",
  );
  expect(currency).toEqual([{ value: 'USD' }]);

  const home = await makeHome();
  await home.drop({ 'drop/orders/o.csv': `${inCurrencies}\n${several.join('\n')}\n` });
  await home.ingest();
  await expect(home.night({ asOf, stages: untilFacts })).rejects.toThrow(
    'found EUR, USD in the files and none in the configuration. Add the line "currency": "EUR"',
  );
});

test('files that name no currency are reported in none', async () => {
  const none = await ordersOf('order_id,ordered_at,amount', ['1,2025-01-05,10.00']);
  expect(none.orders).toEqual({ 1: [10, 0, 0, 10, true] });
  const currency = await none.home.ask(
    "select value from run_input where kind = 'setting' and name = 'currency'",
  );
  expect(currency).toEqual([{ value: null }]);
});

test('a thousand lines of the largest amount that is accepted stop no night', async () => {
  const lines = Array.from({ length: 1_000 }, (_, i) => `${i},2025-01-05,c${i},1000000000`);
  const { home } = await ordersOf('order_id,ordered_at,customer_id,amount', lines);
  expect(await home.ask('select sum(net_sales) as net_sales from sales_order')).toEqual([
    { net_sales: '1000000000000.0000' },
  ]);
});
