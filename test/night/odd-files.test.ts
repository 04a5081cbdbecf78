import { execFileSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadExitCode } from '../../lib/cli/ingest-home.ts';
import { makeHome } from './home.ts';

/** An order of a customer of its own, so that each file that is loaded is seen in the end. */
const order = (name: string) =>
  `ordered_at,order_id,customer_id,channel,amount\n2025-01-05,${name},c${name},web,10\n`;
const object = (id: number, more = {}) =>
  `${JSON.stringify({ ordered_at: '2025-01-06', order_id: `j${id}`, customer_id: 'j', amount: 1, ...more })}\n`;
const lines = (count: number, lineOf: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => lineOf(i)).join('');
const columns = (count: number, textOf: (i: number) => string) =>
  lines(count, (i) => `,${textOf(i)}`);

const refused = {
  'drop/orders/unknown-columns.csv': [
    `ordered_at,customer_id,amount${columns(500, (i) => `x${i}`)}\n2025-01-05,a,1${columns(500, String)}\n`,
    'unknown_header',
  ],
  'drop/customers/500-attributes.csv': [
    `customer_id${columns(500, (i) => `attr_c${i}`)}\n${lines(2000, (r) => `k${r}${columns(500, String)}\n`)}`,
    'too_heavy',
  ],
  'drop/customers/16-kB-a-row.csv': [
    `customer_id,address\n${lines(2000, (r) => `k${r},${'n'.repeat(16_384)}\n`)}`,
    'too_heavy',
  ],
  'drop/orders/euro-first.csv': [
    Buffer.from('amount,ordered_at,customer_id\n\x805.00,2025-01-05,a\n', 'latin1'),
    'wrong_encoding',
  ],
  'drop/orders/euro-second.csv': [
    Buffer.from('amount,ordered_at,customer_id\n5.00,2025-01-05,a\n\x806,2025-01-05,b\n', 'latin1'),
    'wrong_encoding',
  ],
  'drop/orders/empty.csv': ['', 'empty_file'],
  'drop/orders/NUL.csv': [`${order('n')}\0`, 'nul_byte'],
  'drop/orders/quote.csv': [`${order('q')}2025-01-05,q2,"c`, 'unclosed_quote'],
  'drop/orders/gzip.csv.gz': ['no gzip', 'truncated_gzip'],
  'drop/orders/parquet.parquet': ['no Parquet', 'damaged_parquet'],
  'drop/orders/book.xlsx': ['PK', 'workbook'],
  'drop/order/a.csv': [order('f'), 'not_a_feed'],
} as const;

test('of odd files each is refused by its own rule, every good one is loaded, and the night published', async () => {
  const home = await makeHome();
  const good = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`drop/orders/good-${i}.csv`, order(`g${i}`)]),
  );
  await home.drop({
    ...good,
    'drop/orders/constructor.csv': order('p').replace('web', 'constructor'),
    'drop/orders/proto.csv': order('q').replace('web', '__proto__'),
    ...Object.fromEntries(Object.entries(refused).map(([key, [body]]) => [key, body])),
  });
  const orders = join(home.folder, 'drop/orders');
  await writeFile(join(orders, 'back\\slash.csv'), order('b'));
  await writeFile(Buffer.concat([Buffer.from(`${orders}/caf`), Buffer.from([0xe9])]), order('c'));
  await symlink('.', join(orders, 'own-folder'));
  await symlink('nowhere', join(orders, 'nothing.csv'));
  await symlink('itself.csv', join(orders, 'itself.csv'));
  execFileSync('mkfifo', [join(orders, 'pipe.csv')]);

  const loads = await home.ingest();
  const told = loads
    .filter(({ status }) => status === 'refused')
    .map(({ file, problems }) => [file, problems[0]?.rule]);
  expect(Object.fromEntries(told)).toEqual({
    ...Object.fromEntries(Object.entries(refused).map(([key, [, rule]]) => [key, rule])),
    'drop/orders/back\\slash.csv': 'unusable_name',
    'drop/orders/caf\ufffd': 'unusable_name',
    'drop/orders/own-folder': 'not_a_file',
    'drop/orders/nothing.csv': 'not_a_file',
    'drop/orders/itself.csv': 'not_a_file',
    'drop/orders/pipe.csv': 'not_a_file',
  });
  for (const { problems } of loads) {
    for (const { hint } of problems) expect(hint.length).toBeLessThanOrEqual(500);
  }
  expect(loadExitCode(loads)).toBe(2);
  await home.night({ asOf: '2025-01-31' });
  expect(await home.ask('select count(*) as orders from sales_order')).toEqual([{ orders: 12 }]);
}, 120_000);

test.each([1, 500, 1100])(
  'a member that no other object has refuses its record: line %i',
  async (stray) => {
    const home = await makeHome();
    await home.drop({
      'drop/orders/o.jsonl': lines(1200, (i) => object(i, i + 1 === stray ? { note: 'x' } : {})),
    });
    expect(await home.ingest()).toMatchObject([
      { accepted: 1199, problems: [{ recordNumber: stray, rule: 'unknown_field' }] },
    ]);
  },
);

test('a member that most objects have is a column that the feed lacks', async () => {
  const home = await makeHome();
  await home.drop({
    'drop/orders/o.jsonl': lines(9, (i) => object(i, i < 5 ? { note: 'x' } : {})),
  });
  expect(await home.ingest()).toMatchObject([
    { accepted: 0, problems: [{ rule: 'unknown_header' }] },
  ]);
});
