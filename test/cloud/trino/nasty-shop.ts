import type { Drop } from '../../night/home.ts';

/**
 * A shop made of everything that two engines could see differently: NULLs wherever one may be,
 * ties, money that is negative, huge or ends in half a unit, free, cancelled and anonymous orders,
 * customers of returns only, days on which clocks change, a leap day, text of many scripts, one
 * customer with 10,000 orders, systems that share e-mails, and corrections that cross.
 */
export const nastyConfiguration = {
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  // leaves halves of the last decimal in every second product
  margin_rate: 0.3335,
  discount_rate: 0.07,
};

/** The leap day: a year before it is a 28 February. */
export const nastyNights = ['2024-02-29', '2024-03-31'];

const orderColumns = [
  'ordered_at',
  'order_id',
  'line_id',
  'customer_id',
  'email',
  'phone',
  'channel',
  'store',
  'product_id',
  'quantity',
  'discount',
  'amount',
  'shipping_charged',
  'status',
  'updated_at',
  'currency',
  'kind',
] as const;

type OrderLine = Partial<Record<(typeof orderColumns)[number], string | number>>;

/** What lies in the drop folder before the first night. */
export const firstDrop: Drop = {
  'drop/orders/a/first.csv': csv(orderColumns, [
    ...awkwardOrders(),
    ...tiedCustomers(),
    ...busyCustomer(),
    ...crowd(),
  ]),
  'drop/orders/b/without-ids.csv': csv(orderColumns, ordersWithoutIds()),
  // The same lines once more in another file, one of them corrected: the latest delivery wins.
  'drop/orders/b/without-ids-again.csv': csv(orderColumns, ordersWithoutIds().slice(1)),
  'drop/orders/b/whole-orders-1.csv': csv(orderColumns, [
    wholeOrder('w1', 10),
    wholeOrder('w1', 20),
    wholeOrder('w2', 5),
  ]),
  'drop/orders/b/whole-orders-2.csv': csv(orderColumns, [wholeOrder('w1', 7.5)]),
  // Amounts of whole orders: cents that no line divides, all of it, a refund of a part.
  'drop/orders/c/whole-amounts.csv': [
    'order_id,ordered_at,customer_id,amount,order_discount,order_shipping,order_refund',
    'c1,2023-06-01T08:00:00Z,cc1,10.00,1.00,4.95,',
    'c1,2023-06-01T08:00:00Z,cc1,20.00,1.00,4.95,',
    'c1,2023-06-01T08:00:00Z,cc1,0.01,1.00,4.95,',
    'c2,2023-06-02T08:00:00Z,cc2,5.00,5.00,,',
    'c3,2023-06-03T08:00:00Z,cc1,12.00,,,5.55',
    'c3,2023-06-03T08:00:00Z,cc1,7.77,,,5.55',
    '',
  ].join('\n'),
  'drop/customers/a/customers.csv': csv(customerColumns(), [
    {
      customer_id: 'a1',
      email: 'Shared@Example.com',
      first_name: 'Zoë',
      updated_at: at('2023-01-02'),
    },
    { customer_id: 'a2', email: 'chain1@example.com', first_name: "D'Arcy", last_name: 'O"Neil' },
    { customer_id: 'a3', first_name: '東京', city: 'مدينة', birth_date: '2000-02-29' },
    { customer_id: 'a|4', first_name: '🛒', postcode: '01234', consent_email: 'true' },
    { customer_id: 'A1', first_name: 'not a1' },
    {
      customer_id: 'prospect',
      email: 'prospect@example.com',
      created_at: at('2024-02-28T23:30:00'),
    },
    { customer_id: 'tomorrow', created_at: at('2024-02-29T23:30:00') },
    { customer_id: 'no-date' },
    { customer_id: 'tie', first_name: 'first', updated_at: at('2023-05-05') },
    { customer_id: 'tie', first_name: 'second', city: 'Lyon', updated_at: at('2023-05-05') },
  ]),
  'drop/customers/b/customers.csv': csv(customerColumns(), [
    { customer_id: 'a1', email: 'other@example.com', consent_ads: 'false' },
    {
      customer_id: 'b1',
      email: 'shared@example.com',
      first_name: 'Zoé',
      updated_at: at('2023-01-02'),
    },
    { customer_id: 'b2', email: 'chain1@example.com', consent_sms: 'true' },
    { customer_id: 'b3', email: 'chain2@example.com' },
    { customer_id: 'ß', email: 'strasse@example.com', last_name: 'İ I ı i' },
  ]),
  'drop/customers/c/shared.csv': csv(customerColumns(), sharingCustomers()),
  'drop/products/a/products.csv': csv(
    ['product_id', 'name', 'category', 'unit_cost'],
    [
      { product_id: 'p1', name: 'Crème brûlée', category: 'é', unit_cost: '0.0001' },
      { product_id: 'p2', name: 'Z', category: 'Z', unit_cost: '3333333.3333' },
      { product_id: 'p3', name: 'no cost', category: 'z' },
      { product_id: 'p4', name: 'no category', unit_cost: '7.77' },
      { product_id: '🛒', name: 'cart', category: '🛒', unit_cost: '1' },
    ],
  ),
};

