import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { categoryColours } from '../chart.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { latestMonths, monthAxis } from '../month-axis.ts';
import type { PeriodFigures, ReportContent } from '../report-content.ts';
import type { Writer } from '../writer.ts';
import { curves } from './curves.ts';

/** From the bottom of a bar to its top. */
const kinds = [
  { column: 'returning_customers', word: 'returning' },
  { column: 'reactivated_customers', word: 'reactivated' },
  { column: 'new_customers', word: 'first' },
] as const;

/** Who ordered each month, and how the habits of the customers change. */
export async function customersSection(content: ReportContent, writer: Writer): Promise<Html> {
  const words = writer.words.customers;
  const all = content.periods.filter((row) => row.period === 'month');
  const months = latestMonths(all.map((row) => row.period_start_on));
  const rows = all.filter((row) => months.includes(row.period_start_on));
  const body =
    rows.length === 0
      ? html`<p class="note">${words.none}</p>`
      : html`${await customersFigure(rows, months, writer)}${await curves(rows, writer)}`;
  return html`<section aria-labelledby="customers"><h2 id="customers">${words.heading}</h2>
${body}
</section>
`;
}

function customersFigure(
  rows: readonly PeriodFigures[],
  months: readonly string[],
  writer: Writer,
): Promise<Html> {
  const words = writer.words.customers;
  const chart: TopLevelSpec = {
    width: 920,
    height: 280,
    data: {
      values: rows.flatMap((row) =>
        kinds.map(({ column, word }, place) => ({
          month: row.period_start_on,
          kind: words[word],
          place,
          customers: row[column],
        })),
      ),
    },
    mark: 'bar',
    encoding: {
      x: monthAxis(writer, months, 920),
      y: {
        field: 'customers',
        type: 'quantitative',
        axis: { title: words.axis, format: axisFormat(rows.map((row) => row.customers)) },
      },
      order: { field: 'place' },
      color: {
        field: 'kind',
        type: 'nominal',
        scale: { domain: kinds.map(({ word }) => words[word]), range: categoryColours.slice(0, 3) },
        legend: { title: null, labelLimit: 400 },
      },
    },
  };
  return figure(writer, {
    title: words.title,
    explains: words.explains,
    chart,
    numbers: {
      caption: words.title,
      columns: [
        { name: words.month, kind: 'text' },
        ...[...kinds.map(({ word }) => words[word]), words.all, words.lost].map((name) => ({
          name,
          kind: 'number' as const,
        })),
      ],
      rows: rows.map((row) => [
        writer.month(row.period_start_on),
        ...kinds.map(({ column }) => writer.number(row[column])),
        writer.number(row.customers),
        writer.number(row.lost_customers),
      ]),
    },
  });
}
