import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../lib/errors.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { QueryEngine, Row, Run, SealedTable } from '../../lib/ports/query-engine.ts';
import {
  count,
  day,
  flag,
  instant,
  logTable,
  money,
  real,
  runTable,
  type TableContract,
  text,
} from '../../lib/tables/contract.ts';
import { parquetOf, rowsInFileOrder } from './parquet.ts';

/** An engine and the objects it works on. */
export interface Lake {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const everyType = runTable({
  name: 'every_type',
  grain: 'thing',
  key: ['thing_id'],
  promise: 'pure',
  columns: {
    thing_id: text('What it is called.'),
    amount: money('What it costs.', { nullable: true }),
    count_sold: count('things', 'How many were sold.', { nullable: true }),
    probability: real('share 0-1', 'How likely it is sold.', { nullable: true }),
    made_on: day('When it was made.', { nullable: true }),
    sold_at: instant('When it was sold.', { nullable: true }),
    is_sold: flag('Whether it was sold.', { nullable: true }),
    note: text('What there is to say.', { nullable: true }),
  },
});

/** Its name begins with another table's. */
const everyTypeLine = runTable({
  name: 'every_type_line',
  grain: 'thing, line',
  key: ['thing_id', 'line_number'],
  promise: 'pure',
  columns: {
    thing_id: text('The thing.'),
    line_number: count('lines', 'The number of the line.'),
    written_on: day('When it was written.', { nullable: true }),
  },
});

const acceptedThings = logTable({
  name: 'accepted_things',
  folder: 'accepted/things',
  grain: 'row of a load',
  key: ['load_id', 'thing_id'],
  promise: 'bookkeeping',
  columns: {
    thing_id: text('The thing.'),
    amount: money('What it costs.', { nullable: true }),
    load_id: text('The load it came with.'),
    colour: text('Its colour, told by newer loads only.', { nullable: true }),
  },
});

/** `rates` has a column `on`, and so may others. */
const wordsOfSql = runTable({
  name: 'words_of_sql',
  grain: 'group, order',
  key: ['group', 'order'],
  promise: 'pure',
  columns: {
    group: text('A word.'),
    order: count('words', 'Another.'),
    on: day('And another.', { nullable: true }),
    window: text('And another.', { nullable: true }),
  },
});

const tables = [everyType, everyTypeLine, acceptedThings];

const run: Run = { snapshotOn: '2024-02-29', runId: '2024-02-29-1' };
const laterRun: Run = { snapshotOn: '2024-03-01', runId: '2024-03-01-1' };

/** Values that are easily bent on their way, as the port shows them. */
const awkwardRows = [
  {
    thing_id: 'a',
    amount: '99999999999999.9999',
    count_sold: Number.MAX_SAFE_INTEGER,
    probability: 0.1 + 0.2,
    made_on: '2024-02-29',
    sold_at: '2024-03-31 02:30:00.123',
    is_sold: true,
    note: 'Zoë, 東京 🛒 "quoted" \'single\' \\ back, tab\t, line\nend',
  },
  {
    thing_id: 'b',
    amount: '-0.0001',
    count_sold: -Number.MAX_SAFE_INTEGER,
    probability: -1.7976931348623157e308,
    made_on: '1899-12-31',
    sold_at: '1969-12-31 23:59:59.999',
    is_sold: false,
    note: '',
  },
  {
    thing_id: 'c',
    amount: null,
    count_sold: null,
    probability: null,
    made_on: null,
    sold_at: null,
    is_sold: null,
    note: null,
  },
  {
    thing_id: 'd',
    amount: '0.1000',
    count_sold: 0,
    probability: 5e-324,
    made_on: '2100-12-31',
    sold_at: '2000-01-01 00:00:00.000',
    is_sold: true,
    note: 'x'.repeat(70_000),
  },
] as const satisfies readonly Row[];

/** Three lines, out of order. */
const source = `
  select 'b' as thing_id, 2 as line_number union all
  select 'a', 2 union all
  select 'a', 1`;
const lines = `select date '2024-01-01' as written_on, thing_id, line_number from (${source}) as t`;

/** What every QueryEngine must do. `open` gives an engine over a lake that holds nothing yet. */
export function queryEngineContract(
  name: string,
  open: (tables: readonly TableContract[]) => Promise<Lake>,
): void {
  let lake: Lake;
  let engine: QueryEngine;

  /** The rows of a table of one run, in key order. */
  async function rowsOf(table: TableContract, of: Run = run): Promise<readonly Row[]> {
    return await engine.read(
      `select ${names(Object.keys(table.columns))} from ${table.name} where snapshot_on = date '${of.snapshotOn}' and run_id = '${of.runId}' order by ${names(table.key)}`,
    );
  }

  async function keys(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of lake.store.list(prefix)) found.push(key);
    return found;
  }

