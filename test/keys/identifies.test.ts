import { expect, test } from 'vitest';
import { feeds } from '../../lib/feeds/all.ts';
import { feedColumns } from '../../lib/feeds/feed.ts';

const columns = Object.values(feeds).flatMap((feed) =>
  Object.entries(feedColumns(feed)).map(([name, column]) => ({
    place: `${feed.name}.${name}`,
    name,
    column,
  })),
);

/** What a column must tell a customer by, as its form or its name says. */
function expected({ name, column }: (typeof columns)[number]): string | undefined {
  if (column.unit === 'e-mail address') return 'email';
  if (column.unit === 'E.164') return 'phone';
  if (/(^|_)customer_id$/.test(name)) return 'source_id';
  return /(^|_)loyalty_id$/.test(name) ? 'loyalty_id' : undefined;
}

test.each(columns)('$place gets pseudonyms if it tells a customer by something', (given) => {
  expect(given.column.identifies).toBe(expected(given));
  if (given.column.identifies !== undefined) {
    expect(given.column.type).toBe('varchar');
    expect(given.column.pii).not.toBe('none');
  }
});

test('orders and customers tell a customer by number, e-mail and phone, customers by card too', () => {
  const told = columns.flatMap(({ place, column }) =>
    column.identifies === undefined ? [] : [place],
  );
  expect(told).toEqual(
    expect.arrayContaining([
      ...['orders.customer_id', 'orders.email', 'orders.phone', 'customers.customer_id'],
      ...['customers.email', 'customers.phone', 'customers.loyalty_id'],
    ]),
  );
});
