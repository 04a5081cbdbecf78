import { type Html, html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';
import { table } from '../table.ts';
import type { Writer } from '../writer.ts';

/**
 * What waits and counts nowhere, what deliveries took out or went on with, which refunds have no day,
 * and whose order numbers begin anew.
 */
export function orderDecisions(
  {
    waitingOrders,
    replacedLines,
    continuedOrders,
    undatedRefunds,
    restartingNumbers,
  }: ReportContent,
  { words: { orderDecisions: words }, code, day, number }: Writer,
): Html {
  return html`${
    waitingOrders.length === 0
      ? null
      : table({
          caption: words.waiting,
          columns: [
            { name: words.source, kind: 'text' },
            { name: words.reason, kind: 'text' },
            { name: words.from, kind: 'text' },
            { name: words.to, kind: 'text' },
            { name: words.orders, kind: 'number' },
            { name: words.amount, kind: 'number' },
          ],
          rows: waitingOrders.map((row) => [
            row.source,
            `${code('waiting', row.kind)} ${row.missing}`.trim(),
            day(row.first_on),
            day(row.last_on),
            number(row.count_orders),
            number(row.amount, 2),
          ]),
        })
  }${
    replacedLines.length === 0
      ? null
      : table({
          caption: words.replaced,
          columns: [
            { name: words.file, kind: 'text' },
            { name: words.orders, kind: 'number' },
            { name: words.lines, kind: 'number' },
          ],
          rows: replacedLines.map((row) => [
            row.file,
            number(row.count_orders),
            number(row.count_lines),
          ]),
        })
  }${
    continuedOrders.length === 0
      ? null
      : table({
          caption: words.continued,
          columns: [
            { name: words.file, kind: 'text' },
            { name: words.orders, kind: 'number' },
          ],
          rows: continuedOrders.map((row) => [row.file, number(row.count_orders)]),
        })
  }${
    undatedRefunds.length === 0
      ? null
      : table({
          caption: words.undated,
          columns: [
            { name: words.source, kind: 'text' },
            { name: words.orders, kind: 'number' },
          ],
          rows: undatedRefunds.map((row) => [row.source, number(row.count_orders)]),
        })
  }${restartingNumbers.map(({ source }) => html`<p>${words.restarting(source)}</p>`)}`;
}
