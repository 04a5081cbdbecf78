import { expect, test } from 'vitest';
import type { Drop } from './home.ts';
import { makeTextHome } from './text-home.ts';

const asOf = '2025-01-31';

/** Orders after a night over these drops, delivered in turn, as `order lines net sales`. */
async function ordersAfter(drops: readonly Drop[], configuration: unknown = {}) {
  const home = await makeTextHome(configuration);
  for (const drop of drops) {
    await home.drop(drop);
    await home.ingest();
  }
  await home.night({ asOf });
  const rows = await home.ask('select * from sales_order order by order_id');
  const replaced = await home.ask(
    `select l.file, r.count_orders, r.count_lines
     from orders_replaced r join load l using (load_id) order by 1`,
  );
  const numbering = await home.ask(
    'select source, is_restarting, is_set, count_numbers, count_restarting from orders_numbering order by 1',
  );
  return {
    orders: rows.map((row) => `${row.order_id}: ${row.count_lines}, ${Number(row.net_sales)}`),
    replaced: replaced.map((row) => Object.values(row).join(' ')),
    numbering: numbering.map((row) => Object.values(row).join(' ')),
  };
}

const plain = 'order_id,ordered_at,customer_id,amount\n';

test('numbers that stand on different days for different customers begin anew each day', async () => {
  const { orders, numbering } = await ordersAfter([
    { 'drop/orders/mon.csv': `${plain}1,2025-01-06,c1,10\n2,2025-01-06,c2,20\n` },
    { 'drop/orders/tue.csv': `${plain}1,2025-01-07,c3,30\n2,2025-01-07,c4,40\n` },
  ]);
  expect(orders).toEqual([
    '2025-01-06 1: 1, 10',
    '2025-01-06 2: 1, 20',
    '2025-01-07 1: 1, 30',
    '2025-01-07 2: 1, 40',
  ]);
  expect(numbering).toEqual([' true false 2 2']);
});

test('a receipt of two tills on one day, and of two days of one customer, are two orders each', async () => {
  const header = 'order_id,ordered_at,customer_id,store,amount\n';
  const { orders } = await ordersAfter([
    {
      // 2 and 3 show that numbers begin anew, to nobody's name; 1 and 4 follow
      'drop/orders/a.csv': `${header}1,2025-01-06,c1,north,1
1,2025-01-06,c1,south,2
2,2025-01-06,,north,4
3,2025-01-06,,north,8
4,2025-01-06,c4,north,16
`,
      'drop/orders/b.csv': `${header}2,2025-01-07,,north,32
3,2025-01-07,c3,north,64
4,2025-01-07,c4,north,128
`,
    },
  ]);
  expect(orders).toEqual([
    '2025-01-06 north 1: 1, 1',
    '2025-01-06 north 2: 1, 4',
    '2025-01-06 north 3: 1, 8',
    '2025-01-06 north 4: 1, 16',
    '2025-01-06 south 1: 1, 2',
    '2025-01-07 north 2: 1, 32',
    '2025-01-07 north 3: 1, 64',
    '2025-01-07 north 4: 1, 128',
  ]);
});

test('numbers of two stores for different customers begin anew, of one customer they do not', async () => {
  const header = 'order_id,ordered_at,customer_id,store,amount\n';
  const file = (other: string) =>
    `${header}1,2025-01-06,c1,north,1\n1,2025-01-06,${other},south,2\n2,2025-01-06,c2,north,4\n2,2025-01-06,${other},south,8\n`;
  const different = await ordersAfter([{ 'drop/orders/a.csv': file('c3') }]);
  expect(different.numbering).toEqual([' true false 2 2']);
  expect(different.orders).toHaveLength(4);
  const anonymous = await ordersAfter([{ 'drop/orders/a.csv': file('') }]);
  expect(anonymous.numbering).toEqual([' false false 2 0']);
  expect(anonymous.orders).toEqual(['1: 2, 3', '2: 2, 12']);
});

