import { expect, test } from 'vitest';
import { isDateFolder } from '../../lib/feeds/date-folder.ts';
import { parseDropKey } from '../../lib/ingest/drop-key.ts';

test.each([
  '2024',
  '1999',
  '2024-05',
  '202405',
  '2024-05-31',
  '20240531',
  '2024_05',
  '2024Q3',
  '2024-h1',
  '2024-w07',
  'year=2024',
  'dt=2024-05-31',
  'FY2024',
  '2023-2024',
  '2024-May',
  'january 2024',
  'Q3_2024',
  '31.05.2024',
])('isDateFolder() %s is one', (name) => {
  expect(isDateFolder(name)).toBe(true);
});

test.each([
  'shop',
  '1234',
  '20',
  '2024-13',
  'till-2024',
  '2024-shop',
  '3024',
  '05',
  'may',
  'maya2024',
  'store=5',
])('isDateFolder() %s is none', (name) => {
  expect(isDateFolder(name)).toBe(false);
});

test.each([
  ['drop/orders/2024/o.csv', null],
  ['drop/orders/2024/05/31/o.csv', null],
  ['drop/orders/shop/2024-05/o.csv', 'shop'],
  ['drop/orders/2024/shop/o.csv', 'shop'],
  ['drop/orders/year=2024/month=5/o.csv', null],
  ['drop/orders/2024/march/o.csv', null],
  // a number that no year stands above is a name like any other
  ['drop/orders/05/o.csv', '05'],
])('parseDropKey() %s is of source %s', (key, source) => {
  expect(parseDropKey(key).source).toBe(source);
});

test('parseDropKey() refuses two sources', () => {
  expect(() => parseDropKey('drop/orders/shop/2024/web/o.csv')).toThrow('not_a_feed');
});
