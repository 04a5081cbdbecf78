import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

test('of a product the record counts that was delivered last, then the later one', async () => {
  const product = (load_id: string, record_number: number, columns: Row): Row => ({
    ...{ load_id, part_id: 'compacted', record_number, source: '', ...columns },
  });
  const rows = await built('products_record', {
    run_input: ['l1', 'l2'].map((load_id, index) => ({
      ...{ kind: 'part', feed: 'products', load_id, name: 'compacted', load_rank: index + 1 },
    })),
    accepted_products: [
      product('l1', 8, { product_id: 'p1', unit_cost: '1.0000' }),
      product('l2', 1, { product_id: 'p1', unit_cost: '2.0000' }),
      product('l2', 2, { product_id: 'p1', unit_cost: '3.0000' }),
      product('l1', 9, { product_id: 'p2', unit_cost: '4.0000' }),
      product('l3', 1, { product_id: 'p3', unit_cost: '5.0000' }),
      { ...product('l2', 3, { product_id: 'p4', unit_cost: '6.0000' }), part_id: 'l2' },
    ],
  });
  expect(columnsOf(rows, 'product_id', 'unit_cost', 'load_id', 'record_number')).toEqual([
    ['p1', '3.0000', 'l2', 2],
    ['p2', '4.0000', 'l1', 9],
  ]);
});
