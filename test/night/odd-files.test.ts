import { execFileSync } from 'node:child_process';
import { chmod, mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

const header = 'ordered_at,order_id,customer_id,channel,amount\n';

/** What becomes of each, by the key below `drop/`. */
const refused = {
  'loose.csv': [order('l'), 'not_a_feed'],
  'order/a.csv': [order('f'), 'not_a_feed'],
  'orders/till/lane/a.csv': [order('d'), 'not_a_feed'],
  'orders/ending': [order('e'), 'unknown_extension'],
  'orders/archive.zip': ['PK', 'unknown_extension'],
  'orders/book.xlsx': ['PK', 'workbook'],
  'orders/back\\slash.csv': [order('b'), 'unusable_name'],
  'orders/new\nline.csv': [order('n'), 'unusable_name'],
  'orders/empty.csv': ['', 'empty_file'],
  'orders/blank.csv': ['\n \n\t\n', 'empty_file'],
  'orders/empty.csv.gz': [gzipSync(''), 'empty_file'],
  'orders/NUL.csv': [`${order('n')}\0`, 'nul_byte'],
  'orders/UTF-16.csv': [Buffer.from(order('u'), 'utf16le'), 'nul_byte'],
  'orders/UTF-32.csv': [utf32(order('u')), 'nul_byte'],
  'orders/euro-first.csv': [
    Buffer.from('amount,ordered_at,customer_id\n\x805.00,2025-01-05,a\n', 'latin1'),
    'wrong_encoding',
  ],
  'orders/euro-second.csv': [
    Buffer.from('amount,ordered_at,customer_id\n5.00,2025-01-05,a\n\x806,2025-01-05,b\n', 'latin1'),
    'wrong_encoding',
  ],
  'orders/mark-cut-short.csv': [
    Buffer.from(`\ufeff${order('m')}`, 'utf16le').subarray(0, -1),
    'wrong_encoding',
  ],
  'orders/workbook.csv': [Buffer.from('PK\x03\x04workbook', 'latin1'), 'not_text'],
  'orders/compressed.csv': [gzipSync(order('c')), 'not_text'],
  'orders/twice.csv.gz': [gzipSync(gzipSync(order('t'))), 'not_text'],
  'orders/error-page.csv': ['<!DOCTYPE html>\n<title>502 Bad Gateway</title>\n', 'not_text'],
  'orders/no-gzip.csv.gz': ['no gzip', 'truncated_gzip'],
  'orders/cut.csv.gz': [gzipSync(order('z').repeat(500)).subarray(0, 60), 'truncated_gzip'],
  'orders/no-parquet.parquet': ['no Parquet', 'damaged_parquet'],
  'orders/unknown-columns.csv': [
    `ordered_at,customer_id,amount${columns(500, (i) => `x${i}`)}\n2025-01-05,a,1${columns(500, String)}\n`,
    'unknown_header',
  ],
  'orders/json.csv': [object(1), 'unknown_header'],
  'orders/repeated.csv': [
    `${header.replace('channel', 'amount')}2025-01-05,1,a,1,1\n`,
    'repeated_header',
  ],
  'orders/unnamed.csv': [`${header.replace('channel', '')}2025-01-05,1,a,,1\n`, 'unnamed_header'],
  'orders/no-date.csv': ['order_id,customer_id,amount\n1,a,1\n', 'missing_column'],
  'orders/open-quote.csv': [`${order('q')}2025-01-05,q2,"c`, 'unclosed_quote'],
  'orders/text-after-quote.csv': [`${header}2025-01-05,q2,"c"x,web,1\n`, 'misplaced_quote'],
  'orders/5-MB-a-field.csv': [
    `${header}2025-01-05,1,a,${'x'.repeat(5_000_000)},1\n`,
    'oversize_record',
  ],
  'orders/ragged.csv': [header + '2025-01-05,1\n'.repeat(200), 'too_many_refused'],
  'orders/array.jsonl': ['[{"ordered_at":"2025-01-05","amount":1}]', 'no_objects'],
  'orders/scalars.jsonl': ['1\n"a"\nnull\n', 'no_objects'],
  'orders/deep.jsonl': [`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}\n`, 'no_objects'],
  'customers/500-attributes.csv': [
    `customer_id${columns(500, (i) => `attr_c${i}`)}\n${lines(2000, (r) => `k${r}${columns(500, String)}\n`)}`,
    'too_heavy',
  ],
  'customers/16-kB-a-row.csv': [
    `customer_id,address\n${lines(2000, (r) => `k${r},${'n'.repeat(16_384)}\n`)}`,
    'too_heavy',
  ],
} as const satisfies Readonly<Record<string, readonly [content: string | Buffer, rule: string]>>;

/** Names that are odd and loaded all the same. */
const strange = [
  ' blank.csv',
  'UPPER.CSV',
  'two..dots.csv',
  '-rf.csv',
  '$(name).csv',
  "quote'.csv",
  'quote".csv',
  'star*.csv',
  'question?.csv',
  'br[a]cket.csv',
  '100%.csv',
  'load=a.csv',
  'se;mi.csv',
  'ünï.csv',
  '名前.csv',
  '😀.csv',
  `${'long'.repeat(62)}.csv`,
  'constructor.csv',
  '__proto__.csv',
  'channel.csv.csv',
];

function utf32(text: string): Buffer {
  return Buffer.from([...`\ufeff${text}`].join('\0'), 'utf16le');
}

/** What cannot be written through the store, and the rule of each. */
async function dropOddEntries(orders: string): Promise<Record<string, string>> {
  await mkdir(join(orders, 'folder.csv'));
  await mkdir(join(orders, 'closed'));
  await chmod(join(orders, 'closed'), 0);
  await mkdir(join(orders, 'no-way-in/below'), { recursive: true });
  await chmod(join(orders, 'no-way-in'), 0o444);
  await writeFile(join(orders, 'denied.csv'), order('d'), { mode: 0 });
  await writeFile(Buffer.concat([Buffer.from(`${orders}/caf`), Buffer.from([0xe9])]), order('c'));
  await symlink('.', join(orders, 'own-folder'));
  await symlink('nowhere', join(orders, 'nothing.csv'));
  await symlink('itself.csv', join(orders, 'itself.csv'));
  await symlink('/dev/zero', join(orders, 'device.csv'));
  execFileSync('mkfifo', [join(orders, 'pipe.csv')]);
  return {
    'orders/folder.csv': 'not_a_file',
    'orders/closed': 'no_access',
    'orders/no-way-in/below': 'no_access',
    'orders/denied.csv': 'no_access',
    'orders/caf\ufffd': 'unusable_name',
    'orders/own-folder': 'not_a_file',
    'orders/nothing.csv': 'not_a_file',
    'orders/itself.csv': 'not_a_file',
    'orders/device.csv': 'not_a_file',
    'orders/pipe.csv': 'not_a_file',
  };
}

/** The rights on files bind everybody but root. */
async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await work();
  const nobody = 65_534;
  execFileSync('chown', ['-Rh', String(nobody), folder]);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('of 48 odd files each is refused by its own rule, 40 good ones are loaded, and the night published', async () => {
  const home = await makeHome();
  const good = Object.fromEntries(
    Array.from({ length: 18 }, (_, i) => [`drop/orders/good-${i}.csv`, order(`g${i}`)]),
  );
  await home.drop({
    ...good,
    'drop/orders/gz.csv.gz': gzipSync(order('gz')),
    'drop/orders/o.jsonl': object(1),
  });
  const drop = join(home.folder, 'drop');
  for (const [i, name] of strange.entries()) {
    const channel = i % 2 === 0 ? 'constructor' : '__proto__';
    await writeFile(join(drop, 'orders', name), order(`s${i}`).replace('web', channel));
  }
  for (const [key, [content]] of Object.entries(refused)) {
    await mkdir(dirname(join(drop, key)), { recursive: true });
    await writeFile(join(drop, key), content);
  }
  const expected: Record<string, string> = {
    ...Object.fromEntries(Object.entries(refused).map(([key, [, rule]]) => [key, rule])),
    ...(await dropOddEntries(join(drop, 'orders'))),
  };

  const loads = await asNobody(home.folder, () => home.ingest());
  const told = loads
    .filter(({ status }) => status === 'refused')
    .map(({ file, problems }) => [file.slice('drop/'.length), problems[0]?.rule]);
  expect(Object.fromEntries(told)).toEqual(expected);
  expect(told).toHaveLength(48);
  for (const { hint } of loads.flatMap(({ problems }) => problems)) {
    expect(hint.length).toBeLessThanOrEqual(500);
  }
  expect(loads.filter(({ status }) => status === 'loaded')).toHaveLength(40);
  expect(loadExitCode(loads)).toBe(2);
  await home.night({ asOf: '2025-01-31' });
  expect(await home.ask('select count(*) as orders from sales_order')).toEqual([{ orders: 40 }]);
}, 120_000);

test('a file of a year that tables cannot hold is refused by itself', async () => {
  const home = await makeHome();
  await home.drop({ 'drop/orders/a.csv': order('a'), 'drop/orders/b.csv': order('b') });
  await utimes(join(home.folder, 'drop/orders/a.csv'), 253_402_300_900, 253_402_300_900);
  const loads = await home.ingest();
  const { mtime } = await stat(join(home.folder, 'drop/orders/a.csv'));
  // Where the file system holds such a year at all.
  const rules = mtime.getUTCFullYear() > 9999 ? ['unusable_time'] : [];
  expect(loads.flatMap(({ problems }) => problems.map(({ rule }) => rule))).toEqual(rules);
});

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
