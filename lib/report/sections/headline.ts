import { type Html, html } from '../html.ts';
import { changeText, moneyText, numberText, shareText } from '../number-text.ts';
import type { ReportContent } from '../report-content.ts';

function card(label: string, figure: string, note: string): Html {
  return html`<div class="card"><dt>${label}</dt><dd><strong>${figure}</strong><span>${note}</span></dd></div>\n`;
}

/** The first note that can be given: how the figure changed, else something else about it. */
function changeNote(now: number, before: number | null, otherwise: string): string {
  const change = changeText(now, before);
  return change === null ? otherwise : `${change} on the 12 months before`;
}

/** The few numbers to know, each with what it means or how it changed. */
export function headlineSection({ headline: h, currency }: ReportContent): Html {
  const averageOrder = h.orders > 0 ? h.netSales / h.orders : null;
  const marginRate = h.netSales > 0 ? h.grossMargin / h.netSales : null;
  const knowsCost = h.netSales === 0 || h.grossMargin !== h.netSales;
  const alive = h.expectedAlive;
  const aliveRate = alive !== null && h.countCustomers > 0 ? alive / h.countCustomers : null;
  return html`<section aria-labelledby="headline"><h2 id="headline">The last 12 months, and the next</h2>
<dl class="cards">
${[
  card(
    'Net sales',
    moneyText(h.netSales, currency),
    changeNote(h.netSales, h.netSalesBefore, 'no earlier year to compare with'),
  ),
  card(
    'Gross margin',
    moneyText(h.grossMargin, currency),
    knowsCost
      ? `${shareText(marginRate)} of net sales`
      : 'all of net sales: no cost of goods is known',
  ),
  card(
    'Customers who ordered',
    numberText(h.activeCustomers),
    changeNote(
      h.activeCustomers,
      h.activeCustomersBefore,
      `of ${numberText(h.countCustomers)} who ever ordered`,
    ),
  ),
  card(
    'Average order',
    moneyText(averageOrder, currency),
    `${numberText(h.orders)} orders${h.ordersBefore === null ? '' : `, ${changeNote(h.orders, h.ordersBefore, 'none before')}`}`,
  ),
  card(
    'Expected in the next 12 months',
    moneyText(h.predictedValue, currency),
    `from customers of today, discounted${knowsCost ? ', after cost of goods' : ''}`,
  ),
  card(
    'Customers likely still with you',
    numberText(alive),
    alive === null
      ? 'cannot be told: too little history for a model'
      : `${shareText(aliveRate)} of ${numberText(h.countCustomers)} who ever ordered`,
  ),
]}</dl>
<p class="note">Net sales are after discounts and returns and before tax. They include sales to people without a name; everything about customers leaves those out. ${prospectsText(h.countPeople - h.countCustomers)}</p>
</section>
`;
}

function prospectsText(count: number): string {
  if (count <= 0) return '';
  return count === 1
    ? 'One more person is known and has not ordered.'
    : `${numberText(count)} more people are known and have not ordered.`;
}