  async function expectSealed(sealed: SealedTable, of: Run): Promise<void> {
    const folder = `tables/${sealed.table}/snapshot_on=${of.snapshotOn}/run_id=${of.runId}/`;
    expect(sealed.files.map((file) => file.key).sort()).toEqual(await keys(folder));
    for (const file of sealed.files) {
      const body = (await lake.store.get(file.key))?.body as Buffer;
      expect(file.bytes).toBe(body.length);
      expect(file.sha256).toBe(createHash('sha256').update(body).digest('hex'));
    }
  }

  describe(`${name} as a QueryEngine`, () => {
    beforeEach(async () => {
      lake = await open(tables);
      engine = lake.engine;
    });

    afterEach(async () => {
      await lake?.close();
    });

    describe('read()', () => {
      it('gives every type as the port defines it', async () => {
        const rows = await engine.read(`
          select
              cast('Zoë 🛒' as varchar) as a_text,
              cast('-12.5' as decimal(18,4)) as an_amount,
              cast('12345678901234567890123456789.1234' as decimal(38,4)) as a_sum,
              cast(42 as bigint) as a_count,
              7 as a_small_count,
              cast(0.1 as double) as a_double,
              date '2024-02-29' as a_day,
              cast('2024-02-29 23:59:59.999' as timestamp(3)) as an_instant,
              true as yes,
              1 = 2 as no`);
        expect(rows).toEqual([
          {
            a_text: 'Zoë 🛒',
            an_amount: '-12.5000',
            a_sum: '12345678901234567890123456789.1234',
            a_count: 42,
            a_small_count: 7,
            a_double: 0.1,
            a_day: '2024-02-29',
            an_instant: '2024-02-29 23:59:59.999',
            yes: true,
            no: false,
          },
        ]);
      });

      it('gives NULL of every type as null', async () => {
        const rows = await engine.read(`
          select
              cast(null as varchar) as a_text,
              cast(null as decimal(18,4)) as an_amount,
              cast(null as bigint) as a_count,
              cast(null as double) as a_double,
              cast(null as date) as a_day,
              cast(null as timestamp(3)) as an_instant,
              cast(null as boolean) as a_flag`);
        expect(Object.values(rows[0] as Row)).toEqual(Array(7).fill(null));
      });

      it('gives rows in the order of the text, and columns too', async () => {
        const rows = await engine.read(
          'select n as second_column, -n as first_column from (values (2), (3), (1)) as t(n) order by n desc',
        );
        expect(rows.map((row) => row.second_column)).toEqual([3, 2, 1]);
        expect(Object.keys(rows[0] as Row)).toEqual(['second_column', 'first_column']);
      });

      it('gives all rows of a long result', async () => {
        const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
        const rows = await engine.read(
          `select a.n + 10 * b.n + 100 * c.n + 1000 * d.n as n
           from ${digits} as a(n) cross join ${digits} as b(n) cross join ${digits} as c(n)
           cross join ${digits} as d(n) order by 1`,
        );
        expect(rows.map((row) => row.n)).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
      });

      it('gives no row where there is none', async () => {
        expect(await engine.read('select 1 as n where 1 = 2')).toEqual([]);
      });

      it.each(['9007199254740992', '9007199254740993', '-9007199254740993'])(
        'refuses %s, which a number of JavaScript does not hold',
        async (big) => {
          await expect(engine.read(`select cast('${big}' as bigint) as big`)).rejects.toThrow(
            EngineError,
          );
        },
      );

      it('reads sums of integers as numbers', async () => {
        const rows = await engine.read(
          'select cast(sum(n) as bigint) as total, count(*) as rows_read from (values (cast(1 as bigint)), (2), (null)) as t(n)',
        );
        expect(rows).toEqual([{ total: 3, rows_read: 3 }]);
      });

      it('compares text by bytes, accents and case apart', async () => {
        const rows = await engine.read(
          "select s from (values ('é'), ('a'), ('Z'), ('z'), ('A'), ('🛒'), ('')) as t(s) order by s",
        );
        expect(rows.map((row) => row.s)).toEqual(['', 'A', 'Z', 'a', 'z', 'é', '🛒']);
      });

      it('reads a table that was never written as empty, whatever its storage', async () => {
        for (const table of tables) {
          expect(await engine.read(`select * from ${table.name}`)).toEqual([]);
        }
      });

      it('answers many questions at once', async () => {
        await engine.writeRows(everyType, run, awkwardRows);
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, i) =>
            engine.read(`select count(*) + ${i} as n from every_type`),
          ),
        );
        expect(answers.map(([row]) => row?.n)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
      });
    });

