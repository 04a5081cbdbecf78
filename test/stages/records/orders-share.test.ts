import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built } from '../built.ts';

/** Lines of an order by number: a sale of an amount; null is no sale. */
type Lines = readonly (number | null)[];

function order(document: string, amounts: Row, minor_unit = 0.01): Row {
  return {
    ...{ source: 'web', document, minor_unit, waits_for: null },
    ...{ order_discount: 0, order_shipping: 0, order_refund: 0, ...amounts },
  };
}

/** The shares of each line, by kind of amount; those of zero are no rows. */
async function sharesOf(
  orders: readonly (readonly [amounts: Row, lines: Lines])[],
): Promise<Record<string, number[]>[]> {
  const rows = await built('orders_share', {
    orders_amount: orders.map(([amounts], index) =>
      order(`d${index}`, amounts, Number(amounts.minor_unit ?? 0.01)),
    ),
    orders_winner: [
      ...orders.flatMap(([, lines], index) =>
        lines.map((amount, place) => ({
          ...{ load_id: `d${index}`, record_number: 9 - place, load_rank: 1, source: 'web' },
          ...{ document: `d${index}`, line_id: `${place + 1}` },
          ...{ is_sale: amount !== null, amount: amount ?? 99 },
        })),
      ),
      // the same document of another source
      { load_id: 'x', record_number: 1, source: 'till', document: 'd0', is_sale: true, amount: 5 },
    ],
  });
  expect(rows.filter(({ amount }) => Number(amount) === 0)).toEqual([]);
  return orders.map(([, lines], index) => {
    const own = rows.filter(({ load_id }) => load_id === `d${index}`);
    const kinds = [...new Set(own.map(({ kind }) => String(kind)))];
    return Object.fromEntries(
      kinds.map((kind) => [
        kind,
        lines.map((_, place) =>
          Number(
            own.find((row) => row.kind === kind && row.record_number === 9 - place)?.amount ?? 0,
          ),
        ),
      ]),
    );
  });
}

test('an amount of the whole order is shared by value over the sale lines', async () => {
  expect(
    await sharesOf([
      [{ order_discount: 4, order_shipping: 8, order_refund: 12 }, [10, 30]],
      [{ order_discount: 4 }, [10, null, 30]],
      [{ order_discount: -4 }, [10, 30]],
      // a sale of nothing has no share of a value
      [{ order_shipping: 4 }, [10, 0]],
      [{ order_shipping: 4 }, [10, -10]],
    ]),
  ).toEqual([
    { discount: [1, 3], shipping: [2, 6], refund: [3, 9] },
    { discount: [1, 0, 3] },
    { discount: [-1, -3] },
    { shipping: [4, 0] },
    { shipping: [4, 0] },
  ]);
});

test('without a value equally over the sale lines, and without one on the first line', async () => {
  expect(
    await sharesOf([
      [{ order_shipping: 3 }, [0, 0, 0]],
      [{ order_shipping: 3 }, [0, null, 0]],
      [{ order_shipping: 3 }, [null, null]],
    ]),
  ).toEqual([{ shipping: [1, 1, 1] }, { shipping: [1.5, 0, 1.5] }, { shipping: [3, 0] }]);
});

test('what is left of rounding down goes by a unit to those that lost most, then by line', async () => {
  expect(
    await sharesOf([
      // thirds of 1.00: a cent is left, all lost alike
      [{ order_discount: 1 }, [1, 1, 1]],
      // thirds of 1.01: 0.336666: two cents are left
      [{ order_discount: 1.01 }, [1, 1, 1]],
      [{ order_discount: -1 }, [1, 1, 1]],
      // 10 × 5 ÷ 65 = 0.7692, 10 × 60 ÷ 65 = 9.2308
      [{ order_discount: 10 }, [5, 60]],
      // 0.2308 and 2.7692
      [{ order_shipping: 3 }, [5, 60]],
      // whole yen
      [{ order_discount: 10, minor_unit: 1 }, [1, 1, 1]],
      // what is no whole unit goes to the first that lost most: 0.5005 each
      [{ order_discount: 1.001 }, [1, 1]],
    ]),
  ).toEqual([
    { discount: [0.34, 0.33, 0.33] },
    { discount: [0.34, 0.34, 0.33] },
    { discount: [-0.34, -0.33, -0.33] },
    { discount: [0.77, 9.23] },
    { shipping: [0.23, 2.77] },
    { discount: [4, 3, 3] },
    { discount: [0.501, 0.5] },
  ]);
});

test('lines without a number are in the order of deliveries and records; what waits shares nothing', async () => {
  const line = (load_id: string, load_rank: number, record_number: number) => ({
    ...{ load_id, load_rank, record_number, source: 'web', document: 'd', line_id: null },
    ...{ is_sale: true, amount: 1 },
  });
  const lines = [line('late', 2, 1), line('early', 1, 7), line('early', 1, 3)];
  const shared = await built('orders_share', {
    orders_amount: [order('d', { order_discount: 0.01 })],
    orders_winner: lines,
  });
  expect(
    shared
      .filter(({ amount }) => Number(amount) > 0)
      .map(({ load_id, record_number }) => [load_id, record_number]),
  ).toEqual([['early', 3]]);
  const waiting = await built('orders_share', {
    orders_amount: [order('d', { order_discount: 0.01, waits_for: 'amounts_differ' })],
    orders_winner: lines,
  });
  expect(waiting).toEqual([]);
});
