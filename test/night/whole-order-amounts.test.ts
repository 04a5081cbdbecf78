import { describe, expect, test } from 'vitest';
import { makeTextHome, type TextHome } from './text-home.ts';

const asOf = '2025-01-31';

/** A home after a night over one file of orders. */
async function nightOf(
  header: string,
  lines: readonly string[],
  configuration: unknown = {},
): Promise<TextHome> {
  const home = await makeTextHome(configuration);
  await home.drop({ 'drop/orders/o.csv': `${header}\n${lines.join('\n')}\n` });
  await home.ingest();
  await home.night({ asOf });
  return home;
}

/** Orders by id: gross sales, discount, returns, net sales, shipping. */
async function ordersOf(home: TextHome) {
  const rows = await home.ask(
    'select order_id, gross_sales, discount, return_amount, net_sales, shipping_charged from sales_order order by order_id',
  );
  return Object.fromEntries(
    rows.map(({ order_id, ...money }) => [order_id, Object.values(money).map(Number)]),
  );
}

/** Each line's product and amounts, in the order of products. */
async function linesOf(home: TextHome, columns: string) {
  const rows = await home.ask(
    `select product_id, ${columns} from order_line order by order_id, product_id`,
  );
  return rows.map(({ product_id, ...money }) => [product_id, ...Object.values(money).map(Number)]);
}

const header =
  'order_id,line_id,ordered_at,customer_id,product_id,amount,order_discount,order_shipping';
const head = (line: string, product: string, rest: string) =>
  `1,${line},2025-01-05,c1,${product},${rest}`;

describe('amounts of the whole order are spread', () => {
  test('by value over the sale lines, to the cent', async () => {
    const home = await nightOf(header, [
      head('1', 'p1', '5.00,10.00,3.00'),
      head('2', 'p2', '60.00,,'),
    ]);
    // 10 × 5 ÷ 65 = 0.7692, 10 × 60 ÷ 65 = 9.2308: the cent that is left goes to the first, .92 of one
    // 3 × 5 ÷ 65 = 0.2308, 3 × 60 ÷ 65 = 2.7692: to the second, .92 of one
    expect(await linesOf(home, 'gross_sales, discount, net_sales, shipping_charged')).toEqual([
      ['p1', 5, 0.77, 4.23, 0.23],
      ['p2', 60, 9.23, 50.77, 2.77],
    ]);
    expect(await ordersOf(home)).toEqual({ 1: [65, 10, 0, 55, 3] });
  });

  test('once, whether one line tells them or each', async () => {
    const home = await nightOf(header, [
      head('1', 'p1', '10.00,4.00,2.00'),
      head('2', 'p2', '30.00,4.00,2.00'),
    ]);
    expect(await linesOf(home, 'discount, shipping_charged')).toEqual([
      ['p1', 1, 0.5],
      ['p2', 3, 1.5],
    ]);
  });

  test('with the cents that are left to the first of equal lines', async () => {
    const home = await nightOf(header, [
      head('2', 'p2', '1.00,,'),
      head('1', 'p1', '1.00,,'),
      head('3', 'p3', '1.00,0.50,0.02'),
    ]);
    // 0.50 ÷ 3 = 0.1667: 0.16 each, and two cents; 0.02 ÷ 3: nothing each, and two cents
    expect(await linesOf(home, 'discount, shipping_charged')).toEqual([
      ['p1', 0.17, 0.01],
      ['p2', 0.17, 0.01],
      ['p3', 0.16, 0],
    ]);
  });

  test('equally over lines without value, on the first where nothing was sold', async () => {
    const home = await nightOf(`${header},kind`, [
      head('1', 'p1', '0.00,,3.00,'),
      head('2', 'p2', '0.00,,,'),
      head('3', 'p3', '50.00,,,gift_card'),
      '2,1,2025-01-05,c2,p4,50.00,,2.50,gift_card',
      '2,2,2025-01-05,c2,p5,50.00,,,gift_card',
    ]);
    expect(await linesOf(home, 'shipping_charged')).toEqual([
      ['p1', 1.5],
      ['p2', 1.5],
      ['p3', 0],
      ['p4', 2.5],
      ['p5', 0],
    ]);
  });

  test('over what was sold, and not over returns, fees or lines below nothing', async () => {
    const home = await nightOf(`${header},quantity,discount,kind`, [
      head('1', 'p1', '10.00,2.00,,1,,'),
      head('2', 'p2', '-5.00,,,-1,,'),
      head('3', 'p3', '40.00,,,1,,fee'),
      head('4', 'p4', '-3.00,,,1,8.00,'),
    ]);
    expect(await linesOf(home, 'discount, net_sales')).toEqual([
      ['p1', 2, 8],
      ['p2', 0, -5],
      ['p3', 0, 0],
      ['p4', 8, -3],
    ]);
  });

  test.each([
    ['JPY', '100', [34, 33, 33]],
    ['KWD', '1', [0.334, 0.333, 0.333]],
    ['EUR', '1.0001', [0.3401, 0.33, 0.33]],
  ])('to the minor unit of %s', async (currency, total, shares) => {
    const home = await nightOf(
      header,
      [head('1', 'p1', `200,${total},`), head('2', 'p2', '200,,'), head('3', 'p3', '200,,')],
      { currency },
    );
    expect(await linesOf(home, 'discount')).toEqual(shares.map((share, i) => [`p${i + 1}`, share]));
  });
});