    describe('errors', () => {
      it.each([
        ['no SQL', 'select from where'],
        ['an unknown table', 'select a from no_such_table'],
        ['an unknown column', 'select no_such_column from every_type'],
        ['an unknown function', 'select no_such_function(1)'],
        ['wrong types', "select date '2024-01-01' + true"],
      ])('%s is an EngineError', async (_, sql) => {
        await expect(engine.read(sql)).rejects.toThrow(EngineError);
        await expect(engine.write(everyType, run, sql)).rejects.toThrow(EngineError);
      });

      it('name the column that is not known', async () => {
        await expect(engine.read('select no_such_column from every_type')).rejects.toThrow(
          /no_such_column/,
        );
      });

      it.each([
        ['cast to a number', 'cast(note as bigint)'],
        ['cast to a day', 'cast(note as date)'],
        ['cast to money', 'cast(note as decimal(18,4))'],
        ['cast to a flag', 'cast(note as boolean)'],
        ['cast to an instant', 'cast(note as timestamp(3))'],
      ])('hold nothing of the rows: a failed %s', async (_, expression) => {
        await engine.writeRows(everyType, run, [{ thing_id: 'a', note: 'zoe@example.com' }]);
        const attempts = [
          () => engine.read(`select ${expression} as x from every_type`),
          () =>
            engine.write(
              everyTypeLine,
              laterRun,
              `select cast(${expression} as varchar) as thing_id, 1 as line_number, null as written_on from every_type`,
            ),
        ];
        for (const attempt of attempts) {
          const error = await attempt().then(
            () => null,
            (found: unknown) => found,
          );
          expect(error).toBeInstanceOf(EngineError);
          expect(String(error)).not.toContain('zoe');
        }
      });

      it('leave nothing of the write that failed', async () => {
        await expect(
          engine.write(
            everyTypeLine,
            run,
            `select thing_id, cast(thing_id as bigint) as line_number, date '2024-01-01' as written_on
             from (values ('1'), ('2'), ('three')) as t(thing_id)`,
          ),
        ).rejects.toThrow(EngineError);
        expect(await keys('tables/every_type_line/')).toEqual([]);
        expect(await rowsOf(everyTypeLine)).toEqual([]);
      });

      it('let the engine work on', async () => {
        await expect(engine.read('select from')).rejects.toThrow(EngineError);
        expect(await engine.read('select 1 as n')).toEqual([{ n: 1 }]);
      });
    });

