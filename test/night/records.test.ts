import { beforeAll, describe, expect, test } from 'vitest';
import { makeTextHome, type TextHome } from './text-home.ts';
import { customersOf } from './who-is-who.ts';

describe('records of orders that were corrected', () => {
  const header = 'order_id,line_id,ordered_at,customer_id,email,amount,status,updated_at\n';
  const earlier = `${header}
O1,1,2025-01-01,ann,bob@x.example,10,,2025-01-01
O2,1,2025-01-02,bob,bob@x.example,10,,2025-01-02
O3,1,2025-01-03,wrong,,10,,2025-01-03
O4,1,2025-01-04,cid,,10,,2025-01-04
O5,1,2025-01-05,dan,,10,cancelled,2025-01-05
O6,1,2025-01-06,eve,,10,,2025-01-06
O7,1,2025-01-07,eve,,10,cancelled,2025-01-07
O8,1,2025-01-08,fay,,10,,2025-01-08
O9,1,2025-01-09,gus,,10,,2025-01-09
P1,1,2025-01-10,hal,,1,,2025-01-10
P1,1,2025-01-10,hal,,2,,2025-01-10
P2,1,2025-01-10,hal,,4,,2025-01-10
P3,1,2025-01-10,hal,,8,,2025-01-11
P4,1,2025-01-10,hal,,16,,
P5,1,2025-01-31T22:59:59Z,hal,,32,,
P6,1,2025-01-31T23:00:00Z,ivy,,64,,
`.replace('\n\n', '\n');
  const later = `${header}
O1,1,2025-01-01,ann,ann@x.example,10,,2025-01-20
O3,1,2025-01-03,right,,10,,2025-01-20
O4,1,2025-01-04,cid,,10,cancelled,2025-01-20
O8,1,2025-01-28,fay,,10,,2025-01-20
O9,1,2025-02-09,gus,,10,,2025-01-20
P2,1,2025-01-10,hal,,400,,2025-01-10
P3,1,2025-01-10,hal,,800,,
P4,1,2025-01-10,hal,,1600,,
`.replace('\n\n', '\n');
  let home: TextHome;

  beforeAll(async () => {
    home = await makeTextHome({ time_zone: 'Europe/Paris' });
    await home.drop({
      'drop/orders/a.csv': earlier,
      'drop/orders/b.csv': later,
      'drop/customers/c.csv': `customer_id,created_at
jan,2025-01-31T22:59:59Z
kim,2025-01-31T23:00:00Z
lou,
`,
    });
    await home.ingest();
    await home.night({ asOf: '2025-01-31' });
  });

  test('join nobody by a row that was superseded', async () => {
    const customers = await customersOf(home);
    expect(customers).toContain('ann ann@x.example');
    expect(customers).toContain('bob bob@x.example');
    expect(customers).toContain('right');
    expect(customers.join(' ')).not.toContain('wrong');
  });

  test('know as of a day in the business time zone whom that day knew', async () => {
    const customers = await customersOf(home);
    // gus ordered after it, as his order was corrected; ivy and kim came in the night after it
    expect(customers.filter((name) => !name.includes('@'))).toEqual([
      'cid',
      'dan',
      'eve',
      'fay',
      'hal',
      'jan',
      'lou',
      'right',
    ]);
  });

  test('make a prospect of who was paid and then cancelled, as of who was cancelled at once', async () => {
    const rows = await home.ask(
      'select i.value from customer c join customer_identifier i using (customer_key) where c.is_prospect order by 1',
    );
    expect(rows.map(({ value }) => value)).toEqual(['cid', 'dan', 'jan', 'lou']);
  });

  test('see a customer first on the day that counts', async () => {
    const rows = await home.ask(
      `select i.value, c.first_seen_on from customer c join customer_identifier i using (customer_key)
       where i.value in ('fay', 'jan', 'lou') order by 1`,
    );
    expect(rows.map(Object.values)).toEqual([
      ['fay', '2025-01-28'],
      ['jan', '2025-01-31'],
      ['lou', null],
    ]);
  });

  test('are the later updated_at or else delivery, the later delivery, the later record', async () => {
    const rows = await home.ask(
      "select order_id, net_sales from order_line where order_id like 'P%' order by 1",
    );
    expect(rows.map(({ order_id, net_sales }) => [order_id, Number(net_sales)])).toEqual([
      ['P1', 2],
      ['P2', 400],
      // without updated_at it is of the day it was delivered, which is later
      ['P3', 800],
      ['P4', 1600],
      ['P5', 32],
    ]);
  });
});

