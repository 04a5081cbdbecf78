import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allTables } from '../../lib/tables/all.ts';
import { dialectFaults } from './allow-list.ts';
import { fileFaults } from './file-form.ts';
import { runFaults } from './run-form.ts';
import { provedDivisions, textFaults } from './text-faults.ts';

const stages = join(import.meta.dirname, '../../lib/stages');
const files = globSync('**/*.sql', { cwd: stages }).sort();

describe('the SQL of the night', () => {
  it('is found', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)('%s uses only what is the same on both engines', (file) => {
    const sql = readFileSync(join(stages, file), 'utf8');
    const faults = textFaults(file, sql);
    expect(faults.map(({ line, says }) => `lib/stages/${file}:${line}: ${says}`)).toEqual([]);
  });

  const audited = allTables.flatMap(({ name, identities, totals }) => [
    ...identities.flatMap((identity) => {
      if ('agree' in identity) return [];
      const sql = 'violations' in identity ? identity.violations : identity.brokenWhere;
      return [{ name, what: identity.states, sql }];
    }),
    ...Object.entries(totals).map(([what, sql]) => ({ name, what, sql })),
  ]);

  it.each(audited)('$name, $what: checked by what is the same on both', ({ sql }) => {
    expect(dialectFaults(sql)).toEqual([]);
  });

  it('still divides where a division was proved', () => {
    for (const [file, part] of provedDivisions) {
      expect(readFileSync(join(stages, file), 'utf8')).toContain(part);
    }
  });
});

describe('dialectFaults()', () => {
  it.each([
    ['a function that is not listed', 'select foo(a) from t', 'foo()'],
    ['greatest', 'select greatest(a, b) from t', 'greatest()'],
    ['least', 'select least(a, b) from t', 'least()'],
    ['concat', 'select concat(a, b) from t', 'concat()'],
    ['avg', 'select avg(cast(a as decimal(18,4))) from t', 'avg()'],
    ['count_if', 'select count_if(a) from t', 'count_if()'],
    ['try_cast', 'select try_cast(a as bigint) from t', 'try_cast()'],
    ['now', 'select now()', 'now()'],
    ['current_date', 'select current_date', 'current_date'],
    ['::', 'select a::bigint from t', '::'],
    ['!=', 'select a != b from t', '!='],
    ['a semicolon', 'select a from t;', ';'],
    ['%', 'select a % b from t', '%'],
    ['qualify', 'select a from t qualify row_number() over (order by a) = 1', 'qualify'],
    ['ilike', "select a ilike 'b' from t", 'ilike'],
    ['exclude', 'select t.* exclude (a) from t', 'exclude'],
    ['limit', 'select a from t limit 1', 'limit'],
    ['recursive', 'with recursive x as (select 1) select a from x', 'recursive'],
    ['upper-case keywords', 'SELECT a from t', 'SELECT must be in lower case'],
    ['varchar(n)', 'select cast(a as varchar(10)) from t', 'the type varchar(10)'],
    ['integer', 'select cast(a as integer) from t', 'the type integer'],
    ['a timestamp without precision', 'select cast(a as timestamp) from t', 'the type timestamp'],
    ['date_diff of months', "select date_diff('month', a, b) from t", 'date_diff'],
    ['an uncast date_trunc', "select date_trunc('month', a) from t", 'date_trunc'],
    ['date_trunc to the hour', "select cast(date_trunc('hour', a) as date) from t", 'date_trunc'],
    ['an uncast interval', "select a + interval '1' day from t", 'cast(… as date)'],
    ['an interval beside a cast', "select cast(a as date) + interval '1' day from t", 'as date)'],
    ['an interval without quotes', 'select cast(a + interval 1 day as date) from t', "'1' month"],
    ['substr from 0', 'select substr(a, 0, 1) from t', 'substr()'],
    ['split_part without nullif', "select split_part(a, '|', 2) from t", 'split_part'],
    ['regexp_extract without nullif', "select regexp_extract(a, 'x') from t", 'regexp_extract'],
    ['array_agg without order', 'select array_agg(a) from t', 'order by'],
    ['a sum of doubles', 'select sum(cast(a as double)) from t', 'sums of doubles'],
    ['replace with two arguments', "select replace(a, 'b') from t", 'replace()'],
    ['sha256 of text', 'select sha256(a) from t', 'sha256'],
    ['to_hex alone', 'select to_hex(a) from t', 'to_hex'],
    ['row_number without order', 'select row_number() over () from t', 'row_number()'],
    ['rank without order', 'select rank() over (partition by a) from t', 'rank()'],
    ['values without parentheses', 'select a from (values 1, 2) as t (a)', 'values'],
    ['is true', 'select a is true from t', 'is true'],
    ['a bare division', 'select a / b from t', 'nullif'],
    ['a division by a parenthesis', 'select a / (b) from t', 'nullif'],
    ['a naive time zone', 'select cast(a at time zone b as timestamp) from t', 'at time zone'],
    ['a lambda', 'select transform(a, x -> x) from t', '->'],
  ])('refuses %s', (_, sql, says) => {
    const told = dialectFaults(`\n${sql}`);
    expect(told.map((fault) => fault.says).join('\n')).toContain(says);
    expect(told[0]?.line).toBe(2);
  });

  it('takes the forms that were compared', () => {
    const sql = `
      select
          cast(cast(cast(a as timestamp with time zone) at time zone :time_zone as timestamp) as date) as a_on,
          cast(d - interval '12' month as date) as from_on,
          cast(date_trunc('month', d) + interval '1' month - interval '1' day as date) as month_end_on,
          cast(round(cast(m as double) / nullif(cast(n as double), 0e0), 4) as decimal(18, 4)) as mean,
          date_diff('day', d, :as_of) as age_days,
          substr(lower(to_hex(sha256(to_utf8(s)))), 1, 20) as digest,
          nullif(split_part(s, '|', 2), '') as second_part,
          (array_agg(s order by k) filter (where s is not null))[1] as first_text,
          lag(x) over (partition by y order by k) as earlier,
          sum(x) over (order by k rows between unbounded preceding and current row) as so_far,
          count(*) filter (where x is distinct from y) as differences,
          t.limit, month, year(d) as year, 'CURRENT_DATE; "::"' as note -- A comment: now()
      from t
      join (values (1), (2)) as v (n) on v.n = t.n
      where (a, b) in (select a, b from u) and not exists (select 1 from w where w.a = t.a)`;
    expect(dialectFaults(sql)).toEqual([]);
  });
});

