import type { Inspection } from '../ingest/inspect/inspect-file.ts';
import { problemLine } from './problem-line.ts';
import { tableText } from './table-text.ts';

/** What `inspect` found, for a person: what reads the file, what it comes to, what is to be said. */
export function inspectionText(inspection: Inspection): string {
  const parts = [
    headLines(inspection),
    columnLines(inspection),
    summaryLines(inspection),
    statusLines(inspection),
    inspection.rows.length === 0 ? [] : tableText(inspection.rows).trimEnd().split('\n'),
    openLines(inspection),
    suggestionLines(inspection),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(inspection: Inspection): string[] {
  const { feed, status, suggestion, problems } = inspection;
  const { recordsIn, accepted, quarantined, ignored } = inspection;
  const counted = `Records: ${recordsIn} = ${accepted} accepted + ${quarantined} quarantined + ${ignored} ignored`;
  const isSuggested = suggestion !== null;
  return [
    `Feed: ${feed ?? 'none'}${readBy(inspection)}`,
    ...(status === 'refused' && !isSuggested ? ['It would be refused as a whole:'] : []),
    ...(isSuggested ? [] : [counted]),
    ...problems.map((problem) => `  ${problemLine(problem)}`),
  ];
}

function readBy({ preset, isContract, source, mapping, suggestion }: Inspection): string {
  if (suggestion !== null) {
    const encoding =
      suggestion.encoding === undefined ? '' : ` It is in ${suggestion.encoding}, not in UTF-8.`;
    return `, the nearest: nothing reads it yet, and it would be refused as it is.${encoding}`;
  }
  if (preset !== null) return `, read by the preset ${preset}`;
  if (isContract) return ', read by the contract itself';
  return Object.keys(mapping).length > 0 ? `, read by the mapping of ${source}` : '';
}

/** A short table: what each column of the feed is read from, and the headers that nothing reads. */
function columnLines({ mapping, suggestion, notRead }: Inspection): string[] {
  const columns = Object.entries(suggestion?.columns ?? mapping).map(([column, from]) => ({
    column,
    'read from': columnText(from),
  }));
  return [
    ...(columns.length === 0 ? [] : tableText(columns).trimEnd().split('\n')),
    ...(notRead.length > 0 ? [`Not read: ${notRead.join(', ')}`] : []),
  ];
}

function summaryLines({ summary, suggestion }: Inspection): string[] {
  if (summary.length === 0) return [];
  const lines = summary.map(
    ({ currency, lines: count, orders, first, last, netSales, givenBack }) =>
      `  ${[
        `${first} to ${last}`,
        `${count.toLocaleString('en')} lines`,
        `${orders.toLocaleString('en')} orders`,
        `net sales ${netSales}${currency === '' ? '' : ` ${currency}`}`,
        ...(Number(givenBack) === 0 ? [] : [`${givenBack} was given back of what was sold`]),
      ].join(', ')}`,
  );
  return [suggestion === null ? 'It comes to:' : 'Read so, it comes to:', ...lines];
}

function statusLines({ statusWords }: Inspection): string[] {
  if (statusWords.length === 0) return [];
  const rows = statusWords.map(({ word, rows: records, meaning }) => ({
    status: word,
    records,
    'is taken for': meaning ?? 'not known: say it under "status_words"',
  }));
  return tableText(rows).trimEnd().split('\n');
}

function openLines({ open }: Inspection): string[] {
  return open.length === 0 ? [] : ['To be said first:', ...open.map((line) => `  ${line}`)];
}

function suggestionLines({ feed, suggestion, source }: Inspection): string[] {
  if (suggestion === null) return [];
  const name = source === '' ? 'my-source' : source;
  return [
    `A mapping to look over and paste into clientele.config.json; files of it go to drop/${feed}/${name}/:`,
    JSON.stringify({ sources: { [name]: { [feed ?? 'orders']: suggestion } } }, null, 2),
  ];
}

/** What a column is made of, as a person would say it. */
function columnText(from: Partial<Inspection['mapping'][string]> | string): string {
  if (typeof from === 'string') return from;
  if (from.value !== undefined) return `always ${JSON.stringify(from.value)}`;
  if (from.join !== undefined) return from.join.join(from.with === '' ? ' and ' : from.with);
  return `${from.from ?? ''}${from.as === undefined ? '' : ` (${from.as.replace('_', ' ')})`}`;
}