describe('an order whose amounts contradict each other', () => {
  const told =
    'order_id,line_id,ordered_at,customer_id,amount,order_discount,order_subtotal,status,currency';
  const lines = [
    'adds up,1,2025-01-05,a,30.00,5.00,25.00,,',
    'by a cent,1,2025-01-05,a,30.00,5.00,25.01,,',
    'rounded,1,2025-01-05,a,10.00,5.00,25.01,,',
    'rounded,2,2025-01-05,a,20.00,,,,',
    'twice,1,2025-01-06,b,30.00,5.00,30.00,,',
    'twice,2,2025-01-07,b,10.00,,,,',
    'gift card,1,2025-01-05,c,30.00,5.00,25.00,,',
    'cancelled,1,2025-01-05,d,30.00,5.00,99.00,cancelled,',
    'differ,1,2025-01-08,e,10.00,1.00,,,',
    'differ,2,2025-01-08,e,10.00,2.00,,,',
    'negative,1,2025-01-09,f,10.00,-1.00,,,',
    'dollars,1,2025-01-10,g,7.00,,,,USD',
    'dollars,2,2025-01-11,g,8.00,,,,USD',
    'pounds,1,2025-01-12,h,9.00,,,,GBP',
    'later,1,2025-02-01,h,9.00,,,,GBP',
  ];

  test('waits with both sums, is counted nowhere, and counts when what is missing comes', async () => {
    const home = await nightOf(told, lines, { currency: 'EUR' });
    const waiting = async () =>
      (await home.ask('select * from waiting order by kind, missing')).map((row) =>
        [
          row.kind,
          row.missing,
          row.first_on,
          row.last_on,
          row.count_orders,
          row.count_lines,
          ...[row.amount, row.lines_amount, row.order_subtotal].map((value) =>
            value === null ? null : Number(value),
          ),
        ].join(' '),
      );
    expect(await waiting()).toEqual([
      'amounts_differ  2025-01-08 2025-01-08 1 2 20  ',
      // 30 + (30 + 10) + 10; lines less discounts: 25 + 35 + 11; subtotals: 25.01 + 30 and none
      'does_not_add_up  2025-01-05 2025-01-09 3 4 80 71 55.01',
      'no_rate GBP 2025-01-12 2025-01-12 1 1 9  ',
      'no_rate USD 2025-01-10 2025-01-11 1 2 15  ',
    ]);
    expect(await ordersOf(home)).toEqual({
      'adds up': [30, 5, 0, 25, 0],
      cancelled: [0, 0, 0, 0, 0],
      'gift card': [30, 5, 0, 25, 0],
      rounded: [30, 5, 0, 25, 0],
    });
    await home.drop({
      'drop/orders/p.csv': `${told}\nby a cent,1,2025-01-05,a,30.00,5.00,25.00,,\n`,
    });
    await home.ingest();
    await home.night({ asOf });
    expect((await ordersOf(home))['by a cent']).toEqual([30, 5, 0, 25, 0]);
    expect(await waiting()).toContain('does_not_add_up  2025-01-06 2025-01-09 2 3 50 46 30');
  });
});

