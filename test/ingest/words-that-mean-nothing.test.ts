import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

test('words that mean nothing are empty in any case, and how many were is told', async () => {
  const home = await makeDropHome();
  const words = ['NULL', 'null', 'nan', 'NaN', 'None', 'N/A', '#N/A', '(null)', 'undefined', '-'];
  const others = ['\\N', '0', '0.0', '-1', 'guest', 'Guest', '"NULL"', ' NULL '];
  const lines = [...words, ...others].map((word, i) => `A${i},2026-01-05,${word},25.00`);
  await home.drop({
    'orders/a.csv': `order_id,ordered_at,customer_id,amount\n${lines.join('\n')}\nB,2026-01-05,NULLA,1\n`,
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 19, quarantined: 0, valuesDropped: 0, wordsEmptied: 18 });
  expect(await home.read('load', 'select words_emptied from rows')).toEqual([
    { words_emptied: 18 },
  ]);
  expect(
    await home.read('accepted/orders', 'select distinct customer_id from rows order by 1'),
  ).toEqual([{ customer_id: 'NULLA' }, { customer_id: null }]);
});

test('what means nobody in a reference is a number elsewhere', async () => {
  const home = await makeDropHome();
  await home.drop({
    'orders/a.csv':
      'order_id,ordered_at,customer_id,product_id,quantity,discount,amount\n0,2026-01-05,C1,-1,1,0,5.00\n',
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 1, wordsEmptied: 0 });
  expect(
    await home.read('accepted/orders', 'select order_id, product_id, discount from rows'),
  ).toEqual([{ order_id: '0', product_id: '-1', discount: '0.0000' }]);
});

test('people are called Nan, None and Null: in names only what databases write is empty', async () => {
  const home = await makeDropHome();
  const lines = ['1,Nan,None', '2,Null,-', '3,NULL,\\N', '4,n/a,Guest'];
  await home.drop({ 'customers/a.csv': `customer_id,first_name,last_name\n${lines.join('\n')}\n` });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 4, wordsEmptied: 2 });
  expect(
    await home.read(
      'accepted/customers',
      'select first_name, last_name from rows order by record_number',
    ),
  ).toEqual([
    { first_name: 'Nan', last_name: 'None' },
    { first_name: 'Null', last_name: '-' },
    { first_name: null, last_name: null },
    { first_name: 'n/a', last_name: 'Guest' },
  ]);
});

test('words are read alike in a CSV, a JSONL file and a Parquet file', async () => {
  const home = await makeDropHome();
  await home.drop({
    'orders/a.jsonl':
      '{"order_id":"1","ordered_at":"2026-01-05","customer_id":"None","amount":"5","email":"N/A"}\n',
    'orders/b.parquet': '',
  });
  await home.run(
    `copy (select '2' as order_id, date '2026-01-05' as ordered_at, 'NaN' as customer_id, 5 as amount, '-' as email) to '${home.folder}/drop/orders/b.parquet' (format parquet)`,
  );
  const loads = await home.ingest();
  expect(loads.map(({ wordsEmptied }) => wordsEmptied)).toEqual([2, 2]);
  expect(
    await home.read('accepted/orders', 'select customer_id, email from rows order by order_id'),
  ).toEqual([
    { customer_id: null, email: null },
    { customer_id: null, email: null },
  ]);
});

test('a word that the mapping gives a meaning keeps it', async () => {
  const home = await makeDropHome({
    sources: {
      till: {
        orders: {
          columns: {
            ordered_at: 'Day',
            amount: 'Sum',
            channel: { from: 'Way', values: { '-': 'store' } },
          },
        },
      },
    },
  });
  await home.drop({ 'orders/till/a.csv': 'Day,Sum,Way\n2026-01-05,5,-\n2026-01-05,6,none\n' });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 2, wordsEmptied: 1 });
  expect(
    await home.read('accepted/orders', 'select channel from rows order by record_number'),
  ).toEqual([{ channel: 'store' }, { channel: null }]);
});

test('an id that lay in a column of floats is the whole number again', async () => {
  const home = await makeDropHome();
  const ids = ['123.0', '123', '"123.0"', '-7.0', '00123.0', '1.5', '123.00'];
  const lines = ids.map((id, i) => `${i},2026-01-05,${id},5.00`);
  await home.drop({
    'orders/a.csv': `order_id,ordered_at,customer_id,amount\n${lines.join('\n')}\n`,
  });
  await home.ingest();
  const rows = await home.read(
    'accepted/orders',
    'select customer_id from rows order by record_number',
  );
  expect(rows.map(({ customer_id }) => customer_id)).toEqual([
    '123',
    '123',
    '123',
    '-7',
    '00123.0',
    '1.5',
    '123.00',
  ]);
});
