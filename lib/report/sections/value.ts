import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { moneyText, numberText, shareText } from '../number-text.ts';
import type { ReportContent, ValueBin } from '../report-content.ts';

/** A tenth of fewer customers than this is no tenth, and says nothing. */
const fewestOfTenth = 10;

/** How the expected value is spread over the customers, and how few hold most of it. */
export async function valueSection(content: ReportContent): Promise<Html> {
  const total = content.valueTenths.reduce((sum, tenth) => sum + tenth.predictedValue, 0);
  const body =
    content.valueBins.length === 0
      ? html`<p class="note">No customer has a prediction yet.</p>`
      : html`${await tenthsFigure(content, total)}${await binsFigure(content)}`;
  return html`<section aria-labelledby="value"><h2 id="value">What customers are worth</h2>
<p class="lead">${leadOf(content, total)}</p>
${forecastNote(content)}
<div class="pair">${body}</div>
</section>
`;
}

function leadOf({ valueTenths }: ReportContent, total: number): string {
  const top = valueTenths.find((row) => row.tenth === 1);
  if (top === undefined || total <= 0 || top.countCustomers < fewestOfTenth) return '';
  return `The most valuable tenth of your customers holds ${shareText(top.predictedValue / total)} of what all are expected to bring in the next 12 months.`;
}

function forecastNote({ salesForecast, currency }: ReportContent): Html | null {
  if (salesForecast === null) return null;
  const { expected, low, high } = salesForecast;
  return html`<p class="note">Sales expected from today’s customers in the next 12 months, before returns: ${moneyText(expected, currency)}, eight times in ten between ${moneyText(low, currency)} and ${moneyText(high, currency)}.</p>`;
}

function tenthsFigure({ valueTenths, currency }: ReportContent, total: number): Promise<Html> {
  const shareOf = (value: number) => (total > 0 ? value / total : null);
  const chart: TopLevelSpec = {
    width: 445,
    height: 240,
    data: {
      values: valueTenths.map((row) => ({
        tenth: row.tenth,
        share: shareOf(row.predictedValue) ?? 0,
      })),
    },
    mark: 'bar',
    encoding: {
      x: { field: 'tenth', type: 'ordinal', axis: { title: 'tenth of the customers, best first' } },
      y: { field: 'share', type: 'quantitative', axis: { title: null, format: '~%' } },
    },
  };
  return figure({
    title: 'Who holds the expected value',
    explains: 'Customers in ten groups of equal size, and the share of the value each holds.',
    chart,
    numbers: {
      caption: 'Expected value of the next 12 months by tenth of the customers',
      columns: [
        { name: 'Tenth', kind: 'text' },
        { name: 'Customers', kind: 'number' },
        { name: 'Expected, next 12 months', kind: 'number' },
        { name: 'Share of all', kind: 'number' },
        { name: 'Net sales, last 12 months', kind: 'number' },
      ],
      rows: valueTenths.map((row) => [
        row.tenth === 1 ? '1 (most valuable)' : String(row.tenth),
        numberText(row.countCustomers),
        moneyText(row.predictedValue, currency),
        shareText(shareOf(row.predictedValue)),
        moneyText(row.netSales, currency),
      ]),
    },
  });
}

function binText({ from, to }: ValueBin): string {
  if (from === null && to === null) return 'all';
  if (from === null) return to === 0 ? 'below 0' : `below ${numberText(to)}`;
  return to === null ? `${numberText(from)} +` : `${numberText(from)}–${numberText(to)}`;
}

function binsFigure({ valueBins, currency }: ReportContent): Promise<Html> {
  const chart: TopLevelSpec = {
    width: 445,
    height: 240,
    data: {
      values: valueBins.map((bin) => ({ bin: binText(bin), customers: bin.countCustomers })),
    },
    mark: 'bar',
    encoding: {
      x: {
        field: 'bin',
        type: 'ordinal',
        sort: null,
        axis: { title: `${currency} a customer, next 12 months`, labelAngle: -40 },
      },
      y: {
        field: 'customers',
        type: 'quantitative',
        axis: {
          title: 'customers',
          format: axisFormat(valueBins.map((bin) => bin.countCustomers)),
        },
      },
    },
  };
  return figure({
    title: 'How much a customer is expected to bring',
    explains: 'Customers by expected value of the next 12 months. The steps widen to the right.',
    chart,
    numbers: {
      caption: 'Customers by expected value of the next 12 months',
      columns: [
        { name: `${currency} a customer`, kind: 'text' },
        { name: 'Customers', kind: 'number' },
        { name: 'Expected together', kind: 'number' },
      ],
      rows: valueBins.map((bin) => [
        binText(bin),
        numberText(bin.countCustomers),
        moneyText(bin.predictedValue, currency),
      ]),
    },
  });
}