/** What arrives between the nights: joins two customers, splits none, corrects what was known. */
export const secondDrop: Drop = {
  'drop/customers/b/chain.csv': csv(customerColumns(), [
    { customer_id: 'b3', email: 'chain1@example.com', updated_at: at('2024-03-01') },
    { customer_id: 'b3', email: 'chain3@example.com', updated_at: at('2024-03-02') },
  ]),
  'drop/orders/a/second.csv': csv(orderColumns, [
    order('leap', { line_id: 1, customer_id: 'a3', amount: 12, updated_at: at('2024-03-05') }),
    order('late', {
      ordered_at: at('2024-03-31T00:59:59.999'),
      line_id: 1,
      customer_id: 'a3',
      amount: '0.0005',
    }),
    order('after', {
      ordered_at: at('2024-03-31T22:00:00'),
      line_id: 1,
      customer_id: 'a2',
      amount: 1,
    }),
    order('chained', {
      ordered_at: at('2024-03-30'),
      line_id: 1,
      email: 'chain3@example.com',
      amount: 33,
    }),
  ]),
};

/** A home that has customers and never had an order or a product. */
export const bareDrop: Drop = {
  'drop/customers/a/customers.csv': csv(customerColumns(), [
    { customer_id: '1', email: 'one@example.com' },
    { customer_id: '2', created_at: at('2023-06-06') },
  ]),
};

/** Who shares an address: names of many scripts, lengths and ties; some boxes are one person's. */
function sharingCustomers(): Readonly<Record<string, string>>[] {
  const boxes: Readonly<Record<string, readonly string[]>> = {
    'box@example.com': [
      'Ada Low',
      'Adá LOW',
      'Bob High',
      'Robert High',
      '🛒 Cart',
      'ß ẞ',
      'Иван П',
    ],
    'pair@example.com': ['Иван Петров', 'Иваш Петров'],
    'marks@example.com': ['Zoë Élan', 'Zoe Elan', 'ZOÉ élàn'],
    'scripts@example.com': ['東京 都', '東都 京', 'é ê'],
    'one@gmail.com': ['Peggy Ng', 'Margaret Ng', 'Margret Ng', "M. O'Ng"],
    'o.n.e+tag@googlemail.com': ['Ng Peggy'],
    '+@gmail.com': ['Plus Plus'],
    'none@example.com': ['No One'],
    'many@example.com': Array.from({ length: 60 }, (_, i) => `${'abcdefgh'[i % 8]}${i} Crowd`),
    'silent@example.com': Array.from({ length: 7 }, () => ''),
  };
  const rows = Object.entries(boxes).flatMap(([email, names]) =>
    names.map((name, i) => {
      const [first_name = '', last_name = ''] = name.split(' ');
      return { customer_id: `${email} ${i}`, email, first_name, last_name };
    }),
  );
  return [
    ...rows,
    { customer_id: 'card 1', loyalty_id: 'L|1', birth_date: '2000-02-29' },
    { customer_id: 'card 2', loyalty_id: 'L|1', birth_date: '2000-02-28' },
    { customer_id: 'card 3', loyalty_id: 'L2', phone: '+33612345678' },
    { loyalty_id: 'L2', phone: '+33612345679' },
    { email: 'reference@example.com', first_name: 'É' },
    { phone: '+33600000000' },
    { phone: '+33612345670', first_name: 'Phone' },
  ];
}

function customerColumns(): readonly string[] {
  return [
    'customer_id',
    'email',
    'phone',
    'loyalty_id',
    'first_name',
    'last_name',
    'birth_date',
    'postcode',
    'city',
    'created_at',
    'consent_email',
    'consent_sms',
    'consent_ads',
    'updated_at',
  ];
}

