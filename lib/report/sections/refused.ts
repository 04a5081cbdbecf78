import { type Html, html } from '../html.ts';
import { numberText } from '../number-text.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';

/** Where every record of every file went, and how to mend those that were refused. */
export function refusedSection({ loads, refusals }: ReportContent): Html {
  const total = loads.reduce((sum, load) => sum + load.recordsIn, 0);
  const refused = loads.reduce((sum, load) => sum + load.quarantined, 0);
  return html`<section aria-labelledby="refused"><h2 id="refused">What was read, and what was refused</h2>
<p class="lead">${leadOf(loads.length, total, refused)}</p>
${
  refusals.length === 0
    ? null
    : table({
        caption: 'Refused, by reason',
        columns: [
          { name: 'File', kind: 'text' },
          { name: 'Records', kind: 'number' },
          { name: 'Column', kind: 'text' },
          { name: 'Reason', kind: 'text' },
          { name: 'What to do', kind: 'text' },
        ],
        rows: refusals.map((row) => [
          row.file,
          numberText(row.countRecords),
          row.column ?? 'whole record',
          row.rule.replaceAll('_', ' '),
          row.hint,
        ]),
      })
}
<details><summary>Show every file</summary>
${table({
  caption: 'Files: records read = accepted + refused + left out by a declared rule',
  columns: [
    { name: 'File', kind: 'text' },
    { name: 'What it holds', kind: 'text' },
    { name: 'From', kind: 'text' },
    { name: 'Result', kind: 'text' },
    { name: 'Records', kind: 'number' },
    { name: 'Accepted', kind: 'number' },
    { name: 'Refused', kind: 'number' },
    { name: 'Left out', kind: 'number' },
  ],
  rows: loads.map((load) => [
    load.file,
    load.feed,
    load.source,
    load.status,
    ...[load.recordsIn, load.accepted, load.quarantined, load.ignored].map((n) => numberText(n)),
  ]),
})}
</details>
</section>
`;
}

function leadOf(countFiles: number, total: number, refused: number): string {
  const files = countFiles === 1 ? 'One file' : `${numberText(countFiles)} files`;
  const read = `${files} with ${numberText(total)} records ${countFiles === 1 ? 'was' : 'were'} read`;
  if (refused === 0) return `${read}; no record was refused.`;
  const which = refused === 1 ? '1 record was' : `${numberText(refused)} records were`;
  return `${read}. ${which} refused and count nowhere; all the others are in the numbers above.`;
}
