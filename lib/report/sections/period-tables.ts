import { periodText } from '../date-text.ts';
import { type Html, html } from '../html.ts';
import { moneyText, numberText, shareText } from '../number-text.ts';
import type { PeriodFigures, ReportContent } from '../report-content.ts';
import { table } from '../table.ts';

/** Columns beyond this many do not fit on a page. */
const mostPeriods = 6;

/** What each year and each half-year came to, a period a column. */
export function periodTables({ periods, currency }: ReportContent): Html {
  const ofKind = (kind: PeriodFigures['period']) =>
    periods.filter((row) => row.period === kind).slice(-mostPeriods);
  const [years, halfYears] = [ofKind('year'), ofKind('half_year')];
  if (years.length === 0) return html``;
  return html`<h3>Year by year</h3>
${periodTable('Years', years, currency)}
<details><summary>Show half-years</summary>
${periodTable('Half-years', halfYears, currency)}
</details>`;
}

function periodTable(caption: string, periods: readonly PeriodFigures[], currency: string): Html {
  const row = (name: string, textOf: (period: PeriodFigures) => string) => [
    name,
    ...periods.map(textOf),
  ];
  return table({
    caption,
    columns: [
      { name: 'In the period', kind: 'text' },
      ...periods.map(({ period, startsOn, isComplete }) => ({
        name: periodText(period, startsOn) + (isComplete ? '' : ' so far'),
        kind: 'number' as const,
      })),
    ],
    rows: [
      row('Net sales', (p) => moneyText(p.netSales, currency)),
      row('Gross margin', (p) => moneyText(p.grossMargin, currency)),
      row('Orders', (p) => numberText(p.orders)),
      row('Average order', (p) => moneyText(p.averageBasket, currency)),
      row('Customers who ordered', (p) => numberText(p.customers)),
      row('… as a share of everyone who had ordered by then', (p) => shareText(p.activityRate)),
      row('… for the first time', (p) => numberText(p.newCustomers)),
      row('… who came back: their order was not the first', (p) => shareText(p.repurchaseRate)),
      row('Customers of the period before who ordered again', (p) => shareText(p.retentionRate)),
      row('Orders per customer', (p) => numberText(p.purchaseFrequency, 2)),
      row('Given as discount, of sales before discount', (p) => shareText(p.discountRate)),
      row('Returned, of sales after discount', (p) => shareText(p.returnRate)),
    ],
  });
}
