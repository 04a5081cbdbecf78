import fc from 'fast-check';
import {
  type AcceptedLine,
  type OrderFile,
  one,
  type Shop,
  type Status,
} from '../reference/night/shop.ts';

type Kind = AcceptedLine['kind'];

const asOf = '2025-03-31';
const firstDelivery = Date.UTC(2026, 0, 1);
const day = 86_400_000;

/** Few days and hours around midnight in either zone, so that orders tie and days differ by zone. */
const instant = fc
  .record({
    daysBefore: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: -2, max: 12 }) },
      { weight: 2, arbitrary: fc.constantFrom(30, 31, 59, 60, 89, 90, 91, 180, 365, 366) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 1200 }) },
    ),
    hour: fc.constantFrom(0, 3, 4, 12, 22, 23),
  })
  .map(({ daysBefore, hour }) => new Date(Date.parse(asOf) - daysBefore * day + hour * 3_600_000));

/** Often one of a few, so that customers tie; of 16 cents, so that no mean ends in a half. */
const money = fc
  .oneof(fc.constantFrom(0, 60, 125), fc.integer({ min: 1, max: 6000 }))
  .map((sixteens) => sixteens * 1600);

const line = fc.record({
  productId: fc.constantFrom(null, 'p1', 'p2', 'p3', 'p9'),
  quantity: fc.constantFrom(1, 1, 1, 2, 3, -1, -2).map((pieces) => pieces * one),
  size: money,
  discount: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: money }),
  shippingCharged: fc.constantFrom(null, 0, 45_000),
  kind: fc.oneof(
    { weight: 9, arbitrary: fc.constant('sale') },
    { weight: 1, arbitrary: fc.constantFrom<Kind[]>('gift_card', 'fee', 'shipping', 'tip') },
  ) satisfies fc.Arbitrary<Kind>,
});

type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;

/** A state of an order, as one file delivers it. */
const version = fc.record({
  file: fc.nat({ max: 2 }),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  isNumbered: fc.boolean(),
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant('sold') },
    { weight: 2, arbitrary: fc.constantFrom<Status[]>('open', 'cancelled', 'given_back') },
  ) satisfies fc.Arbitrary<Status>,
  /** On a day that counts, after it, or after every delivery; two versions may have the same. */
  updatedAt: fc.constantFrom(
    ...[null, '2025-03-20', '2025-03-30T23:30:00Z', '2025-04-02', '2026-01-01T12:00:00Z'],
  ),
});

const order = fc.record({
  source: fc.constantFrom('', '', 'till'),
  customer: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 5 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  orderedAt: instant,
  movedTo: fc.option(instant, { freq: 8 }),
  /** A receipt number is one of a few; none is a line on its own; else each has its own. */
  number: fc.constantFrom('own', 'own', 'own', 'none', 'receipt'),
  receipt: fc.nat({ max: 3 }),
  channel: fc.constantFrom(null, 'web', 'store'),
  versions: fc.array(version, { minLength: 1, maxLength: 3 }),
});

/**
 * Small shops with returns, refunds, cancelled and open orders, gift cards, anonymous sales, orders
 * delivered in several states, receipt numbers that begin anew, files delivered twice, three business
 * zones and many ties; of no customer or one, too.
 */
export const shops: fc.Arbitrary<Shop> = fc
  .record({
    orders: fc.oneof(
      { weight: 1, arbitrary: fc.array(order, { maxLength: 2 }) },
      { weight: 4, arbitrary: fc.array(order, { maxLength: 25 }) },
    ),
    hasReceipts: fc.boolean(),
    redelivered: fc.option(fc.nat({ max: 2 })),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Europe/Paris'),
    marginRate: fc.constantFrom(1, 0.4, 0.3333),
    costs: fc.array(fc.option(fc.nat({ max: 5000 }).map((cents) => cents * 100)), {
      minLength: 3,
      maxLength: 3,
    }),
  })
  .map(({ orders, hasReceipts, redelivered, costs, ...rest }) => {
    const sources = [...new Set(orders.map(({ source }) => source))];
    const files = [0, 1, 2, ...(redelivered === null ? [] : [redelivered])].flatMap((file) =>
      sources.map((source) => ({ source, lines: linesOf(orders, { file, source, hasReceipts }) })),
    );
    return {
      ...rest,
      asOf,
      orderFiles: files
        .filter(({ lines }) => lines.length > 0)
        .map(
          (file, index): OrderFile => ({
            ...file,
            deliveredAt: new Date(firstDelivery + index * 1000),
          }),
        ),
      productFiles: [
        {
          products: costs.map((unitCost, index) => ({
            productId: `p${index + 1}`,
            category: index === 0 ? null : 'goods',
            unitCost,
          })),
        },
      ],
    };
  });

type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

function linesOf(
  orders: readonly Order[],
  of: { readonly file: number; readonly source: string; readonly hasReceipts: boolean },
): readonly AcceptedLine[] {
  return orders.flatMap((given, index) => {
    if (given.source !== of.source) return [];
    const isReceipt = given.number === 'receipt' && of.hasReceipts;
    const number = isReceipt ? given.receipt : index + 10;
    return given.versions.flatMap(({ file, lines, ...state }, place) =>
      file === of.file
        ? lines.map((one, at) => ({
            ...amounts(one),
            orderedAt: place > 0 && given.movedTo !== null ? given.movedTo : given.orderedAt,
            orderId: given.number === 'none' ? null : `${number}`,
            lineId: state.isNumbered ? `${at + 1}` : null,
            customerId: given.customer === null ? null : `c${given.customer}`,
            // lines that meet under one number are of one channel
            channel: given.number === 'none' ? given.channel : number % 2 === 0 ? 'web' : null,
            store: null,
            status: state.status,
            updatedAt: state.updatedAt === null ? null : new Date(state.updatedAt),
          }))
        : [],
    );
  });
}

function amounts({ quantity, size, discount, ...rest }: Line) {
  return quantity < 0
    ? { ...rest, quantity, discount: 0, amount: -size }
    : { ...rest, quantity, discount, amount: size };
}