describe('fileFaults()', () => {
  const file =
    '-- grain: one row a thing\nwith final as (select a from t)\n\nselect * from final\n';

  it('takes a file that tells its grain and ends in final', () => {
    expect(fileFaults(file)).toEqual([]);
  });

  it.each([
    ['no head comment', file.replace(/^.*\n/, ''), 'grain'],
    ['another end', file.replace('* from final', 'a from final'), 'select * from final'],
    ['a star of a table', file.replace('select a', 'select *'), 'last line'],
    ['a star of an alias', file.replace('a from t', 'x.* from t x'), 't is a stored table'],
    ['a star of an as', file.replace('a from t', 'x.* from t as x'), 't is a stored table'],
    ['a star of a name', file.replace('a from t', 't.* from t'), 't is a stored table'],
  ])('refuses %s', (_, sql, says) => {
    expect(
      fileFaults(sql)
        .map((fault) => fault.says)
        .join('\n'),
    ).toContain(says);
  });

  it('takes the star of a step', () => {
    const sql = file
      .replace('with', 'with s as (select a from t),\n')
      .replace('a from t)\n\n', 'x.*, 2 * 3 as b from s x)\n\n');
    expect(sql).toContain('x.*');
    expect(fileFaults(sql)).toEqual([]);
  });
});

describe('runFaults()', () => {
  const own = 'select a from customer where snapshot_on = :as_of and run_id = :run_id';
  const parts =
    "with part as (select a from run_input where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders')";
  const rows =
    'select o.a from accepted_orders o join part p on p.part_id = o.part_id and p.load_id = o.load_id';

  it.each([
    ['a run', own],
    ['a run and a condition', `select a from (${own} and (b or c)) group by a`],
    [
      'the run before',
      'select a from customer c where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id',
    ],
    ['accepted rows of a part', `${parts} ${rows}`],
  ])('takes %s', (_, sql) => {
    expect(runFaults(sql)).toEqual([]);
  });

  it.each([
    ['any date', own.replace('snapshot_on = :as_of and ', '')],
    ['any run', own.replace(' and run_id = :run_id', '')],
    ['other runs', own.replace('run_id =', 'run_id <>')],
    ['either', own.replace('and', 'or')],
    ['a loose or', `${own} and b or c`],
    ['a run of another night', own.replace(':run_id', ':previous_run_id')],
    ['a join of what is stored', 'select a from t join customer c on c.a = t.a'],
    ['all parts', `${parts.replace(" and feed = 'orders'", '')} ${rows}`],
    ['parts of another feed', `${parts.replace('orders', 'products')} ${rows}`],
    ['inputs of any kind', `${parts.replace(" kind = 'part' and", '')} ${rows}`],
    [
      'accepted rows of a load in any part',
      `${parts} ${rows.replace('p.part_id = o.part_id and ', '')}`,
    ],
    ['accepted rows of no part', `${parts} ${rows.replace('join', 'left join')}`],
  ])('refuses %s', (_, sql) => {
    expect(runFaults(sql)).not.toEqual([]);
  });
});
