import { type Html, html } from '../html.ts';
import { kpiRows } from '../kpi-rows.ts';
import type { PeriodFigures, ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import type { Writer } from '../writer.ts';

/** Columns beyond this many do not fit on a page. */
const mostPeriods = 6;

/** What each year and each half-year came to, a period a column. */
export function periodTables({ periods }: ReportContent, writer: Writer): Html {
  const words = writer.words.sales;
  const ofKind = (kind: string) => periods.filter((row) => row.period === kind).slice(-mostPeriods);
  const [years, halfYears] = [ofKind('year'), ofKind('half_year')];
  if (years.length === 0) return html``;
  return html`<h3>${words.yearByYear}</h3>
${periodTable(words.years, years, writer)}
<details><summary>${words.showHalfYears}</summary>
${periodTable(words.halfYears, halfYears, writer)}
</details>`;
}

function periodTable(caption: string, periods: readonly PeriodFigures[], writer: Writer): Html {
  const { words, number, money, share } = writer;
  const textAs = {
    money,
    share,
    count: (figure: number | null) => number(figure),
    ratio: (figure: number | null) => number(figure, 2),
  };
  return table({
    caption,
    columns: [
      { name: words.sales.inThePeriod, kind: 'text' },
      ...periods.map(({ period, period_start_on, is_complete }) => {
        const name = writer.period(period, period_start_on);
        return { name: is_complete ? name : words.sales.soFar(name), kind: 'number' as const };
      }),
    ],
    // what is not known in any period, as margins without costs, is left out
    rows: kpiRows
      .filter(({ column }) => periods.some((row) => row[column] !== null))
      .map(({ column, as }) => [
        words.kpis[column],
        ...periods.map((row) => textAs[as](row[column])),
      ]),
  });
}
