import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const parts = [{ kind: 'part', feed: 'orders', name: 'compacted', load_id: 'l' }];

let records = 0;

function line(order_id: string | null, day: number, columns: Row = {}): Row {
  records += 1;
  return {
    ...{ load_id: 'l', part_id: 'compacted', record_number: records, source: '', order_id },
    ...{ ordered_at: `2025-01-0${day} 12:00:00.000`, ...columns },
  };
}

const customer = (customer_id: string) => ({ customer_id });

async function numberingOf(lines: readonly Row[], settings: unknown = {}): Promise<unknown[][]> {
  const rows = await built(
    'orders_numbering',
    { run_input: parts, accepted_orders: lines },
    settings,
  );
  return columnsOf(rows, 'source', 'is_restarting', 'is_set', 'count_numbers', 'count_restarting');
}

/** Whether a number that stands like this, twice, begins anew. */
async function isAnew(lines: (order_id: string) => readonly Row[]): Promise<unknown> {
  const [[, isRestarting, , , count] = []] = await numberingOf([...lines('1'), ...lines('2')]);
  expect(count).toBe(isRestarting === true ? 2 : 0);
  return isRestarting;
}

test('a number begins anew on another day for another customer, or for none', async () => {
  expect(await isAnew((n) => [line(n, 1, customer('a')), line(n, 2, customer('b'))])).toBe(true);
  expect(await isAnew((n) => [line(n, 1, customer('a')), line(n, 2)])).toBe(true);
  expect(await isAnew((n) => [line(n, 1, customer('a')), line(n, 2, customer('a'))])).toBe(false);
  expect(await isAnew((n) => [line(n, 1, customer('a')), line(n, 1, customer('b'))])).toBe(false);
  // a day of which one line tells the customer is told
  expect(
    await isAnew((n) => [line(n, 1, customer('a')), line(n, 2, customer('a')), line(n, 2)]),
  ).toBe(false);
  // the same text as another kind of reference
  expect(await isAnew((n) => [line(n, 1, customer('a')), line(n, 2, { email: 'a' })])).toBe(true);
  expect(await isAnew((n) => [line(n, 1, { phone: 'a' }), line(n, 2, { email: 'a' })])).toBe(true);
  expect(await isAnew((n) => [line(n, 1, { phone: 'a' }), line(n, 2, { phone: 'a' })])).toBe(false);
});

test('or in another store for another customer', async () => {
  const north = { store: 'north' };
  const south = { store: 'south' };
  expect(
    await isAnew((n) => [
      line(n, 1, { ...north, ...customer('a') }),
      line(n, 1, { ...south, ...customer('b') }),
    ]),
  ).toBe(true);
  expect(
    await isAnew((n) => [
      line(n, 1, { ...north, ...customer('a') }),
      line(n, 1, { ...south, ...customer('a') }),
    ]),
  ).toBe(false);
  expect(await isAnew((n) => [line(n, 1, { ...north, ...customer('a') }), line(n, 1, south)])).toBe(
    false,
  );
  expect(
    await isAnew((n) => [
      line(n, 1, { ...north, ...customer('a') }),
      line(n, 1, { ...north, ...customer('b') }),
    ]),
  ).toBe(false);
});

test('a day is one of the business zone', async () => {
  const lines = ['1', '2'].flatMap((n) => [
    line(n, 1, { ...customer('a'), ordered_at: '2025-01-01 12:00:00.000' }),
    line(n, 1, { ...customer('b'), ordered_at: '2025-01-01 23:30:00.000' }),
  ]);
  expect(await numberingOf(lines)).toEqual([['', false, false, 2, 0]]);
  expect(await numberingOf(lines, { time_zone: 'Europe/Paris' })).toEqual([
    ['', true, false, 2, 2],
  ]);
});

test('numbers of a source begin anew where at least two of them and one in a hundred do', async () => {
  const anew = (n: string, columns: Row = {}) => [
    line(n, 1, { ...customer('a'), ...columns }),
    line(n, 2, { ...customer('b'), ...columns }),
  ];
  const once = (count: number, columns: Row = {}) =>
    Array.from({ length: count }, (_, i) => line(`once ${i}`, 1, { ...customer('a'), ...columns }));
  expect(
    await numberingOf([
      ...[...anew('1'), ...anew('2'), ...once(198)],
      ...[...anew('1', { source: 'few' }), ...anew('2', { source: 'few' })],
      ...once(199, { source: 'few' }),
      ...anew('1', { source: 'one' }),
      // no number, and no part of the night
      line(null, 1, { source: 'none' }),
      { ...line('1', 1, { source: 'other part' }), part_id: 'l' },
      { ...line('1', 1, { source: 'other load' }), load_id: 'm' },
    ]),
  ).toEqual([
    ['', true, false, 200, 2],
    ['few', false, false, 201, 2],
    ['one', false, false, 1, 1],
  ]);
});

test('a setting says so, or that they do not', async () => {
  const columns = { ordered_at: 'When', order_id: 'Number', amount: 'Sum' };
  const source = (order_numbers: string) => ({ orders: { columns }, order_numbers });
  const lines = ['set', 'other'].flatMap((name) => [line('1', 1, { source: name })]);
  expect(await numberingOf(lines, { sources: { set: source('restart') } })).toEqual([
    ['other', false, false, 1, 0],
    ['set', true, true, 1, 0],
  ]);
  expect(await numberingOf(lines, { sources: { set: source('unique') } })).toEqual([
    ['other', false, false, 1, 0],
    ['set', false, true, 1, 0],
  ]);
});
