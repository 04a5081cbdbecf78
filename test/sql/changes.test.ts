import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';

/** What becomes of a text, whitespace apart. */
function changed(sql: string): string[] {
  return changesOf(sql).map((change) => change.sql.replaceAll(/\s+/g, ' ').trim());
}

describe('changesOf()', () => {
  it.each([
    ['a comparison', 'select a < b from t', ['select a <= b from t']],
    ['an equality', 'select a = b from t', ['select a <> b from t']],
    ['an addition', 'select a + b from t', ['select a - b from t']],
    ['a multiplication, no star', 'select t.*, a * b from t', ['select t.*, a / b from t']],
    ['an aggregate', 'select max(a) from t', ['select min(a) from t']],
    ['a sum', 'select sum(a) from t', ['select max(a) from t']],
    ['a sign taken off', 'select abs(a) from t', ['select (a) from t']],
    ['a test for NULL', 'select a is null from t', ['select a is not null from t']],
    ['a whole number', 'select 9 from t', ['select 10 from t']],
    ['a double', 'select 0e0 from t', ['select 1e0 from t']],
    ['a text', "select 'a' from t", ["select 'ax' from t"]],
    [
      'an interval',
      "select a + interval '1' day",
      ["select a - interval '1' day", "select a + interval '2' day"],
    ],
    ['a left join', 'select a from t left join u using (a)', ['select a from t join u using (a)']],
    ['a join', 'select a from t join u using (a)', ['select a from t left join u using (a)']],
    ['a union', 'select a union all select b', ['select a union select b']],
    ['the only condition', 'select a from t where b group by a', ['select a from t group by a']],
    [
      'each of two conditions',
      'select a from t where b and c',
      ['select a from t where c', 'select a from t where b or c', 'select a from t where b'],
    ],
    [
      'an order',
      'select lead(a) over (order by b)',
      ['select lag(a) over (order by b)', 'select lead(a) over (order by b desc)'],
    ],
    [
      'an order from above',
      'order by b desc nulls last',
      ['order by b asc nulls last', 'order by b desc nulls first'],
    ],
    [
      'a partition',
      'partition by a, b order by c desc',
      ['partition by b order by c desc', 'partition by a, b order by c asc'],
    ],
  ])('changes %s', (_, sql, expected) => {
    expect(changed(sql)).toEqual(expected);
  });

  it.each([
    ['a comment', '-- a < b\nselect a from t'],
    ['a type', 'select cast(a as decimal(18, 4)) from t'],
    ['the unit of a difference', "select date_diff('day', a, b) from t"],
    [
      'both ends of a range',
      'select a from t join u on a between b and c'.replace('join', 'cross join'),
    ],
  ])('leaves alone %s', (_, sql) => {
    expect(changesOf(sql)).toEqual([]);
  });

  it('tells the line and what became of what', () => {
    expect(changesOf('select\n    a\nfrom t\nwhere b >= c')).toMatchObject([
      { line: 4, says: 'where b >= c becomes nothing' },
      { line: 4, says: '>= becomes >' },
    ]);
  });
});