    describe('write()', () => {
      it('takes columns by name, whatever their order, and says how many rows it wrote', async () => {
        const sealed = await engine.write(everyTypeLine, run, lines);
        expect(sealed).toMatchObject({ table: 'every_type_line', rows: 3 });
        expect(await rowsOf(everyTypeLine)).toEqual([
          { thing_id: 'a', line_number: 1, written_on: '2024-01-01' },
          { thing_id: 'a', line_number: 2, written_on: '2024-01-01' },
          { thing_id: 'b', line_number: 2, written_on: '2024-01-01' },
        ]);
      });

      it('seals exactly the files that lie in the folder of the run', async () => {
        const sealed = await engine.write(everyTypeLine, run, lines);
        expect(sealed.files.length).toBeGreaterThan(0);
        await expectSealed(sealed, run);
      });

      it('writes the rows of a file in key order', async () => {
        const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
        const { rows, files } = await engine.write(
          everyTypeLine,
          run,
          `select 'thing' as thing_id, 10000 - (a.n + 10 * b.n + 100 * c.n + 1000 * d.n) as line_number,
                  date '2024-01-01' as written_on
           from ${digits} as a(n) cross join ${digits} as b(n) cross join ${digits} as c(n)
           cross join ${digits} as d(n)`,
        );
        expect(rows).toBe(10_000);
        for (const { key } of files) {
          const body = (await lake.store.get(key))?.body as Buffer;
          const inFile = (await rowsInFileOrder(body)).map((row) => Number(row.line_number));
          expect(inFile).toEqual(inFile.toSorted((x, y) => x - y));
        }
      });

      it('keeps the columns of the partition out of the files', async () => {
        const { files } = await engine.write(everyTypeLine, run, lines);
        for (const { key } of files) {
          const body = (await lake.store.get(key))?.body as Buffer;
          const [first] = await rowsInFileOrder(body);
          expect(Object.keys(first ?? {})).toEqual(['thing_id', 'line_number', 'written_on']);
        }
      });

      it('casts to the types of the contract', async () => {
        await engine.write(
          everyType,
          run,
          `select
              'a' as thing_id,
              12.5 as amount,
              sum(n) as count_sold,
              1 as probability,
              cast('2024-02-29' as varchar) as made_on,
              date '2024-02-29' as sold_at,
              1 = 1 as is_sold,
              null as note
           from (values (cast(40 as bigint)), (2)) as t(n)`,
        );
        expect(await rowsOf(everyType)).toEqual([
          {
            thing_id: 'a',
            amount: '12.5000',
            count_sold: 42,
            probability: 1,
            made_on: '2024-02-29',
            sold_at: '2024-02-29 00:00:00.000',
            is_sold: true,
            note: null,
          },
        ]);
      });

      it('shows the run as a day and a text', async () => {
        await engine.write(everyTypeLine, run, lines);
        const rows = await engine.read(
          `select snapshot_on, run_id, snapshot_on = date '2024-02-29' as is_a_day, run_id || '!' as is_a_text
           from every_type_line where thing_id = 'b'`,
        );
        expect(rows).toEqual([
          {
            snapshot_on: '2024-02-29',
            run_id: '2024-02-29-1',
            is_a_day: true,
            is_a_text: '2024-02-29-1!',
          },
        ]);
      });

      it('replaces what the same run wrote before, and nothing of another run', async () => {
        await engine.write(everyTypeLine, run, lines);
        await engine.write(everyTypeLine, laterRun, lines);
        const sealed = await engine.write(everyTypeLine, run, `${lines} where thing_id = 'b'`);
        expect(sealed.rows).toBe(1);
        await expectSealed(sealed, run);
        expect(await rowsOf(everyTypeLine)).toEqual([
          { thing_id: 'b', line_number: 2, written_on: '2024-01-01' },
        ]);
        expect(await rowsOf(everyTypeLine, laterRun)).toHaveLength(3);
      });

      it('keeps two attempts of a day apart', async () => {
        const second = { snapshotOn: run.snapshotOn, runId: '2024-02-29-2' };
        await engine.write(everyTypeLine, run, lines);
        await engine.write(everyTypeLine, second, `${lines} where thing_id = 'b'`);
        expect(await rowsOf(everyTypeLine)).toHaveLength(3);
        expect(await rowsOf(everyTypeLine, second)).toHaveLength(1);
      });

      it('writes no rows as an empty table, also over rows', async () => {
        await engine.write(everyTypeLine, run, lines);
        const sealed = await engine.write(everyTypeLine, run, `${lines} where 1 = 2`);
        expect(sealed.rows).toBe(0);
        await expectSealed(sealed, run);
        expect(await rowsOf(everyTypeLine)).toEqual([]);
        expect(await engine.read('select * from every_type_line')).toEqual([]);
      });

      it('reads other tables and earlier runs of its own', async () => {
        await engine.writeRows(everyType, run, awkwardRows);
        await engine.write(everyType, laterRun, everyRowOf(everyType, run));
        expect(await rowsOf(everyType, laterRun)).toEqual(awkwardRows);
      });

      it('refuses a SELECT that lacks a column of the contract', async () => {
        await expect(
          engine.write(everyTypeLine, run, "select 'a' as thing_id, 1 as line_number"),
        ).rejects.toThrow(EngineError);
      });

      it('refuses a SELECT that makes a column which the contract lacks', async () => {
        const attempt = engine.write(
          everyTypeLine,
          run,
          `select t.*, 1 as extra from (${lines}) as t`,
        );
        await expect(attempt).rejects.toThrow(EngineError);
        expect(await keys('tables/every_type_line/')).toEqual([]);
      });

      it('refuses an amount that is too large for its type, and does not cut it', async () => {
        await expect(
          engine.writeRows(everyType, run, [{ thing_id: 'a', amount: '100000000000000.0000' }]),
        ).rejects.toThrow(EngineError);
      });

      it('writes several tables at once', async () => {
        await engine.writeRows(everyType, run, awkwardRows);
        const later = Array.from({ length: 4 }, (_, i) => ({
          snapshotOn: `2024-04-0${i + 1}`,
          runId: `run-${i}`,
        }));
        const sealed = await Promise.all([
          ...later.map((one) => engine.write(everyType, one, everyRowOf(everyType, run))),
          ...later.map((one) => engine.write(everyTypeLine, one, lines)),
        ]);
        expect(sealed.map(({ rows }) => rows)).toEqual([4, 4, 4, 4, 3, 3, 3, 3]);
        for (const one of later) {
          expect(await rowsOf(everyType, one)).toEqual(awkwardRows);
          expect(await rowsOf(everyTypeLine, one)).toHaveLength(3);
        }
      });
    });

