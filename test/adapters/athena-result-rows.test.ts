import { Readable } from 'node:stream';
import type { ColumnInfo } from '@aws-sdk/client-athena';
import { describe, expect, it } from 'vitest';
import { resultRows } from '../../lib/adapters/athena/result-rows.ts';
import { EngineError } from '../../lib/errors.ts';

function columns(types: Readonly<Record<string, string>>): ColumnInfo[] {
  return Object.entries(types).map(([Name, Type]) => ({ Name, Type }));
}

function rows(csv: string, types: Readonly<Record<string, string>>) {
  return Array.fromAsync(resultRows(Readable.from([Buffer.from(csv)]), columns(types)));
}

describe('resultRows()', () => {
  it('tells NULL from an empty text by the quotes', async () => {
    expect(
      await rows('"a","b","c"\n"","x",\n', { a: 'varchar', b: 'varchar', c: 'varchar' }),
    ).toEqual([{ a: '', b: 'x', c: null }]);
  });

  it('takes an empty line for a row of one NULL', async () => {
    expect(await rows('"a"\n"1"\n\n"2"\n', { a: 'bigint' })).toEqual([
      { a: 1 },
      { a: null },
      { a: 2 },
    ]);
  });

  it('keeps quotes, commas, line ends and texts of many scripts', async () => {
    const csv = '"a"\n"she said ""no, never"""\n"two\nlines\r\n"\n"Zoë 東京 🛒"\n';
    expect((await rows(csv, { a: 'varchar' })).map(({ a }) => a)).toEqual([
      'she said "no, never"',
      'two\nlines\r\n',
      'Zoë 東京 🛒',
    ]);
  });

  it('makes of each type what the port says', async () => {
    const csv = `"a","b","c","d","e","f","g"
"12345678901234567890.1234","-42","1.0E-7","2024-02-29","2024-02-29 23:59:59.9","true","false"
`;
    const types = {
      a: 'decimal',
      b: 'bigint',
      c: 'double',
      d: 'date',
      e: 'timestamp',
      f: 'boolean',
      g: 'boolean',
    };
    expect(await rows(csv, types)).toEqual([
      {
        a: '12345678901234567890.1234',
        b: -42,
        c: 1e-7,
        d: '2024-02-29',
        e: '2024-02-29 23:59:59.900',
        f: true,
        g: false,
      },
    ]);
  });

  it('gives no row for a result of names only', async () => {
    expect(await rows('"a"\n', { a: 'varchar' })).toEqual([]);
  });

  it('refuses integers beyond 2^53', async () => {
    await expect(rows('"a"\n"9007199254740993"\n', { a: 'bigint' })).rejects.toThrow(EngineError);
  });

  it('refuses types that no table has', async () => {
    await expect(rows('"a"\n"[1]"\n', { a: 'array' })).rejects.toThrow(/found array/);
  });
});