function awkwardOrders(): OrderLine[] {
  const line = (id: string, columns: OrderLine) => order(id, { line_id: 1, ...columns });
  return [
    // Business days of Paris: the clock goes forward, back, and the year ends before UTC's does.
    ...[
      '2023-03-26T00:59:59.999',
      '2023-03-26T01:00:00',
      '2023-10-29T00:30:00',
      '2023-10-29T01:30:00',
      '2023-10-28T21:59:59.999',
      '2023-10-28T22:00:00',
      '2023-12-31T22:59:59',
      '2023-12-31T23:00:00',
    ].map((instant, i) =>
      line(`clock-${i}`, {
        ordered_at: at(instant),
        customer_id: `clock-${i % 3}`,
        amount: 10 + i,
      }),
    ),
    line('leap', { ordered_at: at('2024-02-29T12:00:00'), customer_id: 'a3', amount: 11 }),
    line('leap-evening', { ordered_at: at('2024-02-29T22:59:59'), customer_id: 'a3', amount: 1 }),
    line('next-day', { ordered_at: at('2024-02-29T23:00:00'), customer_id: 'a3', amount: 1 }),
    line('year-before', { ordered_at: at('2023-02-28T12:00:00'), customer_id: 'a3', amount: 3 }),
    line('year-before+1', { ordered_at: at('2023-03-01T12:00:00'), customer_id: 'a3', amount: 4 }),
    line('three-years', { ordered_at: at('2021-02-28T12:00:00'), customer_id: 'a3', amount: 5 }),
    line('long-ago', { ordered_at: at('2016-02-29T12:00:00'), customer_id: 'a3', amount: 6 }),
    // Money that is huge, tiny, or at a half once margin and costs are taken.
    line('huge', { customer_id: 'rich', amount: '987654321.1235', product_id: 'p3' }),
    line('tiny', { customer_id: 'poor', amount: '0.0001', product_id: 'p3' }),
    ...['0.0015', '0.0025', '1.0005', '3.3335', '2.0000'].map((amount, i) =>
      line(`half-${i}`, { customer_id: `half-${i}`, amount, discount: '0.0005' }),
    ),
    line('dear', { customer_id: 'rich', amount: 5, quantity: '12.3456', product_id: 'p2' }),
    // Returns: of an order, on its day, alone, larger than what was bought, of a free thing.
    line('bought', {
      ordered_at: at('2023-06-01'),
      customer_id: 'a1',
      amount: 50,
      product_id: 'p4',
    }),
    line('returned', {
      ordered_at: at('2023-06-01T15:00:00'),
      customer_id: 'a1',
      amount: -20,
      quantity: -1,
      product_id: 'p4',
    }),
    line('only-returns', { customer_id: 'returns-only', amount: '-7.0005', quantity: 1 }),
    line('too-much', { customer_id: 'a1', amount: -500, quantity: -3, product_id: 'p1' }),
    line('free', { customer_id: 'freeloader', amount: 0, quantity: 1 }),
    line('free-return', { customer_id: 'freeloader', amount: 0, quantity: -1, product_id: 'p4' }),
    line('nothing', { customer_id: 'nothing', amount: 0, quantity: 0 }),
    line('cancelled', { customer_id: 'cancelled', amount: 99, status: 'cancelled' }),
    line('given-back', { customer_id: 'a2', amount: 9, status: 'refunded', product_id: 'p1' }),
    order('given-back-once', { line_id: 1, customer_id: 'a2', amount: 9, status: 'refunded' }),
    order('given-back-once', { line_id: 2, customer_id: 'a2', amount: -4, status: 'refunded' }),
    line('open', { customer_id: 'open', amount: 9, status: 'pending' }),
    line('gift-card', { customer_id: 'a2', amount: 50, kind: 'gift_card' }),
    line('dollars', { customer_id: 'dollars', amount: 50, currency: 'USD' }),
    line('euros', { customer_id: 'euros', amount: 50, currency: 'EUR' }),
    line('all-off', { customer_id: 'a2', amount: -5, discount: 10, quantity: 1 }),
    line('half-cancelled', { customer_id: 'a2', amount: 9, shipping_charged: '4.90' }),
    order('half-cancelled', { line_id: 2, customer_id: 'a2', amount: 8, status: 'cancelled' }),
    // Nobody's orders, and those of people known by e-mail or phone only.
    line('anonymous', { amount: 5, channel: 'store' }),
    line('anonymous-2', { amount: -5, channel: 'store', quantity: -1 }),
    line('by-email', { email: 'SHARED@example.com', amount: 21 }),
    line('by-phone', { phone: '+33123456789', amount: 22 }),
    line('chain', { customer_id: 'a2', email: 'chain2@example.com', amount: 23 }),
    // The same line again: greater updated_at wins; where it is equal or absent, the later place.
    line('twice', { customer_id: 'a1', amount: 1, updated_at: at('2023-07-02') }),
    line('twice', { customer_id: 'a1', amount: 2, updated_at: at('2023-07-03') }),
    line('twice', { customer_id: 'a1', amount: 3, updated_at: at('2023-07-01') }),
    line('equal', { customer_id: 'a1', amount: 4, updated_at: at('2023-07-01') }),
    line('equal', { customer_id: 'a1', amount: 5, updated_at: at('2023-07-01') }),
    line('undated', { customer_id: 'a1', amount: 6 }),
    line('undated', { customer_id: 'a1', amount: 7 }),
    // Text: order of scripts, of case, of signs; separators that keys are made with.
    ...['Z', 'a', 'é', 'e\u0301', '🛒', '\uffee', 'ß', 'x|y', "it's", '100%', 'under_score'].map(
      (text, i) =>
        line(`text ${text}`, {
          ordered_at: at(`2023-08-${10 + i}`),
          customer_id: text,
          channel: text,
          store: text,
          product_id: i % 2 === 0 ? '🛒' : text,
          amount: i + 1,
        }),
    ),
    line('a|4', { customer_id: 'a|4', amount: 4, channel: 'été' }),
    line('upper', { customer_id: 'A1', amount: 4 }),
  ];
}

