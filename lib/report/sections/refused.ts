import { en } from '../../words/en.ts';
import { wordsOf } from '../../words/say.ts';
import { type Html, html } from '../html.ts';
import { countedText, numberText } from '../number-text.ts';
import type { LoadFigures, RefusalFigures, ReportContent } from '../report-content.ts';
import { table } from '../table.ts';

/** Where every record of every file went, and how to mend those that were refused. */
export function refusedSection({ loads, refusals }: ReportContent): Html {
  return html`<section aria-labelledby="refused"><h2 id="refused">What was read, and what was refused</h2>
<p class="lead">${leadOf(loads)}</p>
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
          placeOf(row),
          wordsOf(en, 'rule', row.rule),
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
    wordsOf(en, 'feed', load.feed),
    load.source,
    wordsOf(en, 'load_status', load.status),
    ...[load.recordsIn, load.accepted, load.quarantined, load.ignored].map((n) => numberText(n)),
  ]),
})}
</details>
</section>
`;
}

function placeOf({ effect, column }: RefusalFigures): string {
  if (effect === 'file') return 'whole file';
  return effect === 'value' ? `${column}: left out of the record` : (column ?? 'whole record');
}

function leadOf(loads: readonly LoadFigures[]): string {
  const sum = (of: (load: LoadFigures) => number) =>
    loads.reduce((total, load) => total + of(load), 0);
  const [files, were] =
    loads.length === 1 ? ['One file', 'was'] : [countedText(loads.length, 'file'), 'were'];
  const read = `${files} with ${countedText(
    sum((load) => load.recordsIn),
    'record',
  )} ${were} read`;
  const ignored = sum((load) => load.ignored);
  const refused = sum((load) => load.quarantined);
  const others = [
    `${numberText(sum((load) => load.accepted))} were accepted`,
    ignored > 0 ? `${numberText(ignored)} left out as the configuration says` : null,
    refused > 0 ? `${numberText(refused)} refused, which count nowhere` : 'none refused',
  ];
  return `${read}: ${others.filter((part) => part !== null).join(', ')}.`;
}
