import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import { valueBasis } from '../value-basis.ts';
import type { ValueBin } from '../value-bins.ts';
import type { Writer } from '../writer.ts';

/** A tenth of fewer customers than this is no tenth, and says nothing. */
const fewestOfTenth = 10;

/** How the expected value is spread over the customers, and how few hold most of it. */
export async function valueSection(content: ReportContent, writer: Writer): Promise<Html> {
  const words = writer.words.value;
  const total = content.valueTenths.reduce((sum, tenth) => sum + tenth.predicted_value, 0);
  const body =
    content.valueBins.length === 0
      ? html`<p class="note">${words.none}</p>`
      : html`${await tenthsFigure(content, total, writer)}${await binsFigure(content, writer)}`;
  return html`<section aria-labelledby="value"><h2 id="value">${words.heading}</h2>
<p class="lead">${leadOf(content, total, writer)}</p>
${forecastNote(content, writer)}
<div class="pair">${body}</div>
</section>
`;
}

function leadOf(content: ReportContent, total: number, writer: Writer): string {
  const { valueTenths } = content;
  const top = valueTenths.find((row) => row.tenth === 1);
  if (top === undefined || total <= 0 || top.count_customers < fewestOfTenth) return '';
  return writer.words.value.lead(
    writer.share(top.predicted_value / total),
    valueBasis(content, writer),
  );
}

function forecastNote({ salesForecast }: ReportContent, { words, money }: Writer): Html | null {
  if (salesForecast === null) return null;
  const { sales, sales_p10, sales_p90 } = salesForecast;
  return html`<p class="note">${words.value.forecast(money(sales), money(sales_p10), money(sales_p90))}</p>`;
}

function tenthsFigure(content: ReportContent, total: number, writer: Writer): Promise<Html> {
  const { valueTenths } = content;
  const { number, money, share } = writer;
  const words = writer.words.value.tenths;
  const shareOf = (value: number) => (total > 0 ? value / total : null);
  const chart: TopLevelSpec = {
    width: 445,
    height: 240,
    data: {
      values: valueTenths.map((row) => ({
        tenth: row.tenth,
        share: shareOf(row.predicted_value) ?? 0,
      })),
    },
    mark: 'bar',
    encoding: {
      x: { field: 'tenth', type: 'ordinal', axis: { title: words.axis } },
      y: { field: 'share', type: 'quantitative', axis: { title: null, format: '~%' } },
    },
  };
  return figure(writer, {
    title: words.title,
    explains: words.explains,
    chart,
    numbers: {
      caption: words.caption,
      columns: [
        { name: words.tenth, kind: 'text' },
        { name: words.customers, kind: 'number' },
        { name: writer.words.expected(valueBasis(content, writer)), kind: 'number' },
        { name: words.share, kind: 'number' },
        { name: words.netSales, kind: 'number' },
      ],
      rows: valueTenths.map((row) => [
        row.tenth === 1 ? words.first : String(row.tenth),
        number(row.count_customers),
        money(row.predicted_value),
        share(shareOf(row.predicted_value)),
        money(row.net_sales),
      ]),
    },
  });
}

function binText({ from, to }: ValueBin, { words, number }: Writer): string {
  const { all, below, from: above, between } = words.value.bins;
  if (from === null && to === null) return all;
  if (from === null) return below(number(to));
  return to === null ? above(number(from)) : between(number(from), number(to));
}

function binsFigure(content: ReportContent, writer: Writer): Promise<Html> {
  const { valueBins, currency } = content;
  const basis = valueBasis(content, writer);
  const { number, money } = writer;
  const words = writer.words.value.bins;
  const chart: TopLevelSpec = {
    width: 445,
    height: 240,
    data: {
      values: valueBins.map((bin) => ({
        bin: binText(bin, writer),
        customers: bin.count_customers,
      })),
    },
    mark: 'bar',
    encoding: {
      x: {
        field: 'bin',
        type: 'ordinal',
        sort: null,
        axis: { title: words.axis(currency, basis), labelAngle: -40 },
      },
      y: {
        field: 'customers',
        type: 'quantitative',
        axis: {
          title: words.customersAxis,
          format: axisFormat(valueBins.map((bin) => bin.count_customers)),
        },
      },
    },
  };
  return figure(writer, {
    title: words.title,
    explains: words.explains,
    chart,
    numbers: {
      caption: words.caption,
      columns: [
        { name: words.bin(currency, basis), kind: 'text' },
        { name: words.customers, kind: 'number' },
        { name: words.together, kind: 'number' },
      ],
      rows: valueBins.map((bin) => [
        binText(bin, writer),
        number(bin.count_customers),
        money(bin.predicted_value),
      ]),
    },
  });
}
