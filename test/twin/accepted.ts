import { createHash } from 'node:crypto';
import type { Row } from '../../lib/ports/query-engine.ts';
import type { Tables } from '../night/memory-night.ts';
import { type OrderFile, one, type Shop, type Units } from '../reference/night/shop.ts';

/** What ingestion makes of a shop's files, by table: its rows, and the bookkeeping of them. */
export function acceptedOf({ orderFiles, productFiles }: Shop): Tables {
  const loads = new Map<string, OrderFile>();
  for (const file of orderFiles) loads.set(loadOf(file), file);
  const products = productFiles.map((file, index) => ({ ...file, load_id: `products ${index}` }));
  return {
    load: [
      ...[...loads].map(([load_id, { source }]) => loadRow({ load_id, feed: 'orders', source })),
      ...products.map(({ load_id }) => loadRow({ load_id, feed: 'products', source: '' })),
    ],
    delivery: [
      ...orderFiles.map((file, index) => ({
        delivery_id: `orders ${index}`,
        feed: 'orders',
        load_id: loadOf(file),
        object_key: `drop/orders/${index}`,
        version: '',
        modified_at: file.deliveredAt.toISOString(),
        noted_at: file.deliveredAt.toISOString(),
      })),
      ...products.map(({ load_id }) => ({
        delivery_id: load_id,
        feed: 'products',
        load_id,
        object_key: `drop/${load_id}`,
        version: '',
        modified_at: '2026-01-01 00:00:00',
        noted_at: '2026-01-01 00:00:00',
      })),
    ],
    accepted_orders: [...loads].flatMap(([load_id, { source, lines }]) =>
      lines.map((line, index) => ({
        ...{ load_id, part_id: load_id, source, record_number: index + 1 },
        ordered_at: line.orderedAt.toISOString(),
        order_id: line.orderId,
        line_id: line.lineId,
        customer_id: line.customerId,
        channel: line.channel,
        store: line.store,
        product_id: line.productId,
        quantity: moneyText(line.quantity),
        discount: moneyText(line.discount),
        amount: moneyText(line.amount),
        shipping_charged: moneyText(line.shippingCharged),
        status: line.status,
        kind: line.kind,
        updated_at: line.updatedAt?.toISOString() ?? null,
      })),
    ),
    accepted_products: products.flatMap(({ load_id, products: rows }) =>
      rows.map(({ productId, category, unitCost }, index) => ({
        ...{ load_id, part_id: load_id, source: '', record_number: index + 1 },
        product_id: productId,
        category,
        unit_cost: moneyText(unitCost),
      })),
    ),
    pseudonym: [...loads].flatMap(([load_id, { source, lines }]) =>
      [...new Set(lines.map(({ customerId }) => customerId))]
        .filter((value) => value !== null)
        .map((value) => ({
          ...{ load_id, kind: 'source_id', source, value },
          pseudonym: hash([source, value]),
        })),
    ),
  };
}

/** The same content is one load. */
function loadOf({ source, lines }: OrderFile): string {
  return hash([source, lines]);
}

function hash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}

function loadRow(row: Row): Row {
  return {
    ...row,
    content_sha256: row.load_id ?? null,
    status: 'loaded',
    delivers: 'append',
  };
}

export function moneyText(units: Units | null): string | null {
  return units === null ? null : (units / one).toFixed(4);
}