    describe('columns named by words of SQL', () => {
      it('are written, read and shown by the views like others', async () => {
        await lake.close();
        lake = await open([wordsOfSql]);
        const rows = [{ group: 'a', order: 1, on: '2024-01-01', window: 'w' }];
        await lake.engine.writeRows(wordsOfSql, run, rows);
        await lake.engine.write(wordsOfSql, laterRun, everyRowOf(wordsOfSql, run));
        await lake.engine.replaceViews([laterRun]);
        const columns = names(Object.keys(wordsOfSql.columns));
        expect(await lake.engine.read(`select ${columns} from words_of_sql_current`)).toEqual(rows);
      });
    });

    describe('writeRows()', () => {
      it('gives back every awkward value as it was', async () => {
        const sealed = await engine.writeRows(everyType, run, awkwardRows.toReversed());
        expect(sealed).toMatchObject({ table: 'every_type', rows: awkwardRows.length });
        await expectSealed(sealed, run);
        expect(await rowsOf(everyType)).toEqual(awkwardRows);
      });

      it('writes the rows of a file in key order', async () => {
        const { files } = await engine.writeRows(everyType, run, awkwardRows.toReversed());
        for (const { key } of files) {
          const body = (await lake.store.get(key))?.body as Buffer;
          const inFile = (await rowsInFileOrder(body)).map((row) => row.thing_id);
          expect(inFile).toEqual(inFile.toSorted());
        }
      });

      it('takes numbers for exact decimals', async () => {
        await engine.writeRows(everyType, run, [
          { thing_id: 'a', amount: 12.5 },
          { thing_id: 'b', amount: 1e-7 },
          { thing_id: 'c', amount: -3 },
        ]);
        expect((await rowsOf(everyType)).map((row) => row.amount)).toEqual([
          '12.5000',
          '0.0000',
          '-3.0000',
        ]);
      });

      it('refuses a row with a column which the contract lacks, and names it', async () => {
        const row = { thing_id: 'a', line_number: 1, written_on: null, extra: 'zoe@example.com' };
        const attempt = engine.writeRows(everyTypeLine, run, [
          { thing_id: 'b', line_number: 2 },
          row,
        ]);
        await expect(attempt).rejects.toThrow(
          new EngineError(
            'Cannot write table every_type_line: every column must be in its contract: found extra.',
          ),
        );
        expect(await keys('tables/every_type_line/')).toEqual([]);
      });

      it('takes a missing column as NULL', async () => {
        await engine.writeRows(everyType, run, [{ thing_id: 'a' }, { note: 'b', thing_id: 'b' }]);
        expect(await rowsOf(everyType)).toMatchObject([
          { thing_id: 'a', amount: null, sold_at: null, note: null },
          { thing_id: 'b', amount: null, sold_at: null, note: 'b' },
        ]);
      });

      it('writes no rows as an empty table, and replaces what was there', async () => {
        await engine.writeRows(everyType, run, awkwardRows);
        const sealed = await engine.writeRows(everyType, run, []);
        expect(sealed.rows).toBe(0);
        await expectSealed(sealed, run);
        expect(await rowsOf(everyType)).toEqual([]);
      });

      it('writes rows that a SELECT then computes with', async () => {
        await engine.writeRows(everyType, run, awkwardRows);
        const rows = await engine.read(
          'select count(*) as n, sum(amount) as amount, min(made_on) as first_on, count(note) as notes from every_type',
        );
        expect(rows).toEqual([
          { n: 4, amount: '100000000000000.0998', first_on: '1899-12-31', notes: 3 },
        ]);
      });
    });

