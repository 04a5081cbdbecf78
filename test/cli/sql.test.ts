import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { clientele, environment, main, makeFolder, makeHome, twoOrders } from './home.ts';

const folder = makeFolder();
let home: string;

beforeAll(() => {
  home = makeHome(folder, 'home', { 'drop/orders/orders.csv': twoOrders });
  expect(clientele(folder, 'run', '--home', home, '--as-of', '2025-01-31').status).toBe(0);
});

function ask(select: string, format: string): string {
  const asked = clientele(folder, 'sql', '--home', home, select, '--format', format);
  expect(asked.stderr).toBe('');
  expect(asked.status).toBe(0);
  return asked.stdout;
}

describe('sql', () => {
  test('keeps columns of equal names', () => {
    const select = 'select 1 as a, 2 as a, 3 as a_2, 4 as a';
    expect(ask(select, 'csv')).toBe('a,a,a_2,a\n1,2,3,4\n');
    expect(ask(select, 'table')).toBe('a  a  a_2  a\n-  -  ---  -\n1  2    3  4\n');
    expect(JSON.parse(ask(select, 'json'))).toEqual([{ a: 1, a_3: 2, a_2: 3, a_4: 4 }]);
  });

  test('prints lists, structs and maps: JSON as such, else as the text of it', () => {
    const select = `select [1, null] as list, {'on': date '2025-01-05', 'sums': [1.50]} as struct,
      map {'web': true} as map`;
    const struct = { on: '2025-01-05', sums: ['1.50'] };
    expect(JSON.parse(ask(select, 'json'))).toEqual([
      { list: [1, null], struct, map: { web: true } },
    ]);
    expect(ask(select, 'csv')).toBe(
      'list,struct,map\n"[1,null]","{""on"":""2025-01-05"",""sums"":[""1.50""]}","{""web"":true}"\n',
    );
    expect(ask(select, 'table')).toContain(
      '[1,null]  {"on":"2025-01-05","sums":["1.50"]}  {"web":true}',
    );
  });

  test('refuses a struct without names, of which it would lose a field', () => {
    const asked = clientele(folder, 'sql', '--home', home, 'select row(1, 2) as pair');
    expect(asked.stderr).toContain('its fields must have names');
    expect(asked).toMatchObject({ status: 3, stdout: '' });
  });

  test('keeps every digit of integers beyond 2^53, and what is no number', () => {
    const select = `select 9007199254740993::hugeint as big, 'nan'::double as odd, 7::hugeint as small`;
    expect(JSON.parse(ask(select, 'json'))).toEqual([
      { big: '9007199254740993', odd: 'NaN', small: 7 },
    ]);
    expect(ask(select, 'csv')).toBe('big,odd,small\n9007199254740993,NaN,7\n');
  });

  test.each([
    ['csv', 'a,b\n'],
    ['json', '[]\n'],
    ['table', 'no rows\n'],
  ])('prints no rows as %s', (format, printed) => {
    expect(ask('select 1 as a, 2 as b where false', format)).toBe(printed);
  });

  test('aligns a table by its first rows, and cuts off nothing of a later one', () => {
    const select = `select case when range = 4999 then 'longer' else 'a' end as t, range as n
      from range(5000) order by n`;
    const lines = ask(select, 'table').split('\n');
    expect(lines.slice(0, 3)).toEqual(['t     n', '-  ----', 'a     0']);
    expect(lines.slice(-2)).toEqual(['longer  4999', '']);
    expect(lines).toHaveLength(2 + 5000 + 1);
  });

  test.each([
    ['table', 2_000_002, '1999999  row 1999999'],
    ['csv', 2_000_001, '1999999,row 1999999'],
    ['json', 2_000_002, ']'],
  ])(
    'prints two million rows as %s with a heap that would not hold them',
    async (format, lines, last) => {
      const select = "select range as n, 'row ' || range as t from range(2000000)";
      const asked = spawn(
        process.execPath,
        ['--max-old-space-size=128', main, 'sql', '--home', home, select, '--format', format],
        { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const ended = new Promise<number | null>((resolve) => asked.once('close', resolve));
      const complaint = text(asked.stderr);
      let found = 0;
      let end = '';
      for await (const chunk of asked.stdout.setEncoding('utf8')) {
        found += (chunk as string).split('\n').length - 1;
        end = (end + chunk).slice(-40);
      }
      expect(await complaint).toBe('');
      expect(await ended).toBe(0);
      expect(found).toBe(lines);
      expect(end.trimEnd().split('\n').at(-1)).toBe(last);
    },
    300_000,
  );
});

describe('a reader that goes away after a line', () => {
  /** Exit code and complaints of a command whose output is read up to its first line. */
  function readALine(name: string, args: readonly string[], redirected: string) {
    const [status, complaints] = ['status', 'complaints'].map((file) => join(folder, name + file));
    const { stdout } = spawnSync(
      'sh',
      [
        '-c',
        `{ "$@" ${redirected}; echo $? > "$STATUS"; } | head -n 1`,
        ...['sh', process.execPath, main, ...args],
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...environment, STATUS: status, COMPLAINTS: complaints },
      },
    );
    const read = (file: string | undefined) => readFileSync(file as string, 'utf8').trim();
    return { stdout, status: read(status), complaints: () => read(complaints) };
  }

  test.each(['table', 'csv', 'json'])(
    'ends sql quietly, as %s',
    (format) => {
      const select = 'select range as n from range(2000000)';
      const asked = readALine(
        `sql-${format}`,
        ['sql', '--home', home, select, '--format', format],
        '2> "$COMPLAINTS"',
      );
      expect(asked.stdout).toMatch(/^(n|\s+n|\[)\n$/);
      expect(asked.complaints()).toBe('');
      expect(asked.status).toBe('0');
    },
    60_000,
  );

  test('does not end the night: it publishes', () => {
    const other = makeHome(folder, 'other', { 'drop/orders/orders.csv': twoOrders });
    const run = readALine('run', ['run', '--home', other, '--as-of', '2025-01-31'], '2>&1');
    expect(run.stdout).toMatch(/^\S.*\n$/);
    expect(run.status).toBe('0');
    const asked = clientele(folder, 'sql', '--home', other, '--json', 'select run_id from run');
    expect(JSON.parse(asked.stdout)).toEqual([{ run_id: '2025-01-31-1' }]);
  }, 60_000);
});
