import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

function load(load_id: string, columns: Row = {}): Row {
  return {
    ...{ load_id, feed: 'orders', source: '', content_sha256: load_id, delivers: 'append' },
    ...{ status: 'loaded', accepted: 10, ...columns },
  };
}

/** A delivery at an hour of a day, read then or later. */
function delivery(load_id: string, object_key: string, hour: number, readAt = hour): Row {
  const at = (one: number) => `2025-01-01 ${String(one).padStart(2, '0')}:00:00.000`;
  return {
    ...{ load_id, object_key, feed: 'orders', version: '' },
    ...{ delivery_id: `${object_key} ${hour}`, modified_at: at(hour), noted_at: at(readAt) },
  };
}

type Given = Readonly<Partial<Record<'load' | 'delivery' | 'withdrawal', readonly Row[]>>>;

/** What a night is made of, from what was loaded, delivered and withdrawn, and what was compacted. */
async function inputsOf(
  { load: loads = [], ...delivered }: Given,
  { compaction = [], settings = {} }: { compaction?: readonly Row[]; settings?: unknown } = {},
): Promise<readonly Row[]> {
  const delivered_content = await built('delivered_content', { load: loads, ...delivered });
  return await built('run_input', { load: loads, delivered_content, compaction }, settings);
}

function partsIn(rows: readonly Row[], ...columns: readonly string[]): unknown[][] {
  return columnsOf(
    rows.filter(({ kind }) => kind === 'part'),
    ...columns,
  );
}

async function partsOf(given: Given, ...columns: readonly string[]): Promise<unknown[][]> {
  return partsIn(await inputsOf(given), ...columns);
}

test('loads are ranked within their feed by their last delivery, then by key, then by load', async () => {
  expect(
    await partsOf(
      {
        load: [
          ...['b', 'a', 'd', 'c', 'same'].map((name) => load(name)),
          load('p', { feed: 'products' }),
          load('refused', { status: 'refused' }),
          load('never delivered'),
        ],
        delivery: [
          delivery('a', 'k3', 10),
          delivery('b', 'k2', 9),
          delivery('c', 'k1', 9),
          delivery('d', 'k2', 9),
          delivery('same', 'k1', 8),
          // again
          delivery('same', 'k0', 11),
          delivery('p', 'k1', 9),
          delivery('refused', 'k1', 9),
        ],
      },
      ...['load_id', 'name', 'feed', 'source', 'load_rank', 'delivered_at', 'value'],
    ),
  ).toEqual([
    ['a', 'a', 'orders', '', 4, '2025-01-01 10:00:00.000', 'append'],
    ['b', 'b', 'orders', '', 2, '2025-01-01 09:00:00.000', 'append'],
    ['c', 'c', 'orders', '', 1, '2025-01-01 09:00:00.000', 'append'],
    ['d', 'd', 'orders', '', 3, '2025-01-01 09:00:00.000', 'append'],
    ['p', 'p', 'products', '', 1, '2025-01-01 09:00:00.000', 'append'],
    ['same', 'same', 'orders', '', 5, '2025-01-01 11:00:00.000', 'append'],
  ]);
});

test('of a content read with several mappings the load counts that was noted last', async () => {
  const mapped = (load_id: string, columns: Row = {}) =>
    load(load_id, { content_sha256: 'content', ...columns });
  expect(
    await partsOf(
      {
        load: [
          mapped('first', { delivers: 'changed_lines' }),
          mapped('mended'),
          // the same content of another feed, or of another source
          mapped('of another feed', { feed: 'products' }),
          mapped('of another source', { source: 'till' }),
          mapped('z noted at once'),
        ],
        delivery: [
          delivery('first', 'a-1.csv', 10),
          delivery('mended', 'a-1.csv', 10, 12),
          delivery('z noted at once', 'a-1.csv', 10, 12),
          // its last delivery was read as before
          delivery('first', 'b-2.csv', 11),
          delivery('first', 'a-7.csv', 11),
          delivery('of another feed', 'c', 13),
          delivery('of another source', 'd', 14),
        ],
      },
      ...['load_id', 'value', 'delivered_at', 'series', 'series_number'],
    ),
  ).toEqual([
    ['mended', 'append', '2025-01-01 11:00:00.000', 'b-', 2],
    ['of another feed', 'append', '2025-01-01 13:00:00.000', null, null],
    ['of another source', 'append', '2025-01-01 14:00:00.000', null, null],
  ]);
});

test('of a source that delivers snapshots the last one counts', async () => {
  const snapshot = (load_id: string, columns: Row = {}) =>
    load(load_id, { source: 'crm', delivers: 'snapshot', ...columns });
  expect(
    await partsOf(
      {
        load: [
          ...['s1', 's2', 's3', 's4'].map((name) => snapshot(name)),
          snapshot('other', { source: 'erp' }),
          snapshot('customers', { feed: 'customers' }),
          load('appended', { source: 'crm' }),
        ],
        delivery: [
          delivery('s1', 'k9', 9),
          delivery('s2', 'k2', 10),
          delivery('s4', 'k1', 10),
          delivery('s3', 'k2', 10),
          delivery('other', 'k', 8),
          delivery('customers', 'k', 8),
          delivery('appended', 'k', 7),
        ],
      },
      'load_id',
    ),
  ).toEqual([['appended'], ['customers'], ['other'], ['s3']]);
});