describe('what was given back', () => {
  const told =
    'order_id,line_id,ordered_at,customer_id,product_id,quantity,amount,order_discount,status,order_refund,refunded_at,updated_at';

  test('counts once: return lines, else the refund of the order, else the status', async () => {
    const home = await nightOf(told, [
      'all three,1,2025-01-05,a,p1,1,20.00,,refunded,20.00,,',
      'all three,2,2025-01-05,a,p1,-1,-15.00,,refunded,20.00,,',
      'refund,1,2025-01-05,a,p1,1,20.00,,refunded,7.00,,',
      'status,1,2025-01-05,a,p1,1,20.00,,refunded,,,',
      'status,2,2025-01-05,a,p1,1,30.00,,paid,,,',
      'too much,1,2025-01-05,a,p1,1,20.00,5.00,paid,22.00,,',
      'nothing,1,2025-01-05,a,p1,1,20.00,,paid,0.00,,',
      'negative,1,2025-01-05,a,p1,1,20.00,,paid,-4.00,,',
      'cancelled,1,2025-01-05,a,p1,1,20.00,,cancelled,20.00,,',
      'free,1,2025-01-05,a,p1,1,20.00,20.00,paid,5.00,,',
    ]);
    expect(await ordersOf(home)).toEqual({
      'all three': [20, 0, 15, 5, 0],
      cancelled: [0, 0, 0, 0, 0],
      free: [20, 20, 0, 0, 0],
      negative: [20, 0, 0, 20, 0],
      'negative refund': [0, 0, 4, -4, 0],
      nothing: [20, 0, 0, 20, 0],
      refund: [20, 0, 0, 20, 0],
      'refund refund': [0, 0, 7, -7, 0],
      status: [50, 0, 0, 50, 0],
      'status refund': [0, 0, 20, -20, 0],
      'too much': [20, 5, 0, 15, 0],
      'too much refund': [0, 0, 15, -15, 0],
    });
  });

  test('is a document of its own on the day of the refund, else of the status, else of the order', async () => {
    const home = await nightOf(
      told,
      [
        'a,1,2025-01-05,a,p1,1,20.00,,refunded,20.00,2025-01-10T23:30:00Z,2025-01-12',
        'b,1,2025-01-05,a,p1,1,20.00,,refunded,20.00,,2025-01-12',
        'b,2,2025-01-05,a,p2,1,20.00,,refunded,20.00,,2025-01-13',
        'c,1,2025-01-05,a,p1,1,20.00,,refunded,20.00,,',
        'd,1,2025-01-05,a,p1,1,20.00,,refunded,20.00,2025-02-01,',
      ],
      { time_zone: 'Europe/Paris' },
    );
    const rows = await home.ask(
      'select order_id, ordered_on, is_order from sales_order where net_sales < 0 order by 1',
    );
    expect(rows.map(Object.values)).toEqual([
      ['a refund', '2025-01-11', false],
      ['b refund', '2025-01-13', false],
      ['c refund', '2025-01-05', false],
    ]);
    const undated = await home.ask(
      'select order_id, is_undated_refund from orders_record where is_refund order by 1',
    );
    expect(undated.filter((row) => row.is_undated_refund)).toEqual([
      { order_id: 'c refund', is_undated_refund: true },
    ]);
    const seen = await home.ask('select first_seen_on from customer');
    expect(seen).toEqual([{ first_seen_on: '2025-01-05' }]);
  });

  test('takes its goods back wholly or not at all, each line its share', async () => {
    const home = await nightOf(told, [
      'part,1,2025-01-05,a,p1,2,10.00,,,10.00,,',
      'part,2,2025-01-05,a,p2,1,30.00,,,10.00,,',
      'whole,1,2025-01-05,a,p1,2,10.00,4.00,,40.00,,',
      'whole,2,2025-01-05,a,p2,1,30.00,,,,,',
    ]);
    const rows = await home.ask(
      'select order_id, product_id, quantity, net_sales from order_line where is_return order by 1, 2',
    );
    expect(
      rows.map((row) => [
        row.order_id,
        row.product_id,
        Number(row.quantity),
        Number(row.net_sales),
      ]),
    ).toEqual([
      // 10 × 10 ÷ 40 and 10 × 30 ÷ 40
      ['part refund', 'p1', 0, -2.5],
      ['part refund', 'p2', 0, -7.5],
      // 40 is more than the 36 that were paid: 10 − 1 and 30 − 3
      ['whole refund', 'p1', -2, -9],
      ['whole refund', 'p2', -1, -27],
    ]);
  });

  test('of a discount larger than its line gives back what the order came to', async () => {
    const home = await nightOf(
      'order_id,line_id,ordered_at,customer_id,quantity,discount,amount,status',
      ['1,1,2025-01-05,a,1,10.00,-5.00,refunded', '1,2,2025-01-05,a,1,,60.00,refunded'],
    );
    expect(await ordersOf(home)).toEqual({
      1: [65, 10, 0, 55, 0],
      '1 refund': [0, 0, 55, -55, 0],
    });
  });
});

test('without order numbers the lines of a customer at an instant are one order', async () => {
  const home = await nightOf('ordered_at,customer_id,product_id,amount,order_discount', [
    '2025-01-05T10:00:00Z,a,p1,10.00,4.00',
    '2025-01-05T10:00:00Z,a,p2,30.00,',
    '2025-01-05T10:00:00Z,b,p3,30.00,',
    '2025-01-05T10:00:00Z,,p4,8.00,4.00',
    '2025-01-05T10:00:00Z,,p5,8.00,',
  ]);
  const rows = await home.ask('select product_id, net_sales from order_line order by 1');
  expect(rows.map((row) => [row.product_id, Number(row.net_sales)])).toEqual([
    ['p1', 9],
    ['p2', 27],
    ['p3', 30],
    ['p4', 4],
    ['p5', 8],
  ]);
});
