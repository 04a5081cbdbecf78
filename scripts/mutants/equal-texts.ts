/** Changes that no table can show. */
interface EqualTexts {
  /** In which texts, by the end of their path; in all where it is left out. */
  readonly file?: string;
  /** Lines as they stand, without the blanks around them; any where it is left out. */
  readonly was?: RegExp;
  readonly says: string;
  readonly because: string;
}

const equalTexts: readonly EqualTexts[] = [
  {
    was: /, 4\)?$|^\), 4$/,
    says: '4 becomes 5',
    because: 'what is rounded to a digit more is then cast to four digits',
  },
  {
    file: 'value/clv_interval.sql',
    was: /^else 0e0$/,
    says: '0e0 becomes 1e0',
    because: 'sales of 0 have percentiles of 0, whatever their spread',
  },
  {
    file: 'value/customer_rate.sql',
    was: /^max\(case when is_champion then model end\)/,
    says: 'max becomes min',
    because: 'one model is the champion',
  },
  {
    file: 'facts/sales_order.sql',
    was: /^min\(case when line_number = 1 then channel end\)/,
    says: 'min becomes max',
    because: 'one line has the number 1',
  },
  ...['< becomes <=', '1000 becomes 1001', '10000 becomes 10001'].map((says) => ({
    file: 'fit/back_test_count.sql',
    was: /^when (repeat|actual)_value < 10+ then/,
    says,
    because: 'where one scale ends and the next begins both have the same bin',
  })),
  {
    file: 'freeze/delivered_content.sql',
    was: /^partition by l.feed, l.source order by l.modified_at, l.object_key, l.load_id$/,
    says: 'l.feed, becomes nothing',
    because: 'ranks are compared within a feed and source alone',
  },
  {
    file: 'value/cohort_mean.sql',
    was: /^when b.day_of_life <= b.age_days - h.days then b.day_of_life$/,
    says: '<= becomes <',
    because: 'at the limit both branches are the same day',
  },
  {
    file: 'kpis/kpi_snapshot.sql',
    was: /^sum\(case when is_own then (?!net_sales|cost_of_goods)/,
    says: 'sum becomes max',
    because: 'one row has the figure, which is not below 0, and the others have 0',
  },
];

/** Why a change of a text shows in no table; undefined where it should. */
export function equalBecause(change: {
  readonly file: string;
  readonly was: string;
  readonly says: string;
}): string | undefined {
  return equalTexts.find(
    ({ file, was, says }) =>
      says === change.says &&
      (was === undefined || was.test(change.was)) &&
      (file === undefined || change.file.endsWith(file)),
  )?.because;
}