test('a load is read from the newest compacted part that holds it', async () => {
  const compacted = (part_id: string, load_id: string, hour: number) => ({
    ...{ part_id, load_id, feed: 'orders' },
    compacted_at: `2025-02-01 ${String(hour).padStart(2, '0')}:00:00.000`,
  });
  const rows = await inputsOf(
    {
      load: [load('a'), load('b'), load('c')],
      delivery: [delivery('a', 'a', 1), delivery('b', 'b', 2), delivery('c', 'c', 3)],
    },
    {
      compaction: [
        compacted('old', 'a', 1),
        compacted('new', 'a', 2),
        compacted('new', 'b', 2),
        compacted('twin', 'b', 2),
      ],
    },
  );
  expect(partsIn(rows, 'load_id', 'name')).toEqual([
    ['c', 'c'],
    ['a', 'new'],
    ['b', 'new'],
  ]);
});

test('numbered files are of a series, dates and versions are not', async () => {
  const keys: readonly (readonly [key: string, series: string | null, number: number | null])[] = [
    ['drop/orders/orders-1.csv', 'drop/orders/orders-', 1],
    ['drop/orders/Orders_002.csv.gz', 'drop/orders/orders_', 2],
    ['drop/orders/part10.jsonl', 'drop/orders/part', 10],
    ['drop/orders/all.3.parquet', 'drop/orders/all.', 3],
    ['drop/orders/x 4.tsv', 'drop/orders/x ', 4],
    ['drop/orders/y5.txt', 'drop/orders/y', 5],
    ['drop/orders/orders_20250131_1.csv', 'drop/orders/orders_20250131_', 1],
    ['drop/orders/2025-01-31 2.csv', 'drop/orders/2025-01-31 ', 2],
    ['drop/orders/z1_of_2.csv', 'drop/orders/z', 1],
    ['drop/orders/w-3of4.csv.gz', 'drop/orders/w-', 3],
    ['drop/orders/2025-01.csv', null, null],
    ['drop/orders/orders.csv', null, null],
    ['drop/orders/orders-1000.csv', null, null],
    ['drop/orders/orders (1).csv', null, null],
    ['drop/orders/orders-1.zip', null, null],
  ];
  const names = keys.map((_, index) => String.fromCharCode(97 + index));
  expect(
    await partsOf(
      {
        load: [...names.map((name) => load(name)), load('replaced')],
        delivery: [
          ...names.map((name, index) => delivery(name, keys[index]?.[0] ?? '', 2)),
          // of one key the content that was delivered last is
          delivery('replaced', 'drop/orders/orders-1.csv', 1),
        ],
      },
      ...['load_id', 'series', 'series_number'],
    ),
  ).toEqual([
    ...keys.map(([, series, number], index) => [names[index], series, number]),
    ['replaced', null, null],
  ]);
});

test('settings and what is carried over stand beside the parts', async () => {
  const settings = { time_zone: 'Europe/Paris', margin_rate: 0.4, history_from: '2020-01-01' };
  const rows = await built('run_input', {}, { ...settings, currency: 'EUR' });
  expect(columnsOf(rows, 'kind', 'name', 'load_id', 'value')).toEqual([
    ['carried', 'previous_run_id', '', '2025-12-30-1'],
    ['carried', 'previous_snapshot_on', '', '2025-12-30'],
    ['setting', 'as_of', '', '2025-12-31'],
    ['setting', 'currency', '', 'EUR'],
    ['setting', 'discount_rate', '', expect.stringMatching(/^0[.]1/)],
    ['setting', 'history_from', '', '2020-01-01'],
    ['setting', 'margin_rate', '', expect.stringMatching(/^0[.]4/)],
    ['setting', 'time_zone', '', 'Europe/Paris'],
  ]);
  const [unset] = (await built('run_input', {})).filter(({ name }) => name === 'history_from');
  expect(unset?.value).toBeNull();
});

test('without a setting the currency is the only one that files name', async () => {
  const currencyOf = async (currencies: readonly (string | null)[], settings = {}) => {
    const names = currencies.map((_, index) => `l${index}`);
    const rows = await inputsOf(
      {
        load: [
          ...currencies.map((own, index) => load(`l${index}`, { currencies: own })),
          load('refused', { currencies: 'CHF', status: 'refused' }),
        ],
        delivery: [...names, 'refused'].map((name) => delivery(name, name, 1)),
      },
      { settings },
    );
    return rows.find(({ name }) => name === 'currency')?.value;
  };
  expect(await currencyOf(['EUR', null, 'EUR'])).toBe('EUR');
  expect(await currencyOf(['EUR', 'USD'])).toBeNull();
  expect(await currencyOf(['EUR USD'])).toBeNull();
  expect(await currencyOf([null])).toBeNull();
  expect(await currencyOf(['EUR', 'USD'], { currency: 'USD' })).toBe('USD');
});
