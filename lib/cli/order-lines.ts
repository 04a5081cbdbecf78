import type { QueryEngine, Row, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { en } from '../words/en.ts';
import { wordsOf } from '../words/say.ts';

const ofRun = 'snapshot_on = :as_of and run_id = :run_id';

/** Whose order numbers begin anew, as the orders show or as the configuration says of any source. */
const numbering = `
select source, is_restarting, is_set, count_numbers, count_restarting
from orders_numbering
where ${ofRun} and (is_restarting or is_set)
order by source`;

const replaced = `
select l.file, r.count_orders, r.count_lines
from (select load_id, count_orders, count_lines from orders_replaced where ${ofRun}) r
join load l on l.load_id = r.load_id
order by l.file, r.load_id`;

const continued = `
select l.file, c.count_orders
from (
  select load_id, count(*) as count_orders from orders_delivery
  where ${ofRun} and is_continued group by load_id
) c
join load l on l.load_id = c.load_id
order by l.file, c.load_id`;

const waiting = `
select kind, missing, source, first_on, last_on, count_orders, amount, lines_amount, order_subtotal
from waiting
where ${ofRun}
order by kind, missing, source`;

const undated = `
select count(distinct source || ' ' || order_id) as count_orders
from orders_record
where ${ofRun} and is_undated_refund`;

/** What a night decided of orders that nobody may have thought of; holds nothing personal. */
export async function orderLines(engine: QueryEngine, run: Run): Promise<readonly string[]> {
  const read = (text: string) =>
    engine.read(
      bind(text, {
        as_of: { type: 'date', value: run.snapshotOn },
        run_id: { type: 'text', value: run.runId },
      }),
    );
  const [refunds] = await read(undated);
  return [
    ...(await read(numbering)).map(numberingLine),
    ...(await read(replaced)).map(replacedLine),
    ...(await read(continued)).map(continuedLine),
    ...(Number(refunds?.count_orders) > 0
      ? [
          `Given back on the day of the order, as no other is told: ${counted(refunds?.count_orders, 'order')}.`,
        ]
      : []),
    ...(await read(waiting)).map(waitingLine),
  ];
}

function numberingLine(row: Row): string {
  const decided = row.is_set
    ? 'as the configuration says'
    : `as ${count(row.count_restarting)} of ${count(row.count_numbers)} stand on several days for different customers, or for none`;
  const way = row.is_restarting
    ? 'begin anew: an order is a number of a day and store'
    : 'name one order each';
  return `Order numbers of ${sourceOf(row)} ${way}, ${decided}.`;
}

function replacedLine(row: Row): string {
  return `${row.file} took ${counted(row.count_lines, 'line')} out of ${counted(row.count_orders, 'order')} as delivered before.`;
}

function continuedLine(row: Row): string {
  return `${row.file} goes on with ${counted(row.count_orders, 'order')} that the numbered file before it ends with: put together.`;
}

function waitingLine(row: Row): string {
  const what = wordsOf(en, 'waiting', String(row.kind));
  const currency = row.missing === '' ? '' : ` ${row.missing}`;
  const sides =
    row.order_subtotal === null || row.lines_amount === null
      ? ''
      : ` (lines ${money(row.lines_amount)}, subtotals ${money(row.order_subtotal)})`;
  return `Waiting, counted nowhere: ${counted(row.count_orders, 'order')} of ${sourceOf(row)}, ${row.first_on} to ${row.last_on}, ${money(row.amount)}${currency}: ${what}${sides}.`;
}

function sourceOf({ source }: Row): string {
  return source === '' ? 'files of no source' : `source ${source}`;
}

function count(value: Row[string] | undefined): string {
  return Number(value).toLocaleString('en');
}

function counted(value: Row[string] | undefined, word: string): string {
  return `${count(value)} ${word}${Number(value) === 1 ? '' : 's'}`;
}

function money(value: Row[string] | undefined): string {
  return Number(value).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}
