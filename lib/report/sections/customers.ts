import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { categoryColours } from '../chart.ts';
import { monthText } from '../date-text.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { latestMonths, monthAxis } from '../month-axis.ts';
import { numberText } from '../number-text.ts';
import type { PeriodFigures, ReportContent } from '../report-content.ts';
import { curves } from './curves.ts';

const kinds = [
  { name: 'Ordered the month before too', count: (row: PeriodFigures) => row.returningCustomers },
  { name: 'Came back after a pause', count: (row: PeriodFigures) => row.reactivatedCustomers },
  { name: 'First order', count: (row: PeriodFigures) => row.newCustomers },
] as const;

/** Who ordered each month, and how the habits of the customers change. */
export async function customersSection(content: ReportContent): Promise<Html> {
  const all = content.periods.filter((row) => row.period === 'month');
  const months = latestMonths(all.map((row) => row.startsOn));
  const rows = all.filter((row) => months.includes(row.startsOn));
  const body =
    rows.length === 0
      ? html`<p class="note">No orders yet.</p>`
      : html`${await customersFigure(rows, months)}${await curves(rows, content.currency)}`;
  return html`<section aria-labelledby="customers"><h2 id="customers">Customers</h2>
${body}
</section>
`;
}

function customersFigure(rows: readonly PeriodFigures[], months: readonly string[]): Promise<Html> {
  const chart: TopLevelSpec = {
    width: 920,
    height: 280,
    data: {
      values: rows.flatMap((row) =>
        kinds.map(({ name, count }, place) => ({
          month: row.startsOn,
          kind: name,
          place,
          customers: count(row),
        })),
      ),
    },
    mark: 'bar',
    encoding: {
      x: monthAxis(months),
      y: {
        field: 'customers',
        type: 'quantitative',
        axis: { title: 'customers', format: axisFormat(rows.map((row) => row.customers)) },
      },
      order: { field: 'place' },
      color: {
        field: 'kind',
        type: 'nominal',
        scale: { domain: kinds.map((kind) => kind.name), range: categoryColours.slice(0, 3) },
        legend: { title: null, labelLimit: 400 },
      },
    },
  };
  return figure({
    title: 'Customers who ordered, by month',
    explains: 'Each bar counts the customers with an order in that month.',
    chart,
    numbers: {
      caption: 'Customers who ordered, by month',
      columns: [
        { name: 'Month', kind: 'text' },
        ...[
          ...kinds.map((kind) => kind.name),
          'All who ordered',
          'Ordered the month before and not in this one',
        ].map((name) => ({ name, kind: 'number' as const })),
      ],
      rows: rows.map((row) => [
        monthText(row.startsOn),
        ...kinds.map(({ count }) => numberText(count(row))),
        numberText(row.customers),
        numberText(row.lostCustomers),
      ]),
    },
  });
}