test.each([
  ['one of two numbers', 2, 1, false],
  ['2 of 200', 200, 2, true],
  ['2 of 201', 201, 2, false],
])('%s on other days for other customers: begin anew %#', async (_, numbers, again, expected) => {
  const lines = (day: string, customer: string, count: number) =>
    Array.from({ length: count }, (__, i) => `${i},${day},${customer}${i},1\n`).join('');
  const { numbering } = await ordersAfter([
    { 'drop/orders/a.csv': `${plain}${lines('2025-01-06', 'c', numbers)}` },
    { 'drop/orders/b.csv': `${plain}${lines('2025-01-07', 'd', again)}` },
  ]);
  expect(numbering).toEqual([` ${expected} false ${numbers} ${again}`]);
});

test('orders that were moved to another day, or given another customer, keep their number', async () => {
  const { numbering, orders } = await ordersAfter([
    { 'drop/orders/a.csv': `${plain}1,2025-01-06,c1,1\n2,2025-01-06,c2,2\n` },
    { 'drop/orders/b.csv': `${plain}1,2025-01-07,c1,4\n2,2025-01-06,c9,8\n` },
  ]);
  expect(numbering).toEqual([' false false 2 0']);
  expect(orders).toEqual(['1: 1, 4', '2: 1, 8']);
});

test('the configuration decides of a source whether numbers begin anew', async () => {
  const drops = [
    { 'drop/orders/till/a.csv': `${plain}1,2025-01-06,c1,1\n2,2025-01-06,c2,2\n` },
    { 'drop/orders/till/b.csv': `${plain}1,2025-01-07,c1,4\n` },
  ];
  const sources = (order_numbers: string) => ({ sources: { till: { order_numbers } } });
  const restart = await ordersAfter(drops, sources('restart'));
  expect(restart.orders).toEqual([
    '2025-01-06 1: 1, 1',
    '2025-01-06 2: 1, 2',
    '2025-01-07 1: 1, 4',
  ]);
  expect(restart.numbering).toEqual(['till true true 2 0']);
  const unique = await ordersAfter(drops, sources('unique'));
  expect(unique.orders).toEqual(['1: 1, 4', '2: 1, 2']);
  expect(unique.numbering).toEqual(['till false true 2 0']);
});

test('the day of a number is one of the business time zone', async () => {
  // 23:30 UTC on the 6th is the 7th in Paris
  const { orders } = await ordersAfter(
    [{ 'drop/orders/till/a.csv': `${plain}1,2025-01-06T23:30:00Z,c1,1\n` }],
    { time_zone: 'Europe/Paris', sources: { till: { order_numbers: 'restart' } } },
  );
  expect(orders).toEqual(['2025-01-07 1: 1, 1']);
});

test('an order whose lines have numbers in one file and none in the other is one order', async () => {
  const { orders, replaced } = await ordersAfter([
    {
      'drop/orders/2025-01.csv':
        'order_id,ordered_at,customer_id,product_id,quantity,unit_price\nO1,2025-01-05,c1,p1,1,10\nO1,2025-01-05,c1,p2,1,20\n',
    },
    {
      'drop/orders/2025-02.csv':
        'order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price\nO1,1,2025-01-05,c1,p1,1,10\nO1,2,2025-01-05,c1,p2,1,20\n',
    },
  ]);
  expect(orders).toEqual(['O1: 2, 30']);
  expect(replaced).toEqual([]);
});

test('the time of a delivery stands in for updated_at where a file has no such column', async () => {
  const { orders } = await ordersAfter([
    {
      'drop/orders/a.csv':
        'order_id,ordered_at,customer_id,amount,status,updated_at\n1,2025-01-05,c1,10,paid,2025-01-06\n',
    },
    {
      'drop/orders/b.csv':
        'order_id,ordered_at,customer_id,amount,status\n1,2025-01-05,c1,10,cancelled\n',
    },
  ]);
  expect(orders).toEqual(['1: 1, 0']);
});

const cut = (first: string, second: string) => [
  { [`drop/orders/${first}`]: `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n` },
  { [`drop/orders/${second}`]: `${plain}2,2025-01-05,c2,25\n3,2025-01-05,c3,5\n` },
];

