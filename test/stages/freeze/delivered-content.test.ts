import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const at = (day: number) => `2025-01-${String(day).padStart(2, '0')} 00:00:00.000`;

/** A snapshot of the customers of a system with so many rows, delivered on a day. */
function snapshot(content: string, day: number, accepted: number, columns: Row = {}) {
  const load = {
    ...{ load_id: `l ${content}`, feed: 'customers', source: 'crm', content_sha256: content },
    ...{ delivers: 'snapshot', status: 'loaded', accepted, ...columns },
  };
  const { load_id, feed } = load;
  const delivery = {
    ...{ load_id, feed, delivery_id: content, object_key: 'k', version: '' },
    ...{ modified_at: at(day), noted_at: at(day) },
  };
  return { load, delivery };
}

function said(content: string, day: number, columns: Row = {}): Row {
  return {
    ...{ withdrawal_id: `${content} ${day}`, feed: 'customers', content_sha256: content },
    ...{ until_at: at(day), noted_at: at(day), is_undone: false, ...columns },
  };
}

async function standings(
  snapshots: readonly ReturnType<typeof snapshot>[],
  withdrawal: readonly Row[] = [],
  published: readonly Row[] = [],
): Promise<unknown[][]> {
  const rows = await built(
    'delivered_content',
    {
      load: snapshots.map(({ load }) => load),
      delivery: snapshots.map(({ delivery }) => delivery),
      withdrawal,
    },
    {},
    '2025-12-31',
    { delivered_content: published },
  );
  return columnsOf(rows, 'content_sha256', 'standing', 'rows_before');
}

test('a snapshot with less than half of the rows of those before is held, and the last other one is read', async () => {
  expect(
    await standings([snapshot('a', 1, 100), snapshot('b', 2, 50), snapshot('c', 3, 49)]),
  ).toEqual([
    ['a', 'replaced', null],
    ['b', 'read', 100],
    ['c', 'held', 100],
  ]);
  // of another system or feed the rows are others, and what is appended is no snapshot
  expect(
    await standings([
      snapshot('a', 1, 100, { source: 'erp' }),
      snapshot('b', 2, 100, { feed: 'products' }),
      snapshot('c', 3, 49),
      snapshot('d', 2, 1, { delivers: 'append', source: 'shop' }),
    ]),
  ).toEqual([
    ['c', 'read', null],
    ['a', 'read', null],
    ['d', 'read', null],
    ['b', 'read', null],
  ]);
  // one that was held and is older than the one that is read is replaced
  expect(
    await standings([snapshot('a', 1, 100), snapshot('b', 2, 49), snapshot('c', 3, 90)]),
  ).toEqual([
    ['a', 'replaced', null],
    ['b', 'replaced', 100],
    ['c', 'read', 100],
  ]);
});

test('a content is withdrawn until it is delivered later, or taken back in by the last word', async () => {
  const both = [snapshot('a', 1, 100), snapshot('b', 2, 90)];
  const withdrawn = [
    ['a', 'read', null],
    ['b', 'withdrawn', null],
  ];
  const read = [
    ['a', 'replaced', null],
    ['b', 'read', 100],
  ];
  expect(await standings(both, [said('b', 2)])).toEqual(withdrawn);
  expect(await standings(both, [said('b', 1)])).toEqual(read);
  expect(await standings(both, [said('b', 3), said('b', 4, { is_undone: true })])).toEqual(read);
  expect(await standings(both, [said('b', 4), said('b', 3, { is_undone: true })])).toEqual(
    withdrawn,
  );
  // of two words of one moment the one of the lesser id
  expect(
    await standings(both, [said('b', 3), said('b', 3, { withdrawal_id: 'z', is_undone: true })]),
  ).toEqual(withdrawn);
  expect(await standings(both, [said('b', 3, { feed: 'orders' })])).toEqual(read);
});

test('a confirmed snapshot is read however few its rows, a withdrawn one is no measure', async () => {
  const both = [snapshot('a', 1, 100), snapshot('b', 2, 10)];
  expect(await standings(both, [said('b', 3, { is_undone: true })])).toEqual([
    ['a', 'replaced', null],
    ['b', 'read', 100],
  ]);
  expect(await standings(both, [said('a', 3)])).toEqual([
    ['a', 'withdrawn', null],
    ['b', 'read', null],
  ]);
});

test('measured by what readers see, where a snapshot is published', async () => {
  const published = (content_sha256: string, count_rows: number, columns: Row = {}): Row => ({
    ...{ feed: 'customers', source: 'crm', content_sha256, count_rows, standing: 'read' },
    ...{ delivers: 'snapshot', ...columns },
  });
  const both = [snapshot('a', 1, 100), snapshot('b', 2, 40), snapshot('c', 3, 30)];
  // the small one was confirmed once
  expect(await standings(both, [], [published('b', 40)])).toEqual([
    ['a', 'replaced', 40],
    ['b', 'replaced', 40],
    ['c', 'read', 40],
  ]);
  const unseen = [
    ['a', 'read', null],
    ['b', 'held', 100],
    ['c', 'held', 100],
  ];
  for (const columns of [{ standing: 'held' }, { delivers: 'append' }, { source: 'erp' }]) {
    expect(await standings(both, [], [published('b', 40, columns)])).toEqual(unseen);
  }
  expect(await standings(both, [], [published('b', 40, { feed: 'orders' })])).toEqual(unseen);
  // what was withdrawn since is seen no more
  expect(await standings(both, [said('b', 4)], [published('b', 40)])).toEqual([
    ['a', 'read', null],
    ['b', 'withdrawn', null],
    ['c', 'held', 100],
  ]);
});
