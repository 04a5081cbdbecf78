import fc from 'fast-check';

/** What a made-up export holds and how it is written. */
export interface ExportShape {
  readonly seed: number;
  readonly orders: number;
  readonly level: 'line' | 'order';
  /** Of the line, a share of it, of the order on its first line, or repeated on all. */
  readonly discount: 'none' | 'line' | 'rate' | 'first line' | 'repeated';
  readonly isDiscountIn: boolean;
  readonly tax: 'none' | 'on top' | 'inside';
  readonly shipping: boolean;
  readonly refunds: 'none' | 'goods' | 'paid';
  readonly status: boolean;
  readonly returns: boolean;
  readonly price: boolean;
  readonly amount: 'none' | 'before' | 'after';
  readonly total: boolean;
  readonly subtotal: boolean;
  readonly style: number;
  readonly names: number;
  /** Headers that say nothing, by their places. */
  readonly renamed: readonly number[];
}

export const exportShape: fc.Arbitrary<ExportShape> = fc.record({
  seed: fc.nat(1_000_000),
  orders: fc.integer({ min: 2, max: 25 }),
  level: fc.constantFrom('line', 'line', 'order'),
  discount: fc.constantFrom('none', 'none', 'line', 'rate', 'first line', 'repeated'),
  isDiscountIn: fc.boolean(),
  tax: fc.constantFrom('none', 'none', 'on top', 'inside'),
  shipping: fc.boolean(),
  refunds: fc.constantFrom('none', 'none', 'goods', 'paid'),
  status: fc.boolean(),
  returns: fc.boolean(),
  price: fc.boolean(),
  amount: fc.constantFrom('none', 'before', 'after'),
  total: fc.boolean(),
  subtotal: fc.boolean(),
  style: fc.nat(5),
  names: fc.nat(2),
  renamed: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.nat(14), { maxLength: 3 }) },
  ),
});

interface Style {
  readonly delimiter: string;
  readonly money: (cents: number) => string;
  readonly day: (year: number, month: number, day: number) => string;
}

