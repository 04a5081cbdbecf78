import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import type { Writer } from '../writer.ts';
import { orderDecisions } from './order-decisions.ts';

/** Where every record of every file went, and how to mend those that were refused. */
export function refusedSection(content: ReportContent, writer: Writer): Html {
  const { loads, refusals, leftOut } = content;
  const { code, number } = writer;
  const words = writer.words.refused;
  return html`<section aria-labelledby="refused"><h2 id="refused">${words.heading}</h2>
<p class="lead">${leadOf(loads, writer)}</p>
${
  refusals.length === 0
    ? null
    : table({
        caption: words.caption,
        columns: [
          { name: words.file, kind: 'text' },
          { name: words.records, kind: 'number' },
          { name: words.column, kind: 'text' },
          { name: words.reason, kind: 'text' },
          { name: words.hint, kind: 'text' },
        ],
        rows: refusals.map((row) => [
          row.file,
          number(row.count_records),
          placeOf(row, words),
          code('rule', row.rule),
          row.hint,
        ]),
      })
}
${
  leftOut.length === 0
    ? null
    : table({
        caption: words.leftOut,
        columns: [
          { name: words.file, kind: 'text' },
          { name: words.reason, kind: 'text' },
          { name: words.records, kind: 'number' },
        ],
        rows: leftOut.map((row) => [
          row.file,
          code('content_standing', row.standing),
          number(row.count_rows),
        ]),
      })
}
${orderDecisions(content, writer)}
<details><summary>${words.showFiles}</summary>
${table({
  caption: words.filesCaption,
  columns: [
    { name: words.file, kind: 'text' },
    { name: words.feed, kind: 'text' },
    { name: words.source, kind: 'text' },
    { name: words.status, kind: 'text' },
    { name: words.records, kind: 'number' },
    { name: words.acceptedRecords, kind: 'number' },
    { name: words.refusedRecords, kind: 'number' },
    { name: words.ignoredRecords, kind: 'number' },
  ],
  rows: loads.map((load) => [
    load.file,
    code('feed', load.feed),
    load.source,
    code('load_status', load.status),
    ...[load.records_in, load.accepted, load.quarantined, load.ignored].map((n) => number(n)),
  ]),
})}
</details>
</section>
`;
}

function placeOf(
  { effect, column_name }: ReportContent['refusals'][number],
  words: Writer['words']['refused'],
): string {
  if (effect === 'file') return words.wholeFile;
  if (column_name === null) return words.wholeRecord;
  return effect === 'value' ? words.valueAlone(column_name) : column_name;
}

function leadOf(loads: ReportContent['loads'], { words: { refused: words }, ...writer }: Writer) {
  const { number, counted } = writer;
  const sum = (column: 'records_in' | 'accepted' | 'ignored' | 'quarantined') =>
    loads.reduce((total, load) => total + load[column], 0);
  const read = words.read(
    counted(loads.length, 'file'),
    counted(sum('records_in'), 'record'),
    loads.length === 1,
  );
  const [ignored, refused] = [sum('ignored'), sum('quarantined')];
  const others = [
    words.accepted(number(sum('accepted'))),
    ignored > 0 ? words.ignored(number(ignored)) : null,
    refused > 0 ? words.refused(number(refused)) : words.noneRefused,
  ];
  return `${read}: ${others.filter((part) => part !== null).join(', ')}.`;
}