test.each([
  ['orders-1.csv', 'orders-2.csv'],
  ['orders_009.csv', 'orders_010.csv'],
  ['export 2025 part1.csv', 'export 2025 part2.csv'],
  ['orders_20250131_1.csv', 'orders_20250131_2.csv'],
  ['orders_1_of_2.csv', 'orders_2_of_2.csv'],
])('an order that was cut between %s and %s has the lines of both', async (first, second) => {
  for (const drops of [cut(first, second), cut(first, second).reverse()]) {
    const { orders, replaced } = await ordersAfter(drops);
    // 2 + (10 + 25) + 5 = 42
    expect(orders).toEqual(['1: 1, 2', '2: 2, 35', '3: 1, 5']);
    expect(replaced).toEqual([]);
  }
});

test.each([
  ['a.csv', 'b.csv'],
  ['orders-1.csv', 'orders-3.csv'],
  ['2025-01.csv', '2025-02.csv'],
  ['orders-2024.csv', 'orders-2025.csv'],
  ['orders (1).csv', 'orders (2).csv'],
])('of an order in %s and then in %s the second replaces the first', async (first, second) => {
  const { orders, replaced } = await ordersAfter(cut(first, second));
  // 2 + 25 + 5 = 32: the line of 10 was taken out
  expect(orders).toEqual(['1: 1, 2', '2: 1, 25', '3: 1, 5']);
  expect(replaced).toEqual([`drop/orders/${second} 1 1`]);
});

test('an order inside two numbered files was delivered twice, and not cut', async () => {
  const { orders } = await ordersAfter([
    { 'drop/orders/orders-1.csv': `${plain}1,2025-01-05,c1,2\n2,2025-01-05,c2,10\n` },
    { 'drop/orders/orders-2.csv': `${plain}3,2025-01-05,c3,5\n2,2025-01-05,c2,25\n` },
  ]);
  expect(orders).toEqual(['1: 1, 2', '2: 1, 25', '3: 1, 5']);
});

test.each([
  // the copy, the copy with a cheaper line, a line more, another status
  [['2,p,20', '2,q,5'], 25, []],
  [['2,p,18', '2,q,5'], 23, []],
  [['2,p,20', '2,q,5', '2,r,1'], 26, []],
  [['2,p,20'], 20, ['drop/orders/orders-2.csv 1 1']],
])(
  'an order that the next numbered file begins with anew counts once: %j',
  async (again, net, told) => {
    const file = (...lines: readonly string[]) =>
      `order_id,product_id,amount,ordered_at,customer_id\n${lines.map((line) => `${line},2025-01-05,c\n`).join('')}`;
    const { orders, replaced } = await ordersAfter([
      { 'drop/orders/orders-1.csv': file('1,p,2', '2,p,20', '2,q,5') },
      { 'drop/orders/orders-2.csv': file(...again, '3,p,7') },
    ]);
    expect(orders).toEqual(['1: 1, 2', `2: ${again.length}, ${net}`, '3: 1, 7']);
    expect(replaced).toEqual(told);
  },
);

test('of an order that a file holds in several states the last counts, and lines of several times all', async () => {
  const { orders, replaced } = await ordersAfter([
    {
      'drop/orders/a.csv': `order_id,ordered_at,customer_id,product_id,amount,updated_at
1,2025-01-05,c1,p,10,2025-01-05
1,2025-01-05,c1,q,20,2025-01-05
1,2025-01-05,c1,p,12,2025-01-06
2,2025-01-05,c2,p,1,2025-01-05
2,2025-01-05,c2,q,2,2025-01-06
3,2025-01-05,c3,,1,2025-01-05
3,2025-01-05,c3,,2,2025-01-06
4,2025-01-05,c4,p,4,2025-01-06
4,2025-01-05,c4,p,4,2025-01-06
`,
    },
  ]);
  expect(orders).toEqual(['1: 1, 12', '2: 2, 3', '3: 1, 2', '4: 2, 8']);
  expect(replaced).toEqual(['drop/orders/a.csv 2 3']);
});

