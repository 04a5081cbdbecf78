import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { categoryColours } from '../chart.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { latestMonths, monthAxis } from '../month-axis.ts';
import type { ReportContent } from '../report-content.ts';
import type { Writer } from '../writer.ts';
import { periodTables } from './period-tables.ts';

/** Net sales by month and channel, then what each year and half-year came to. */
export async function salesSection(content: ReportContent, writer: Writer): Promise<Html> {
  return html`<section aria-labelledby="sales"><h2 id="sales">${writer.words.sales.heading}</h2>
${await salesFigure(content, writer)}
${periodTables(content, writer)}
</section>
`;
}

async function salesFigure(
  { channelMonths, currency }: ReportContent,
  writer: Writer,
): Promise<Html> {
  const words = writer.words.sales;
  if (channelMonths.length === 0) return html`<p class="note">${words.none}</p>`;
  const months = latestMonths(channelMonths.map((row) => row.period_start_on));
  const rows = channelMonths.filter((row) => months.includes(row.period_start_on));
  const channels = channelsBySales(rows);
  const monthTotals = months.map((month) =>
    sumOf(rows.filter((row) => row.period_start_on === month)),
  );
  const chart: TopLevelSpec = {
    width: 920,
    height: 280,
    data: {
      values: rows.map((row) => ({
        ...row,
        member: marked(row.member),
        month: row.period_start_on,
      })),
    },
    mark: 'bar',
    encoding: {
      x: monthAxis(writer, months, 920),
      y: {
        field: 'net_sales',
        type: 'quantitative',
        axis: { title: currency, format: axisFormat(monthTotals) },
      },
      color: {
        field: 'member',
        type: 'nominal',
        scale: { domain: channels.map(marked), range: [...categoryColours] },
        legend: channels.length > 1 ? { title: null, labelExpr: 'slice(datum.value, 1)' } : null,
      },
    },
  };
  return figure(writer, {
    title: words.title,
    explains: channels.length > 1 ? words.channels : words.oneChannel(channels[0] ?? ''),
    chart,
    numbers: {
      caption: words.caption,
      columns: [
        { name: words.month, kind: 'text' },
        ...channels.map((name) => ({ name, kind: 'number' as const })),
        { name: words.all, kind: 'number' },
      ],
      rows: months.map((month) => {
        const ofMonth = rows.filter((row) => row.period_start_on === month);
        const sales = channels.map((channel) => sumOf(ofMonth.filter((r) => r.member === channel)));
        return [writer.month(month), ...[...sales, sumOf(ofMonth)].map((sum) => writer.money(sum))];
      }),
    },
  });
}

/** The charts keep what they draw by its text, and fall over "constructor": no object has such a name. */
function marked(channel: string): string {
  return `:${channel}`;
}

function sumOf(rows: readonly { readonly net_sales: number }[]): number {
  return rows.reduce((sum, row) => sum + row.net_sales, 0);
}

function channelsBySales(rows: ReportContent['channelMonths']): string[] {
  const names = [...new Set(rows.map((row) => row.member))].sort();
  const total = (name: string) => sumOf(rows.filter((row) => row.member === name));
  return names.toSorted((a, b) => total(b) - total(a));
}
