import { type AcceptedLine, one, type Shop } from '../reference/night/shop.ts';
import { moneyText } from './accepted.ts';

/** The files of a shop by the keys they are dropped under, in turn. */
export function filesOf({ orderFiles, productFiles }: Shop): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [index, { source, lines }] of orderFiles.entries()) {
    const folder = source === '' ? 'drop/orders' : `drop/orders/${source}`;
    files[`${folder}/${nameOf(index)}.csv`] = csv(lines.map(recordOf));
  }
  for (const [index, { products }] of productFiles.entries()) {
    files[`drop/products/${nameOf(index)}.csv`] = csv(
      products.map(({ productId, category, unitCost }) => ({
        product_id: productId,
        category,
        unit_cost: moneyText(unitCost),
      })),
    );
  }
  return files;
}

/** Letters: files with numbers would be parts of one export. */
function nameOf(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index);
}

const words = { sold: 'paid', open: 'pending', cancelled: 'voided', given_back: 'refunded' };

function recordOf(line: AcceptedLine) {
  return {
    order_id: line.orderId,
    line_id: line.lineId,
    ordered_at: line.orderedAt.toISOString(),
    customer_id: line.customerId,
    channel: line.channel,
    store: line.store,
    product_id: line.productId,
    quantity: String(line.quantity / one),
    discount: moneyText(line.discount),
    amount: moneyText(line.amount),
    shipping_charged: moneyText(line.shippingCharged),
    status: words[line.status],
    kind: line.kind === 'sale' ? null : line.kind,
    updated_at: line.updatedAt?.toISOString() ?? null,
  };
}

function csv(records: readonly Readonly<Record<string, string | null>>[]): string {
  const header = Object.keys(records[0] ?? {});
  const rows = records.map((record) => header.map((name) => record[name] ?? '').join(','));
  return `${[header.join(','), ...rows].join('\n')}\n`;
}