/** Customers equal in everything that is ranked, with names in no order. */
function tiedCustomers(): OrderLine[] {
  return Array.from({ length: 60 }, (_, i) => {
    const customer_id = `tied-${(i * 37) % 60}`;
    const lines = [
      order(`tie-${i}`, {
        ordered_at: at('2023-09-09T09:09:09'),
        line_id: 1,
        customer_id,
        amount: 10,
      }),
    ];
    if (i % 2 === 0) {
      lines.push(
        order(`tie-${i}-b`, {
          ordered_at: at('2023-11-11T11:11:11'),
          line_id: 1,
          customer_id,
          amount: 10,
        }),
      );
    }
    return lines;
  }).flat();
}

/** Enough customers with few and many orders that the models are fitted and published. */
function crowd(): OrderLine[] {
  const first = Date.UTC(2022, 5, 1);
  return Array.from({ length: 600 }, (_, i) => {
    const orders = 1 + (((i * 7) % 13) >> (i % 4));
    return Array.from({ length: orders }, (_, n) => {
      const day = (i * 17 + n * (3 + ((i * 31) % 80))) % 630;
      return order(`crowd-${i}-${n}`, {
        ordered_at: at(new Date(first + day * 86_400_000).toISOString().slice(0, 19)),
        line_id: 1,
        customer_id: `crowd-${i}`,
        channel: i % 3 === 0 ? 'store' : 'web',
        product_id: `p${(i % 4) + 1}`,
        amount: `${5 + ((i * 13 + n * 7) % 90)}.${String((i * 77 + n) % 10_000).padStart(4, '0')}`,
      });
    });
  }).flat();
}

/** 10,000 orders of one customer, many an instant, over four years. */
function busyCustomer(): OrderLine[] {
  const first = Date.UTC(2020, 1, 1);
  return Array.from({ length: 10_000 }, (_, i) =>
    order(`busy-${i}`, {
      ordered_at: at(new Date(first + Math.floor(i / 3) * 37_000_000).toISOString().slice(0, 19)),
      line_id: 1,
      customer_id: 'busy',
      channel: i % 7 === 0 ? 'store' : 'web',
      product_id: `p${(i % 5) + 1}`,
      quantity: (i % 4) + 1,
      amount: `${(i * 7919) % 1000}.${String((i * 31) % 10_000).padStart(4, '0')}`,
      discount: i % 11 === 0 ? '0.0500' : '',
    }),
  );
}

/** Lines of a till: no numbers of orders or lines, some of them exactly alike. */
function ordersWithoutIds(): OrderLine[] {
  const line = (columns: OrderLine) => ({ ordered_at: at('2023-12-24T10:00:00'), ...columns });
  return [
    line({ customer_id: 'b9', amount: 1 }),
    line({ customer_id: 'b1', amount: 10, product_id: 'p4', quantity: 1 }),
    line({ customer_id: 'b1', amount: 10, product_id: 'p4', quantity: 1 }),
    line({ customer_id: 'b1', amount: 20 }),
    line({ email: 'chain2@example.com', amount: 30 }),
    line({ amount: 3 }),
    line({ amount: 3 }),
    line({ amount: 4, channel: '' }),
  ];
}

/** A line of an order that is replaced whole, because its lines have no number. */
function wholeOrder(id: string, amount: number): OrderLine {
  return { ordered_at: at('2023-05-01T08:00:00'), order_id: id, customer_id: 'b2', amount };
}

function order(order_id: string, columns: OrderLine): OrderLine {
  return { ordered_at: at('2023-04-04T04:04:04'), order_id, quantity: 1, ...columns };
}

function at(instant: string): string {
  return instant.includes('T') ? `${instant}Z` : `${instant}T12:00:00Z`;
}

function csv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number>>[],
): string {
  const quoted = (value: string | number = '') =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}
