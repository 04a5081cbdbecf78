import { type Html, html } from '../html.ts';
import { changeText, moneyText, numberText, shareText } from '../number-text.ts';
import type { ReportContent } from '../report-content.ts';

function card(label: string, figure: string, note: string): Html {
  return html`<div class="card"><dt>${label}</dt><dd><strong>${figure}</strong><span>${note}</span></dd></div>\n`;
}

function comparison(now: number, before: number | null): string {
  const change = changeText(now, before);
  return change === null ? 'no earlier year to compare with' : `${change} on the 12 months before`;
}

/** The few numbers to know, each with what it means or how it changed. */
export function headlineSection({ headline: h, currency }: ReportContent): Html {
  const averageOrder = h.orders > 0 ? h.netSales / h.orders : null;
  const marginRate = h.netSales > 0 ? h.grossMargin / h.netSales : null;
  const alive = h.expectedAlive;
  const aliveRate = alive !== null && h.countCustomers > 0 ? alive / h.countCustomers : null;
  return html`<section aria-labelledby="headline"><h2 id="headline">The last 12 months, and the next</h2>
<dl class="cards">
${[
  card('Net sales', moneyText(h.netSales, currency), comparison(h.netSales, h.netSalesBefore)),
  card(
    'Gross margin',
    moneyText(h.grossMargin, currency),
    marginRate === null ? 'no sales' : `${shareText(marginRate)} of net sales`,
  ),
  card(
    'Customers who ordered',
    numberText(h.activeCustomers),
    comparison(h.activeCustomers, h.activeCustomersBefore),
  ),
  card(
    'Average order',
    moneyText(averageOrder, currency),
    `${numberText(h.orders)} orders, ${comparison(h.orders, h.ordersBefore)}`,
  ),
  card(
    'Expected in the next 12 months',
    moneyText(h.predictedValue, currency),
    'from customers of today, after cost of goods, discounted',
  ),
  card(
    'Customers likely still with you',
    numberText(alive),
    `${shareText(aliveRate)} of ${numberText(h.countCustomers)} who ever ordered`,
  ),
]}</dl>
<p class="note">Net sales are after discounts and returns and before tax. They include sales to people without a name; everything about customers leaves those out. ${numberText(h.countPeople - h.countCustomers)} more people are known who have not ordered.</p>
</section>
`;
}
