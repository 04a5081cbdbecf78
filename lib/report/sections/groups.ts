import { en } from '../../words/en.ts';
import { wordsOf } from '../../words/say.ts';
import { type Html, html } from '../html.ts';
import { moneyText, numberText, shareText } from '../number-text.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import { rfmFigure } from './rfm-map.ts';

/** The map of the customers by recency and frequency, and what to do with each group. */
export async function groupsSection(content: ReportContent): Promise<Html> {
  const { segments, rfmCells, currency } = content;
  const rows = segments.toSorted((a, b) => a.priorityRank - b.priorityRank);
  return html`<section aria-labelledby="groups"><h2 id="groups">Groups of customers</h2>
${rfmCells.length === 0 ? html`<p class="note">No customer has ordered yet.</p>` : await rfmFigure(content)}
${table({
  caption: 'The groups, those with the most expected value first',
  columns: [
    { name: 'Group', kind: 'text' },
    { name: 'Customers', kind: 'number' },
    { name: 'Net sales, last 12 months', kind: 'number' },
    { name: 'Expected, next 12 months', kind: 'number' },
    { name: 'Likely still with you', kind: 'number' },
    { name: 'What to do', kind: 'text' },
  ],
  rows: rows.map((row) => [
    wordsOf(en, 'segment', row.segment),
    numberText(row.countCustomers),
    moneyText(row.netSales, currency),
    moneyText(row.predictedValue, currency),
    shareText(row.meanAlive),
    wordsOf(en, 'action', row.action),
  ]),
})}
</section>
`;
}
