import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { categoryColours } from '../chart.ts';
import { monthText } from '../date-text.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { latestMonths, monthAxis } from '../month-axis.ts';
import { moneyText } from '../number-text.ts';
import type { ReportContent } from '../report-content.ts';
import { periodTables } from './period-tables.ts';

/** Net sales by month and channel, then what each year and half-year came to. */
export async function salesSection(content: ReportContent): Promise<Html> {
  return html`<section aria-labelledby="sales"><h2 id="sales">Sales</h2>
${await salesFigure(content)}
${periodTables(content)}
</section>
`;
}

async function salesFigure({ channelMonths, currency }: ReportContent): Promise<Html> {
  if (channelMonths.length === 0) return html`<p class="note">No sales yet.</p>`;
  const months = latestMonths(channelMonths.map((row) => row.startsOn));
  const rows = channelMonths.filter((row) => months.includes(row.startsOn));
  const channels = channelsBySales(rows);
  const monthTotals = months.map((month) => sumOf(rows.filter((row) => row.startsOn === month)));
  const chart: TopLevelSpec = {
    width: 920,
    height: 280,
    data: { values: rows.map((row) => ({ ...row, month: row.startsOn })) },
    mark: 'bar',
    encoding: {
      x: monthAxis(months),
      y: {
        field: 'netSales',
        type: 'quantitative',
        axis: { title: currency, format: axisFormat(monthTotals) },
      },
      color: {
        field: 'channel',
        type: 'nominal',
        scale: { domain: channels, range: [...categoryColours] },
        legend: channels.length > 1 ? { title: null } : null,
      },
    },
  };
  return figure({
    title: 'Net sales by month',
    explains:
      channels.length > 1
        ? 'Each bar is a month, its colours the channels through which the orders came.'
        : `Each bar is a month. All orders came through one channel: ${channels[0]}.`,
    chart,
    numbers: {
      caption: 'Net sales by month and channel',
      columns: [
        { name: 'Month', kind: 'text' },
        ...channels.map((name) => ({ name, kind: 'number' as const })),
        { name: 'All', kind: 'number' },
      ],
      rows: months.map((month) => {
        const ofMonth = rows.filter((row) => row.startsOn === month);
        const sales = channels.map((channel) =>
          sumOf(ofMonth.filter((r) => r.channel === channel)),
        );
        return [
          monthText(month),
          ...[...sales, sumOf(ofMonth)].map((sum) => moneyText(sum, currency)),
        ];
      }),
    },
  });
}

function sumOf(rows: readonly { readonly netSales: number }[]): number {
  return rows.reduce((sum, row) => sum + row.netSales, 0);
}

function channelsBySales(rows: ReportContent['channelMonths']): string[] {
  const names = [...new Set(rows.map((row) => row.channel))].sort();
  const total = (name: string) => sumOf(rows.filter((row) => row.channel === name));
  return names.toSorted((a, b) => total(b) - total(a));
}