    describe('log tables', () => {
      const folder = acceptedThings.storage.folder;

      it('show the rows of every load', async () => {
        for (const load of ['1', '2']) {
          await lake.store.put(
            `${folder}/load=${load}/part.parquet`,
            await parquetOf(
              `select 'thing' as thing_id, cast(1.5 as decimal(18,4)) as amount, '${load}' as load_id, 'red' as colour`,
            ),
          );
        }
        expect(await engine.read('select * from accepted_things order by load_id')).toEqual([
          { thing_id: 'thing', amount: '1.5000', load_id: '1', colour: 'red' },
          { thing_id: 'thing', amount: '1.5000', load_id: '2', colour: 'red' },
        ]);
      });

      it('take columns by name: in another order, and missing ones as NULL', async () => {
        await lake.store.put(
          `${folder}/load=old/part.parquet`,
          await parquetOf(
            "select 'old' as load_id, cast(2 as decimal(18,4)) as amount, 'thing' as thing_id",
          ),
        );
        await lake.store.put(
          `${folder}/load=new/part.parquet`,
          await parquetOf(
            "select 'blue' as colour, 'thing' as thing_id, cast(null as decimal(18,4)) as amount, 'new' as load_id",
          ),
        );
        expect(
          await engine.read(
            'select load_id, thing_id, amount, colour from accepted_things order by load_id',
          ),
        ).toEqual([
          { load_id: 'new', thing_id: 'thing', amount: null, colour: 'blue' },
          { load_id: 'old', thing_id: 'thing', amount: '2.0000', colour: null },
        ]);
      });

      it('show a load that arrives between two reads', async () => {
        const columns = "cast(1 as decimal(18,4)) as amount, 'x' as load_id, 'x' as colour";
        expect(await engine.read('select count(*) as n from accepted_things')).toEqual([{ n: 0 }]);
        for (const [index, load] of ['1', '2'].entries()) {
          await lake.store.put(
            `${folder}/load=${load}/part.parquet`,
            await parquetOf(`select '${load}' as thing_id, ${columns}`),
          );
          expect(await engine.read('select count(*) as n from accepted_things')).toEqual([
            { n: index + 1 },
          ]);
        }
      });
    });

