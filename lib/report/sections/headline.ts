import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import type { Writer } from '../writer.ts';

function card(label: string, figure: string, note: string): Html {
  return html`<div class="card"><dt>${label}</dt><dd><strong>${figure}</strong><span>${note}</span></dd></div>\n`;
}

/** The few numbers to know, each with what it means or how it changed. */
export function headlineSection(
  { headline: h, salesForecast: forecast }: ReportContent,
  writer: Writer,
): Html {
  const { number, money, share } = writer;
  const words = writer.words.headline;
  const averageOrder = h.orders > 0 ? h.net_sales / h.orders : null;
  const averageBefore = h.orders_before > 0 ? h.net_sales_before / h.orders_before : 0;
  const alive = h.expected_alive;
  const aliveRate = alive !== null && h.count_customers > 0 ? alive / h.count_customers : null;

  /** How a figure changed, where that can be told; else something else about it. */
  function changeNote(now: number, before: number, otherwise: string): string {
    const change = writer.change(now, h.has_year_before ? before : null);
    return change === null ? otherwise : words.change(change);
  }

  const orders = words.orders(number(h.orders));
  return html`<section aria-labelledby="headline"><h2 id="headline">${words.heading}</h2>
<dl class="cards">
${[
  card(
    words.netSales,
    money(h.net_sales),
    changeNote(h.net_sales, h.net_sales_before, words.noYearBefore),
  ),
  card(words.grossMargin, money(h.gross_margin), marginNote(h, writer)),
  card(
    words.customers,
    number(h.active_customers),
    changeNote(
      h.active_customers,
      h.active_customers_before,
      words.ofAll(number(h.count_customers)),
    ),
  ),
  card(
    words.averageOrder,
    money(averageOrder),
    averageOrder === null ? orders : changeNote(averageOrder, averageBefore, orders),
  ),
  card(
    words.expected,
    money(forecast?.sales ?? null),
    forecast === null
      ? words.noModel
      : words.interval(money(forecast.sales_p10), money(forecast.sales_p90)),
  ),
  card(
    words.alive,
    number(alive),
    alive === null ? words.noModel : words.aliveShare(share(aliveRate), number(h.count_customers)),
  ),
]}</dl>
<p class="note">${words.note} ${prospectsText(h.count_people - h.count_customers, writer)}</p>
</section>
`;
}

/** What share of the sales the margin is, and how much of it is an estimate; or why there is none. */
function marginNote(h: ReportContent['headline'], { words, share }: Writer): string {
  if (h.gross_margin === null) return words.headline.noCostKnown(share(h.cost_coverage ?? 0));
  const ofSales = words.headline.ofNetSales(
    share(h.net_sales > 0 ? h.gross_margin / h.net_sales : null),
  );
  return (h.share_estimated ?? 0) > 0
    ? words.headline.estimatedCost(ofSales, share(h.share_estimated))
    : ofSales;
}

function prospectsText(count: number, { words, number }: Writer): string {
  if (count <= 0) return '';
  return count === 1 ? words.headline.oneProspect : words.headline.prospects(number(count));
}