test('a part that was mended is a part of its export', async () => {
  const { orders } = await ordersAfter([
    ...cut('orders-1.csv', 'orders-2.csv'),
    { 'drop/orders/orders-2.csv': `${plain}2,2025-01-05,c2,26\n3,2025-01-05,c3,5\n` },
  ]);
  expect(orders).toEqual(['1: 1, 2', '2: 2, 36', '3: 1, 5']);
});

test('an edited order has no line that was removed, and the load tells it', async () => {
  const header = 'order_id,line_id,ordered_at,customer_id,amount\n';
  const { orders, replaced } = await ordersAfter([
    {
      'drop/orders/a.csv': `${header}1,a,2025-01-05,c1,10\n1,b,2025-01-05,c1,20\n1,c,2025-01-05,c1,40\n`,
    },
    // a was taken out, b is cheaper
    { 'drop/orders/b.csv': `${header}1,b,2025-01-05,c1,15\n1,c,2025-01-05,c1,40\n` },
    // nothing was taken out, d came
    {
      'drop/orders/c.csv': `${header}1,b,2025-01-05,c1,15\n1,c,2025-01-05,c1,40\n1,d,2025-01-05,c1,80\n`,
    },
  ]);
  expect(orders).toEqual(['1: 3, 135']);
  expect(replaced).toEqual(['drop/orders/b.csv 1 1']);
});

test('lines taken out are told by product and copies where lines have no number', async () => {
  const header = 'order_id,ordered_at,customer_id,product_id,amount\n';
  const line = (product: string, amount: number) => `1,2025-01-05,c1,${product},${amount}\n`;
  const { replaced } = await ordersAfter([
    { 'drop/orders/a.csv': `${header}${line('p1', 1).repeat(3)}${line('p2', 2)}${line('', 4)}` },
    // two of three p1 and the line of 4 are gone; p2 costs more
    { 'drop/orders/b.csv': `${header}${line('p1', 1)}${line('p2', 3)}` },
  ]);
  expect(replaced).toEqual(['drop/orders/b.csv 1 3']);
});

test('changed lines build on lines that have numbers, and on nothing else', async () => {
  const columns = ['order_id', 'line_id', 'ordered_at', 'customer_id', 'amount'];
  const mapping = {
    delivers: 'changed_lines',
    columns: Object.fromEntries(columns.map((c) => [c, c])),
  };
  const file = (...lines: readonly string[]) =>
    `${columns.join(',')}\n${lines.map((line) => line.replace('|', ',2025-01-05,c1,')).join('\n')}\n`;
  const { orders, replaced } = await ordersAfter(
    [
      { 'drop/orders/shop/a.csv': file('1,a|1', '1,b|2', '2,|4', '2,|8') },
      { 'drop/orders/shop/b.csv': file('1,b|16', '2,a|32') },
      { 'drop/orders/shop/c.csv': file('1,c|64', '2,b|128', '3,a|1') },
      { 'drop/orders/shop/d.csv': file('3,|2') },
    ],
    { sources: { shop: { orders: mapping } } },
  );
  // 1: a, b as of the second, c. 2: the second replaced lines without numbers, the third adds to it
  expect(orders).toEqual(['1: 3, 81', '2: 2, 160', '3: 1, 2']);
  expect(replaced).toEqual(['drop/orders/shop/b.csv 1 2', 'drop/orders/shop/d.csv 1 1']);
});

test('files in folders named for years are of one source', async () => {
  const home = await makeTextHome();
  await home.drop({
    'drop/orders/2024/o.csv': `${plain}O1,2024-05-01,c1,10\n`,
    'drop/orders/2025/01/o.csv': `${plain}O2,2025-01-05,c1,10\n`,
    'drop/orders/shop/2025-01/o.csv': `${plain}O3,2025-01-05,c1,10\n`,
  });
  await home.ingest();
  await home.night({ asOf });
  expect(
    await home.ask(
      'select source, count(distinct customer_key) as customers, count(*) as orders from sales_order group by source order by source',
    ),
  ).toEqual([
    { source: '', customers: 1, orders: 2 },
    { source: 'shop', customers: 1, orders: 1 },
  ]);
});