    describe('rows()', () => {
      const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
      const million = `select a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n as number,
          cast('12.5' as decimal(18,4)) as amount, 'Zoë' as name
        from ${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${digits} as ${name}(n)`).join(' cross join ')}
        order by number`;

      it('gives a million rows in their order', async () => {
        let found = 0;
        let isInOrder = true;
        for await (const row of engine.rows(million)) {
          isInOrder &&= row.number === found && row.amount === '12.5000' && row.name === 'Zoë';
          found += 1;
        }
        expect(found).toBe(1_000_000);
        expect(isInOrder).toBe(true);
      });

      it('reads and writes beside a result that is half read', async () => {
        await engine.write(everyTypeLine, run, lines);
        const all = everyRowOf(everyTypeLine, run);
        const things: unknown[] = [];
        for await (const { thing_id } of engine.rows(`${all} order by thing_id`)) {
          things.push(thing_id);
          expect(await engine.read(all)).toHaveLength(3);
          await engine.write(everyTypeLine, laterRun, lines);
        }
        expect(things).toEqual((await rowsOf(everyTypeLine)).map(({ thing_id }) => thing_id));
      });

      it('can be left after any row', async () => {
        for await (const { number } of engine.rows(million)) if (number === 1) break;
        expect(await engine.read('select 1 as one')).toEqual([{ one: 1 }]);
      });

      it('gives no row of an empty result', async () => {
        expect(await Array.fromAsync(engine.rows('select 1 as one where 1 = 2'))).toEqual([]);
      });

      it('fails with an EngineError when the text is refused', async () => {
        await expect(Array.fromAsync(engine.rows('select nothing_known'))).rejects.toThrow(
          EngineError,
        );
      });
    });

    describe('removeRuns()', () => {
      it('removes these runs of the table, files and all, and no other', async () => {
        const third = { snapshotOn: '2024-04-01', runId: '2024-04-01-1' };
        for (const one of [run, laterRun, third]) await engine.write(everyTypeLine, one, lines);
        await engine.write(
          everyType,
          run,
          "select 'a' as thing_id, null as amount, null as count_sold, null as probability, null as made_on, null as sold_at, null as is_sold, null as note",
        );
        await engine.removeRuns(everyTypeLine, [run, third]);
        expect(await rowsOf(everyTypeLine)).toEqual([]);
        expect(await rowsOf(everyTypeLine, laterRun)).toHaveLength(3);
        expect(await engine.read('select * from every_type_line')).toHaveLength(3);
        expect(await rowsOf(everyType)).toHaveLength(1);
        const left = await keys('tables/every_type_line/');
        expect(left.length).toBeGreaterThan(0);
        for (const key of left) expect(key).toContain(laterRun.runId);
      });

      it('is no error where there is none, and the run can be written again', async () => {
        await engine.removeRuns(everyTypeLine, []);
        await engine.removeRuns(everyTypeLine, [run]);
        await engine.write(everyTypeLine, run, lines);
        await engine.removeRuns(everyTypeLine, [run, laterRun]);
        await engine.removeRuns(everyTypeLine, [run]);
        expect(await rowsOf(everyTypeLine)).toEqual([]);
        expect((await engine.write(everyTypeLine, run, lines)).rows).toBe(3);
        expect(await rowsOf(everyTypeLine)).toHaveLength(3);
      });
    });

    describe('replaceViews()', () => {
      async function writeLine(of: Run, thing: string): Promise<void> {
        await engine.writeRows(everyTypeLine, of, [
          { thing_id: thing, line_number: 1, written_on: null },
        ]);
      }

      it('makes current_run one row, and published_runs one a run', async () => {
        await engine.replaceViews([laterRun, run]);
        const later = { snapshot_on: '2024-03-01', run_id: '2024-03-01-1' };
        expect(await engine.read('select * from current_run')).toEqual([later]);
        expect(await engine.read('select * from published_runs order by snapshot_on')).toEqual([
          { snapshot_on: '2024-02-29', run_id: '2024-02-29-1' },
          later,
        ]);
      });

      it('shows the current run and the published ones of each table, and no other', async () => {
        await writeLine(run, 'old');
        await writeLine(laterRun, 'new');
        await writeLine({ snapshotOn: '2024-03-01', runId: '2024-03-01-2' }, 'failed');
        await writeLine({ snapshotOn: '2024-02-28', runId: '2024-02-29-1' }, 'other day');
        await engine.replaceViews([laterRun, run]);
        expect(await engine.read('select * from every_type_line_current')).toEqual([
          {
            thing_id: 'new',
            line_number: 1,
            written_on: null,
            snapshot_on: '2024-03-01',
            run_id: '2024-03-01-1',
          },
        ]);
        expect(
          await engine.read(
            'select thing_id, snapshot_on, run_id from every_type_line_history order by snapshot_on',
          ),
        ).toEqual([
          { thing_id: 'old', snapshot_on: '2024-02-29', run_id: '2024-02-29-1' },
          { thing_id: 'new', snapshot_on: '2024-03-01', run_id: '2024-03-01-1' },
        ]);
      });

      it('shows a table that the run never wrote as empty', async () => {
        await engine.replaceViews([run]);
        expect(await engine.read('select * from every_type_current')).toEqual([]);
        expect(await engine.read('select * from every_type_line_history')).toEqual([]);
      });

      it('switches to another run', async () => {
        await writeLine(run, 'old');
        await engine.replaceViews([run]);
        expect(await engine.read('select thing_id from every_type_line_current')).toEqual([
          { thing_id: 'old' },
        ]);
        await writeLine(laterRun, 'new');
        expect(await engine.read('select thing_id from every_type_line_current')).toEqual([
          { thing_id: 'old' },
        ]);
        await engine.replaceViews([laterRun, run]);
        expect(await engine.read('select thing_id from every_type_line_current')).toEqual([
          { thing_id: 'new' },
        ]);
      });

      it('joins the views of several tables, one with itself too', async () => {
        await writeLine(run, 'a');
        await engine.writeRows(everyType, run, [{ thing_id: 'a', amount: '1' }]);
        await engine.replaceViews([run]);
        expect(
          await engine.read(
            `select x.thing_id, t.amount from every_type_line_current as x
             join every_type_line_current as y on x.thing_id = y.thing_id
             join every_type_current as t on t.thing_id = x.thing_id`,
          ),
        ).toEqual([{ thing_id: 'a', amount: '1.0000' }]);
      });

      it('refuses to show no run at all', async () => {
        await expect(engine.replaceViews([])).rejects.toThrow(EngineError);
      });
    });
  });
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

function everyRowOf(table: TableContract, of: Run): string {
  return `select ${names(Object.keys(table.columns))} from ${table.name} where snapshot_on = date '${of.snapshotOn}' and run_id = '${of.runId}'`;
}
