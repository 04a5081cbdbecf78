import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import type { Writer } from '../writer.ts';

/** Identifiers that join nobody, and what to do about them; nothing where there are none. */
export function guardedSection({ guarded }: ReportContent, writer: Writer): readonly Html[] {
  if (guarded.length === 0) return [];
  const { code, number } = writer;
  const words = writer.words.guarded;
  const section = html`<section aria-labelledby="guarded"><h2 id="guarded">${words.heading}</h2>
<p class="lead">${words.lead}</p>
${table({
  caption: words.caption,
  columns: [
    { name: words.kind, kind: 'text' },
    { name: words.identifiers, kind: 'number' },
    { name: words.carriers, kind: 'number' },
    { name: words.reason, kind: 'text' },
    { name: words.since, kind: 'text' },
    { name: words.action, kind: 'text' },
  ],
  rows: guarded.map((row) => [
    code('identifier', row.kind),
    number(row.count_identifiers),
    number(row.count_carriers),
    code('guard_reason', row.reason),
    writer.day(row.since_on),
    code('guard_action', row.reason),
  ]),
})}
</section>`;
  return [section];
}