const two = (value: number) => String(value).padStart(2, '0');
const grouped = (cents: number, [group, point]: readonly [string, string]) => {
  const size = Math.abs(cents);
  const whole = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  return `${cents < 0 ? '-' : ''}${whole}${point}${two(size % 100)}`;
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const styles: readonly Style[] = [
  {
    delimiter: ',',
    money: (c) => grouped(c, ['', '.']),
    day: (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  },
  {
    delimiter: ';',
    money: (c) => grouped(c, ['.', ',']),
    day: (y, m, d) => `${two(d)}.${two(m)}.${y}`,
  },
  {
    delimiter: '\t',
    money: (c) => grouped(c, [',', '.']),
    day: (y, m, d) => `${m}/${d}/${y % 100}`,
  },
  {
    delimiter: ';',
    money: (c) => `${grouped(c, [' ', ','])} €`,
    day: (y, m, d) => `${two(d)}/${two(m)}/${y} 10:30`,
  },
  {
    delimiter: ';',
    money: (c) => (c < 0 ? `(${grouped(-c, [',', '.'])})` : grouped(c, [',', '.'])),
    day: (y, m, d) => `${d}-${months[m - 1]}-${y}`,
  },
  {
    delimiter: ',',
    money: (c) => String(c / 100),
    day: (y, m, d) => `${y}-${two(m)}-${two(d)}T08:15:30Z`,
  },
];

/** By language: the headers of each column. */
const headers: readonly Readonly<Record<string, string>>[] = [
  {
    order: 'Order ID',
    date: 'Order Date',
    customer: 'Customer ID',
    product: 'SKU',
    quantity: 'Quantity',
    price: 'Unit Price',
    discount: 'Discount',
    rate: 'Discount',
    amount: 'Line Amount',
    tax: 'Tax',
    shipping: 'Shipping',
    total: 'Total',
    subtotal: 'Subtotal',
    refund: 'Refunded Amount',
    status: 'Status',
  },
  {
    order: 'Bestellnummer',
    date: 'Bestelldatum',
    customer: 'Kundennummer',
    product: 'Artikelnr',
    quantity: 'Menge',
    price: 'Preis',
    discount: 'Rabatt',
    rate: 'Rabattsatz',
    amount: 'Betrag',
    tax: 'MwSt',
    shipping: 'Versandkosten',
    total: 'Gesamtbetrag',
    subtotal: 'Zwischensumme',
    refund: 'Erstattung',
    status: 'Status',
  },
  {
    order: 'order_number',
    date: 'created_at',
    customer: 'client',
    product: 'item_sku',
    quantity: 'qty',
    price: 'price',
    discount: 'discount_amount',
    rate: 'discount',
    amount: 'sales',
    tax: 'vat',
    shipping: 'freight',
    total: 'order_total',
    subtotal: 'sub_total',
    refund: 'refund',
    status: 'payment_status',
  },
];

const statuses = ['paid', 'completed', 'shipped', 'cancelled', 'pending', 'refunded'];

/** The export as text and its owner's net sales, in cents: after discount, before tax and shipping, less refunds of goods. */
export function randomExport(shape: ExportShape): { readonly text: string; readonly net: number } {
  const style = styles[shape.style] as Style;
  const names = headers[shape.names] as Readonly<Record<string, string>>;
  let state = shape.seed + 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const isOrderLevel = shape.level === 'order';
  const isOfOrder =
    isOrderLevel || shape.discount === 'first line' || shape.discount === 'repeated';
  const hasPrice = shape.price || (shape.amount === 'none' && !isOrderLevel);
  let net = 0;
  const rows: Record<string, string>[] = [];
  for (let order = 0; order < shape.orders; order += 1) {
    const status = shape.status ? (statuses[random(statuses.length)] as string) : '';
    const lines = Array.from({ length: isOrderLevel ? 1 : 1 + random(4) }, () => {
      const quantity = (shape.returns && random(8) === 0 ? -1 : 1) * (1 + random(4));
      const price = 100 * (1 + random(150));
      const gross = quantity * price;
      const rate = shape.discount === 'rate' ? ([0, 0, 10, 20, 25, 50][random(6)] as number) : 0;
      const money =
        shape.discount === 'line' && gross > 0 && random(2) === 0 ? 10 * random(100) : 0;
      const off = (gross * rate) / 100 + money;
      return { quantity, price, gross, rate, money, off, net: gross - off };
    });
    const sum = lines.reduce((total, line) => total + line.net, 0);
    const whole =
      isOfOrder &&
      shape.discount !== 'none' &&
      shape.discount !== 'rate' &&
      shape.discount !== 'line';
    const orderOff = whole && sum > 0 && random(3) > 0 ? 50 + random(50) : 0;
    const goods = sum - orderOff;
    const inside = shape.tax === 'inside' ? Math.round((goods * 19) / 119) : 0;
    const tax = shape.tax === 'on top' ? Math.round(goods * 0.07) : inside;
    const shipping = shape.shipping && random(3) > 0 ? 490 : 0;
    const paid = goods + (shape.tax === 'on top' ? tax : 0) + shipping;
    const isRefunded = shape.refunds !== 'none' && goods > 0 && random(4) === 0;
    const part = random(2) === 0 ? 1 : 0.5;
    const refund = isRefunded ? Math.round((shape.refunds === 'goods' ? goods : paid) * part) : 0;
    const refundNet = isRefunded ? Math.round((goods - inside) * part) : 0;
    const counts = status !== 'cancelled' && status !== 'pending';
    const isBack = status === 'refunded' && refund === 0;
    if (counts && !isBack) net += goods - inside - refundNet;
    lines.forEach((line, i) => {
      const isFirst = i === 0;
      const first = (text: string) => (isFirst || shape.discount === 'repeated' ? text : '');
      const row: Record<string, string> = {
        order: `R-${1000 + order}`,
        date: style.day(2024, 1 + ((order * 5) % 12), 1 + ((order * 7) % 28)),
        customer: `K${random(9)}`,
      };
      if (!isOrderLevel) row.product = `P${random(5)}`;
      if (hasPrice) {
        row.quantity = String(line.quantity);
        row.price = style.money(line.price);
      }
      if (shape.discount === 'line') row.discount = style.money(line.money);
      if (shape.discount === 'rate') row.rate = style.money(line.rate);
      if (whole) row.discount = first(style.money(orderOff));
      if (shape.amount === 'before') row.amount = style.money(line.gross);
      if (shape.amount === 'after')
        row.amount = style.money(shape.isDiscountIn && isOrderLevel ? goods : line.net);
      if (shape.tax !== 'none') row.tax = first(style.money(tax));
      if (shape.shipping) row.shipping = first(style.money(shipping));
      if (shape.subtotal) row.subtotal = first(style.money(goods));
      if (shape.total) row.total = first(style.money(paid));
      if (shape.refunds !== 'none') row.refund = first(style.money(refund));
      if (shape.status) row.status = status;
      rows.push(row);
    });
  }
  const columns = Object.keys(rows[0] ?? {});
  const titles = columns.map((column, i) =>
    shape.renamed.includes(i) ? `Feld ${String.fromCharCode(65 + i)}` : (names[column] as string),
  );
  const field = (text: string) => (text.includes(style.delimiter) ? `"${text}"` : text);
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? '')));
  return {
    text: [titles.map(field), ...lines]
      .map((fields) => `${fields.join(style.delimiter)}\n`)
      .join(''),
    net,
  };
}
