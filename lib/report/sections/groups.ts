import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import { valueBasis } from '../value-basis.ts';
import type { Writer } from '../writer.ts';
import { rfmFigure } from './rfm-map.ts';

/** The map of the customers by recency and frequency, and what to do with each group. */
export async function groupsSection(content: ReportContent, writer: Writer): Promise<Html> {
  const { code, number, money, share } = writer;
  const words = writer.words.groups;
  const rows = content.segments.toSorted((a, b) => a.priority_rank - b.priority_rank);
  return html`<section aria-labelledby="groups"><h2 id="groups">${words.heading}</h2>
${content.rfmCells.length === 0 ? html`<p class="note">${words.none}</p>` : await rfmFigure(content, writer)}
${table({
  caption: rows.some((row) => row.ranked_by === 'booked') ? words.captionBooked : words.caption,
  columns: [
    { name: words.group, kind: 'text' },
    { name: words.customers, kind: 'number' },
    { name: words.netSales, kind: 'number' },
    { name: writer.words.expected(valueBasis(content, writer)), kind: 'number' },
    { name: words.alive, kind: 'number' },
    { name: words.action, kind: 'text' },
  ],
  rows: rows.map((row) => [
    code('segment', row.segment),
    number(row.count_customers),
    money(row.net_sales_12m),
    money(row.predicted_clv_12m),
    share(row.mean_p_alive),
    code('action', row.action),
  ]),
})}
</section>
`;
}