test('records of a whole order are those of the load with the later updated_at', async () => {
  const file = (order: string, amounts: readonly number[], updatedAt: string) =>
    `order_id,ordered_at,customer_id,amount,updated_at\n${amounts
      .map((amount) => `${order},2025-01-05,C1,${amount},${updatedAt}\n`)
      .join('')}`;
  const home = await makeTextHome();
  await home.drop({
    'drop/orders/a.csv': file('1', [10, 20], '2025-01-08'),
    'drop/orders/b.csv': file('1', [30], '2025-01-07'),
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  const rows = await home.ask('select net_sales from order_line order by 1');
  expect(rows.map(({ net_sales }) => Number(net_sales))).toEqual([10, 20]);
});

test('the record of a product is that delivered last', async () => {
  const home = await makeTextHome();
  await home.drop({
    'drop/products/a.csv': 'product_id,unit_cost\np1,1\np1,2\np2,4\n',
    'drop/products/b.csv': 'product_id,unit_cost\np2,8\n',
    'drop/orders/a.csv':
      'order_id,ordered_at,customer_id,product_id,amount\n1,2025-01-05,C1,p1,100\n2,2025-01-05,C1,p2,100\n',
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  const rows = await home.ask('select product_id, cost_of_goods from order_line order by 1');
  expect(rows.map(({ cost_of_goods }) => Number(cost_of_goods))).toEqual([2, 8]);
});

test('records of two systems with one number are of two customers', async () => {
  const home = await makeTextHome();
  await home.drop({
    'drop/orders/web/a.csv': 'order_id,ordered_at,customer_id,amount\n1,2025-01-05,7,1\n',
    'drop/orders/till/a.csv': 'order_id,ordered_at,customer_id,amount\n1,2025-01-05,7,2\n',
    'drop/customers/web/a.csv': 'customer_id,first_name,updated_at\n7,Ann,2025-01-01\n',
    'drop/customers/crm/a.csv': 'customer_id,first_name,updated_at\n7,Bob,2025-01-01\n',
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  const rows = await home.ask(
    `select i.source, c.first_name, o.net_sales
     from customer c join customer_identifier i using (customer_key)
     left join sales_order o using (customer_key) order by 1`,
  );
  expect(rows.map(Object.values)).toEqual([
    ['crm', 'Bob', null],
    ['till', null, '2.0000'],
    ['web', 'Ann', '1.0000'],
  ]);
});

test('the golden record takes each column from the record changed last that fills it', async () => {
  const home = await makeTextHome();
  await home.drop({
    'drop/customers/web/a.csv': `customer_id,email,first_name,last_name,city,created_at,updated_at
1,ann@x.example,Ann,Old,Lyon,2020-01-01,2024-01-01
1,ann@x.example,Anna,New,,2020-01-01,2024-02-01
2,bob@x.example,Bob,,,2024-05-01,
2,bob@x.example,Rob,,,2024-05-01,
3,cid@x.example,Cid,,,,
`,
    'drop/customers/crm/b.csv': `customer_id,email,first_name,last_name,city,created_at,updated_at
9,ann@x.example,Annie,,Paris,2024-01-15,
8,bob@x.example,Bobby,,,2024-04-01,2024-04-30
7,cid@x.example,Sid,,,,
`,
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  const rows = await home.ask('select first_name, last_name, city from customer order by email');
  expect(rows.map(Object.values)).toEqual([
    // 1 February, 1 February, 15 January
    ['Anna', 'New', 'Paris'],
    // 1 May, the later record
    ['Rob', null, null],
    // undated: the later delivery
    ['Sid', null, null],
  ]);
});

test('of a customer the e-mail and phone of the last order count, of one instant the last delivered', async () => {
  const home = await makeTextHome();
  await home.drop({
    'drop/orders/a.csv': `order_id,ordered_at,customer_id,email,phone,amount
0,2025-01-03,ann,old@x.example,,1
1,2025-01-05,ann,old@x.example,,1
2,2025-01-09,ann,new@x.example,,1
3,2025-01-07,ann,old@x.example,+33123456789,1
4,2025-01-05,bob,z@y.example,,1
5,2025-01-05,bob,a@y.example,,1
6,2025-01-05,cid,a@z.example,,1
7,2025-01-05,cid,z@z.example,,1
8,2025-01-05,dan,z@dan.example,,1
`,
    'drop/orders/b.csv':
      'order_id,ordered_at,customer_id,email,amount\n9,2025-01-05,dan,a@dan.example,1\n',
  });
  await home.ingest();
  await home.night({ asOf: '2025-12-31' });
  const rows = await home.ask('select email, phone from customer order by email');
  expect(rows.map(Object.values)).toEqual([
    ['a@dan.example', null],
    ['a@y.example', null],
    ['new@x.example', '+33123456789'],
    ['z@z.example', null],
  ]);
  const sets = await home.ask(
    `select email, phone, place, first_ordered_on, last_ordered_at from orders_reference
     where reference_value = 'ann' order by place`,
  );
  expect(sets.map(Object.values)).toEqual([
    ['new@x.example', null, 1, '2025-01-09', '2025-01-09 00:00:00.000'],
    ['old@x.example', '+33123456789', 2, '2025-01-07', '2025-01-07 00:00:00.000'],
    ['old@x.example', null, 3, '2025-01-03', '2025-01-05 00:00:00.000'],
  ]);
});

describe("a customer's earlier e-mail", () => {
  /** Customers of a home in which these files were delivered in turn. */
  async function customersAfter(...files: readonly string[]): Promise<string[]> {
    const home = await makeTextHome();
    for (const [place, content] of files.entries()) {
      const feed = content.startsWith('order_id') ? 'orders' : 'customers';
      await home.drop({ [`drop/${feed}/${place}.csv`]: content });
    }
    await home.ingest();
    await home.night({ asOf: '2025-12-31' });
    return await customersOf(home);
  }
  const dated = (...rows: readonly string[]) =>
    `customer_id,email,updated_at\n${rows.join('\n')}\n`;
  const orders = (...rows: readonly string[]) =>
    `order_id,ordered_at,customer_id,email,amount\n${rows.map((row, i) => `${i},${row},1\n`).join('')}`;
  const moved = dated('x,old@x.example,2024-01-01', 'x,new@x.example,2024-06-01');

  test('stays linked, whoever orders with it and names no customer', async () => {
    expect(await customersAfter(moved, orders('2024-09-01,,old@x.example'))).toEqual([
      'new@x.example old@x.example x',
    ]);
  });

  test.each([
    ['in its record', dated('y,old@x.example,2024-03-01')],
    ['in its order', orders('2024-09-01,y,old@x.example')],
    ['and then has another', dated('y,old@x.example,2024-09-01', 'y,y@x.example,2024-10-01')],
  ])('goes to another customer who carries it newer %s', async (_, other) => {
    const customers = await customersAfter(moved, orders('2023-09-01,x,old@x.example'), other);
    expect(customers).toHaveLength(2);
    expect(customers).toContain('new@x.example x');
  });

  test.each([
    ['the other carried it before', [moved, dated('y,old@x.example,2023-12-01')]],
    ['the other began to on the day', [moved, dated('y,old@x.example,2024-01-01')]],
    [
      'the other carried it before and carries it still',
      [moved, dated('y,old@x.example,2023-12-01', 'y,old@x.example,2024-09-01')],
    ],
    [
      'it was used in an order since',
      [moved, dated('y,old@x.example,2024-09-01'), orders('2024-10-01,x,old@x.example')],
    ],
    [
      'it is the newest e-mail that its customer told',
      [dated('x,old@x.example,2024-01-01', 'x,,2024-06-01'), dated('y,old@x.example,2024-09-01')],
    ],
    ['nothing tells which is newer', [moved, 'customer_id,email\ny,old@x.example\n']],
  ])('joins both where %s', async (_, files) => {
    const customers = await customersAfter(...files);
    expect(customers).toHaveLength(1);
    expect(customers[0]).toContain('old@x.example');
  });

  test('is earlier by the later record of a file, and in its own system alone', async () => {
    const home = await makeTextHome();
    await home.drop({
      'drop/customers/web/1.csv': 'customer_id,email\n1,a@x.example\n1,b@x.example\n',
      'drop/customers/web/2.csv': 'customer_id,email\n2,a@x.example\n',
      'drop/customers/crm/3.csv': 'customer_id,email\n1,c@x.example\n',
      'drop/customers/crm/4.csv': 'customer_id,email\n3,b@x.example\n',
    });
    await home.ingest();
    await home.night({ asOf: '2025-12-31' });
    expect(await customersOf(home)).toEqual([
      // customer 1 of web and customer 3 of crm have one newest e-mail
      '1 3 b@x.example',
      '1 c@x.example',
      '2 a@x.example',
    ]);
  });

  test('goes by the deliveries where no record says when it was changed', async () => {
    const undated = (...rows: readonly string[]) => `customer_id,email\n${rows.join('\n')}\n`;
    const customers = await customersAfter(
      undated('x,old@x.example', 'v,both@x.example', 'w,both@x.example'),
      undated('x,new@x.example', 'y,old@x.example', 'v,v@x.example', 'w,both@x.example'),
    );
    expect(customers).toEqual([
      // v and w had it at one time
      'both@x.example v v@x.example w',
      'new@x.example x',
      'old@x.example y',
    ]);
  });
});
