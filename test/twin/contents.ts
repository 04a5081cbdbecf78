import { businessDay } from '../reference/night/business-day.ts';
import { grouped } from '../reference/night/grouped.ts';
import type { Shop } from '../reference/night/shop.ts';

/** What a generated shop has of what makes nights hard. */
export function contentsOf({ orderFiles, timeZone }: Shop): Readonly<Record<string, boolean>> {
  const lines = orderFiles.flatMap(({ source, lines: own }) =>
    own.map((line) => ({ ...line, source })),
  );
  const customers = new Set(
    lines
      .filter(({ customerId }) => customerId !== null)
      .map(({ source, customerId }) => `${source} ${customerId}`),
  );
  const orders = [
    ...grouped(
      lines.filter(({ orderId }) => orderId !== null),
      ({ source, orderId }) => `${source} ${orderId}`,
    ).values(),
  ];
  const deliveries = new Map(
    orderFiles.flatMap(({ source, lines: own }, file) =>
      own.map(({ orderId }) => [`${file} ${source} ${orderId}`, file] as const),
    ),
  );
  const delivered = grouped([...deliveries.keys()], (key) => key.slice(key.indexOf(' ')));
  const days = grouped(
    lines.filter(({ customerId }) => customerId !== null),
    ({ orderedAt }) => businessDay(orderedAt, timeZone),
  );
  return {
    returns: lines.some(({ quantity }) => quantity < 0),
    'given back': lines.some(({ status }) => status === 'given_back'),
    cancelled: lines.some(({ status }) => status === 'cancelled'),
    open: lines.some(({ status }) => status === 'open'),
    corrections: [...delivered.values()].some((files) => files.length > 1),
    'receipt numbers again': orders.some(
      (order) => new Set(order.map(({ customerId }) => customerId)).size > 1,
    ),
    'gift cards': lines.some(({ kind }) => kind === 'gift_card'),
    anonymous: lines.some(({ customerId }) => customerId === null),
    'another zone than UTC': timeZone !== 'UTC',
    'another day by zone': lines.some(
      ({ orderedAt }) => businessDay(orderedAt, timeZone) !== businessDay(orderedAt, 'UTC'),
    ),
    ties: [...days.values()].some(
      (day) => new Set(day.map(({ source, customerId }) => `${source} ${customerId}`)).size > 1,
    ),
    'two systems': new Set(lines.map(({ source }) => source)).size > 1,
    'one customer': customers.size === 1,
    'no customer': customers.size === 0,
    'no order': lines.length === 0,
  };
}
