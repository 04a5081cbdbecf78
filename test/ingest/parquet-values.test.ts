import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

/** Loads a Parquet file of a SELECT. */
async function load(select: string) {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.parquet': '' });
  await home.run(`copy (${select}) to '${home.folder}/drop/orders/a.parquet' (format parquet)`);
  const [summary] = await home.ingest();
  return { home, summary };
}

const line = "select '1' as order_id, date '2026-01-05' as ordered_at, 5 as amount";

test('bytes that are text in the whole column are text, others are digits', async () => {
  const { home } = await load(
    `${line}, 'c1'::blob as customer_id, '\\xFF\\x01'::blob as product_id union all ${line.replace("'1'", "'2'")}, 'Zo\\xC3\\xAB'::blob, 'ab'::blob`,
  );
  expect(
    await home.read(
      'accepted/orders',
      'select customer_id, product_id from rows order by order_id',
    ),
  ).toEqual([
    { customer_id: 'c1', product_id: 'FF01' },
    { customer_id: 'Zoë', product_id: '6162' },
  ]);
});

test.each(["{'id': 'c1'}", "['c1']", "map {'id': 'c1'}"])(
  'a column of %s that is read refuses the file',
  async (value) => {
    const { summary } = await load(`${line}, ${value} as customer_id`);
    expect(summary).toMatchObject({ status: 'refused', accepted: 0 });
    expect(summary?.problems[0]).toMatchObject({ rule: 'nested_column', column: 'customer_id' });
  },
);

test.each([
  ["timestamp_s '2026-01-05 10:20:30'", '2026-01-05 10:20:30'],
  ["timestamp_ms '2026-01-05 10:20:30.456'", '2026-01-05 10:20:30.456'],
  ["timestamp '2026-01-05 10:20:30.456789'", '2026-01-05 10:20:30.456'],
  ["timestamp_ns '2026-01-05 10:20:30.456789123'", '2026-01-05 10:20:30.456'],
  ["timestamptz '2026-01-05 10:20:30+02'", '2026-01-05 08:20:30'],
  ["date '2026-01-05'", '2026-01-05 00:00:00'],
])('%s is %s', async (value, expected) => {
  const { home } = await load(`select '1' as order_id, ${value} as ordered_at, 5 as amount`);
  expect(
    await home.read('accepted/orders', 'select cast(ordered_at as varchar) as at from rows'),
  ).toEqual([{ at: expected }]);
});

test('a whole number in a column of floats is an id, a missing one is none', async () => {
  const { home, summary } = await load(
    `${line}, 123.0::double as customer_id union all ${line.replace("'1'", "'2'")}, 'nan'::double`,
  );
  expect(summary).toMatchObject({ accepted: 2, wordsEmptied: 1 });
  expect(
    await home.read('accepted/orders', 'select customer_id from rows order by order_id'),
  ).toEqual([{ customer_id: '123' }, { customer_id: null }]);
});
