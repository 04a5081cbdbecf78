import { expect, test } from 'vitest';
import { type DropHome, makeDropHome } from './home.ts';

const header = 'order_id,ordered_at,customer_id,email,amount\n';

function quarantined(home: DropHome) {
  return home.read(
    'quarantine',
    'select record_number, column_name, effect, rule from rows order by record_number, column_name',
  );
}

test('a bad value that nothing rests on is dropped with its place, and its record is kept', async () => {
  const home = await makeDropHome();
  await home.drop({
    'orders/a.csv': `${header}1,2026-01-05,C1,ann@shop.test,5\n2,2026-01-05,C2,ann at shop,6\n`,
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 2, quarantined: 0, valuesDropped: 1 });
  expect(await quarantined(home)).toEqual([
    { record_number: 2, column_name: 'email', effect: 'value', rule: 'not_an_email' },
  ]);
  expect(
    await home.read('accepted/orders', 'select customer_id, email from rows order by order_id'),
  ).toEqual([
    { customer_id: 'C1', email: 'ann@shop.test' },
    { customer_id: 'C2', email: null },
  ]);
  expect(await home.read('load', 'select quarantined, values_dropped from rows')).toEqual([
    { quarantined: 0, values_dropped: 1 },
  ]);
});

test('several bad values of one record are dropped each with a row of its own', async () => {
  const home = await makeDropHome();
  await home.drop({
    'customers/a.csv':
      'customer_id,email,phone,country,birth_date,consent_email\n1,nobody,call me,Atlantis,03/14,perhaps\n',
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 1, quarantined: 0, valuesDropped: 5 });
  expect((await quarantined(home)).map((row) => [row.column_name, row.rule])).toEqual([
    ['birth_date', 'unknown_date_format'],
    ['consent_email', 'not_a_flag'],
    ['country', 'not_a_country'],
    ['email', 'not_an_email'],
    ['phone', 'not_a_phone'],
  ]);
});

test.each([
  ['order_id', '1-Jan,2026-01-05,C1,,5,,'],
  ['amount', '1,2026-01-05,C1,,five,,'],
  ['updated_at', '1,2026-01-05,C1,,5,yesterday,'],
  ['status', '1,2026-01-05,C1,,5,,on-head'],
])('a bad %s refuses its record', async (column, line) => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': `${header.trim()},updated_at,status\n${line}\n` });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 0, quarantined: 1, valuesDropped: 0 });
  expect(await quarantined(home)).toMatchObject([{ column_name: column, effect: 'record' }]);
});

test('a record without an order number whose only reference is dropped is refused', async () => {
  const home = await makeDropHome();
  await home.drop({
    'orders/a.csv': `${header},2026-01-05,,nobody,5\n,2026-01-05,C2,nobody,6\n3,2026-01-05,,nobody,7\n,2026-01-05,,,8\n`,
  });
  const [load] = await home.ingest();
  expect(load).toMatchObject({ accepted: 3, quarantined: 1, valuesDropped: 2 });
  expect(await quarantined(home)).toMatchObject([
    { record_number: 1, column_name: 'email', effect: 'record', rule: 'not_an_email' },
    { record_number: 2, effect: 'value' },
    { record_number: 3, effect: 'value' },
  ]);
});

test('a column of which too many values cannot be read is the wrong one: the file is refused', async () => {
  const home = await makeDropHome();
  const lines = (bad: number) =>
    Array.from(
      { length: 200 },
      (_, i) => `${i},2026-01-05,C${i},${i < bad ? 'hello' : `c${i}@shop.test`},5`,
    );
  await home.drop({
    'orders/a.csv': `${header}${lines(40).join('\n')}\n`,
    'orders/b.csv': `${header}${lines(41).join('\n')}\n`,
  });
  const [kept, refused] = await home.ingest();
  expect(kept).toMatchObject({ status: 'loaded', accepted: 200, valuesDropped: 40 });
  expect(refused).toMatchObject({ status: 'refused', accepted: 0 });
  expect(refused?.problems[0]).toMatchObject({
    column: 'email',
    effect: 'file',
    rule: 'wrong_column',
  });
  expect(refused?.problems[0]?.hint).toContain('41 of 200 filled values of email');
  expect(
    await home.read(
      'quarantine',
      "select column_name, effect from rows where rule = 'wrong_column'",
    ),
  ).toEqual([{ column_name: 'email', effect: 'file' }]);
});

test('a column of which no value can be read is the wrong one in a small file, too', async () => {
  const home = await makeDropHome();
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => `${i},2026-01-05,C${i},word${i},5`);
  await home.drop({
    'orders/a.csv': `${header}${lines(9).join('\n')}\n`,
    'orders/b.csv': `${header}${lines(10).join('\n')}\n`,
  });
  const loads = await home.ingest();
  expect(loads.map(({ status }) => status)).toEqual(['loaded', 'refused']);
});

test('a mapping may refuse the record of what would be dropped, or drop it in silence', async () => {
  const columns = { ordered_at: 'Day', amount: 'Sum', customer_id: 'Who', order_id: 'No' };
  const read = async (unreadable: string) => {
    const email = { from: 'Mail', unreadable };
    const home = await makeDropHome({
      sources: { till: { orders: { columns: { ...columns, email } } } },
    });
    await home.drop({ 'orders/till/a.csv': 'No,Day,Sum,Who,Mail\n1,2026-01-05,5,C1,nobody\n' });
    const [load] = await home.ingest();
    return [load?.accepted, load?.quarantined, load?.valuesDropped];
  };
  expect(await read('refuse')).toEqual([0, 1, 0]);
  expect(await read('empty')).toEqual([1, 0, 0]);
});
