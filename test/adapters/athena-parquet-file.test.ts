import { describe, expect, it } from 'vitest';
import { parquetFile } from '../../lib/adapters/athena/parquet-file.ts';
import { EngineError } from '../../lib/errors.ts';
import type { Row, Value } from '../../lib/ports/query-engine.ts';
import {
  count,
  day,
  flag,
  instant,
  money,
  moneySum,
  real,
  runTable,
  text,
} from '../../lib/tables/contract.ts';
import { parquetTypes, rowsInFileOrder } from '../contracts/parquet.ts';

const nullable = { nullable: true };
const thing = runTable({
  name: 'thing',
  grain: 'thing',
  key: ['name'],
  promise: 'pure',
  columns: {
    name: text('Its name.'),
    amount: money('What it costs.', nullable),
    earned: moneySum('What all of them brought.', nullable),
    sold: count('things', 'How many were sold.', nullable),
    chance: real('share 0-1', 'How likely.', nullable),
    made_on: day('When it was made.', nullable),
    sold_at: instant('When it was sold.', nullable),
    is_sold: flag('Whether it was sold.', nullable),
  },
});

describe('parquetFile()', () => {
  it('has the types of the contract and no column of the partition', async () => {
    expect(await parquetTypes(parquetFile(thing, [{ name: 'a' }]))).toEqual({
      name: 'VARCHAR',
      amount: 'DECIMAL(18,4)',
      earned: 'DECIMAL(38,4)',
      sold: 'BIGINT',
      chance: 'DOUBLE',
      made_on: 'DATE',
      sold_at: 'TIMESTAMP',
      is_sold: 'BOOLEAN',
    });
  });

  it('writes rows in key order, text by bytes', async () => {
    const names = ['z', '\u{1f6d2}', '\uffee', 'é', 'A', 'a', ''];
    const written = await rowsInFileOrder(
      parquetFile(
        thing,
        names.map((name) => ({ name })),
      ),
    );
    expect(written.map(({ name }) => name)).toEqual([
      '',
      'A',
      'a',
      'z',
      'é',
      '\uffee',
      '\u{1f6d2}',
    ]);
  });

  it.each<[Value, string]>([
    [1.00005, '1.0001'],
    [-1.00005, '-1.0001'],
    ['2.00004', '2.0000'],
    [1e-7, '0.0000'],
    [99999999999999.5, '99999999999999.5000'],
  ])('rounds %j half away from zero to four decimals, as a cast does', async (amount, expected) => {
    const [row] = await rowsInFileOrder(parquetFile(thing, [{ name: 'a', amount }]));
    expect(row?.amount).toBe(expected);
  });

  it.each<[Value, string]>([
    [-1.00005, '-1.0001'],
    ['100000000000000', '100000000000000.0000'],
    ['1234567890123456789012345678901234.5678', '1234567890123456789012345678901234.5678'],
    ['-1234567890123456789012345678901234.5678', '-1234567890123456789012345678901234.5678'],
  ])('keeps every digit of a sum: %j', async (earned, expected) => {
    const [row] = await rowsInFileOrder(parquetFile(thing, [{ name: 'a', earned }]));
    expect(row?.earned).toBe(expected);
  });

  it.each<[string, Row]>([
    ['a sum that is too large', { earned: '10000000000000000000000000000000000' }],
    ['an amount that is too large', { amount: '100000000000000' }],
    ['an amount that is none', { amount: 'twelve' }],
    ['a number so large that it has an exponent', { amount: 1e21 }],
    ['half a thing', { sold: 1.5 }],
    ['a count beyond 2^53', { sold: 2 ** 53 }],
    ['no number', { chance: Number.NaN }],
    ['a day that is none', { made_on: '2024-13-01' }],
    ['a day with a time', { made_on: '2024-02-29 10:00:00' }],
    ['an instant without a time', { sold_at: '2024-02-29' }],
    ['a flag in words', { is_sold: 'yes' }],
  ])('refuses %s, and says nothing of the value', (_, row) => {
    const write = () => parquetFile(thing, [{ name: 'a', ...row }]);
    expect(write).toThrow(EngineError);
    expect(write).toThrow(
      /^Cannot write column \w+: a value of type [a-z0-9(),]+ is required: found \w+\.$/,
    );
  });
});
