import { businessDay } from './business-day.ts';
import { grouped, total } from './grouped.ts';
import { type CustomerOf, one, type Shop, type Units } from './shop.ts';
import { type DeliveredLine, winningLines } from './winning-lines.ts';

/** A line as it counts. */
export interface SoldLine {
  readonly source: string;
  readonly orderedAt: Date;
  readonly orderedOn: string;
  readonly customer: string | null;
  /** Whom the line itself refers to: an order of several customers is one's. */
  readonly referred: string | null;
  readonly channel: string;
  readonly quantity: Units;
  readonly isSale: boolean;
  readonly isCancelled: boolean;
  readonly grossSales: Units;
  readonly discount: Units;
  readonly returnAmount: Units;
  readonly netSales: Units;
  readonly costOfGoods: Units;
  readonly shippingCharged: Units;
}

/** An order, a return-only document or a cancelled order. */
export interface Order {
  readonly customer: string | null;
  readonly orderedOn: string;
  readonly orderedAt: Date;
  readonly channel: string;
  /** At least one sale line that was not cancelled. */
  readonly isOrder: boolean;
  readonly lines: readonly SoldLine[];
}

/** The night's documents, in no order. */
export function ordersOf(shop: Shop, customerOf: CustomerOf): readonly Order[] {
  const costs = new Map(
    shop.productFiles
      .flatMap(({ products }) => products)
      .map(({ productId, unitCost }) => [productId, unitCost]),
  );
  const documents = grouped(winningLines(shop), (line) => documentOf(line, customerOf));
  const withRefunds = [...documents.values()].flatMap((lines) => withRefund(lines, shop.timeZone));
  const all = grouped(withRefunds, (line) => documentOf(line, customerOf));
  return [...all.values()]
    .map((lines) => lines.filter(({ orderedOn }) => orderedOn <= shop.asOf))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const customers = lines.map((line) => customerOf(line)).filter((key) => key !== null);
      const customer = customers.sort()[0] ?? null;
      const sold = lines.map((line) =>
        soldLine(line, { customer, referred: customerOf(line), costs, shop }),
      );
      const first = sold.reduce((a, b) => (b.orderedAt < a.orderedAt ? b : a));
      return {
        customer,
        orderedOn: first.orderedOn,
        orderedAt: first.orderedAt,
        channel: first.channel,
        isOrder: sold.some(({ isSale }) => isSale),
        lines: sold,
      };
    });
}

/**
 * A document and, of lines whose status says that they were given back, a return of its own on the day
 * of the status, else of the order. Return lines say it themselves, and never two of them count.
 */
function withRefund(lines: readonly DeliveredLine[], timeZone: string): readonly DeliveredLine[] {
  const kinds = lines.map((line) => signOf(line));
  const givenBack = lines.filter(
    (line, index) => kinds[index] === 'sale' && line.status === 'given_back' && line.amount !== 0,
  );
  if (givenBack.length === 0 || kinds.includes('return')) return lines;
  const changes = lines
    .map(({ updatedAt }) => updatedAt?.getTime())
    .filter((at) => at !== undefined);
  const refunds = givenBack.map((line) => {
    const orderedAt = changes.length > 0 ? new Date(Math.max(...changes)) : line.orderedAt;
    return {
      ...line,
      isRefund: true,
      orderedAt,
      orderedOn: businessDay(orderedAt, timeZone),
      quantity: -line.quantity,
      discount: 0,
      amount: -line.amount,
      shippingCharged: 0,
      status: 'sold' as const,
    };
  });
  return [...lines, ...refunds];
}

/** A line below 0 in pieces or money is a return; what is open, cancelled or no goods is neither. */
function signOf({ status, kind, quantity, amount, discount }: DeliveredLine) {
  if (status === 'open' || status === 'cancelled' || kind !== 'sale') return 'neither';
  if (quantity < 0 || amount + discount < 0) return 'return';
  return quantity > 0 ? 'sale' : 'neither';
}

/**
 * An order number of a source; without one, a customer's lines at an instant; else the line alone.
 * What was given back is a document of its own.
 */
function documentOf(line: DeliveredLine, customerOf: CustomerOf): string {
  const { source, document, isRefund, orderedAt, rank, recordNumber } = line;
  if (document !== null) return JSON.stringify([source, document, isRefund]);
  const customer = customerOf(line);
  if (customer !== null) return JSON.stringify([source, orderedAt, customer, isRefund]);
  return JSON.stringify([source, 'record', rank, recordNumber, isRefund]);
}

function soldLine(
  line: DeliveredLine,
  order: {
    readonly customer: string | null;
    readonly referred: string | null;
    readonly costs: ReadonlyMap<string, Units | null>;
    readonly shop: Shop;
  },
): SoldLine {
  const { quantity, amount, discount } = line;
  const isCancelled = line.status === 'cancelled' || line.status === 'open';
  const isReturn = signOf(line) === 'return';
  const isSale = signOf(line) === 'sale';
  const netSales = isReturn ? -Math.abs(amount) : isSale ? amount : 0;
  const unitCost = line.productId === null ? undefined : order.costs.get(line.productId);
  return {
    source: line.source,
    orderedAt: line.orderedAt,
    orderedOn: line.orderedOn,
    customer: order.customer,
    referred: order.referred,
    channel: line.channel ?? (line.source === '' ? 'unknown' : line.source),
    quantity,
    isSale,
    isCancelled,
    grossSales: isSale ? amount + discount : 0,
    discount: isSale ? discount : 0,
    returnAmount: isReturn ? Math.abs(amount) : 0,
    netSales,
    costOfGoods:
      !isSale && !isReturn
        ? 0
        : unitCost == null
          ? roundedProduct(netSales, one - Math.round(order.shop.marginRate * one))
          : isSale || (isReturn && quantity < 0)
            ? roundedProduct(unitCost, quantity)
            : 0,
    shippingCharged: isCancelled ? 0 : (line.shippingCharged ?? 0),
  };
}

/** Half away from zero. */
function roundedProduct(a: Units, b: Units): Units {
  return Math.sign(a * b) * Math.floor((Math.abs(a * b) + one / 2) / one);
}

/** Sums of the money of lines, by its names in the tables. */
export function moneyOf(lines: readonly SoldLine[]) {
  return {
    gross_sales: total(lines, ({ grossSales }) => grossSales),
    discount: total(lines, ({ discount }) => discount),
    return_amount: total(lines, ({ returnAmount }) => returnAmount),
    net_sales: total(lines, ({ netSales }) => netSales),
    cost_of_goods: total(lines, ({ costOfGoods }) => costOfGoods),
    shipping_charged: total(lines, ({ shippingCharged }) => shippingCharged),
  };
}
