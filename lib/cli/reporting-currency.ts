import type { QueryEngine, Row, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import type { Home } from './home.ts';

const reporting = `
select value
from run_input
where snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'`;

const waiting = `
select o.currency, count(*) as count_lines
from accepted_orders o
join run_input i on i.name = o.part_id and i.load_id = o.load_id
where i.snapshot_on = :as_of and i.run_id = :run_id and i.kind = 'part' and o.currency <> :currency
group by o.currency
order by o.currency`;

/** What a night's amounts are in, and which lines count nowhere, as they are in another currency. */
export async function currencyLines(
  { engine, config }: { readonly engine: QueryEngine } & Pick<Home, 'config'>,
  run: Run,
): Promise<readonly string[]> {
  const parameters = {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: { type: 'text', value: run.runId },
  } as const;
  const [row] = await engine.read(bind(reporting, parameters));
  const currency = row?.value ?? null;
  if (typeof currency !== 'string') {
    return ['Amounts are in the currency of the files, which nothing names: set "currency".'];
  }
  const others = await engine.read(
    bind(waiting, { ...parameters, currency: { type: 'text', value: currency } }),
  );
  const isOnly = config.currency === undefined;
  return [
    `Amounts are in ${currency}${isOnly ? ', the only currency that the files name' : ''}.`,
    ...others.map(lineOf),
  ];
}

function lineOf({ currency, count_lines }: Row): string {
  return `${Number(count_lines).toLocaleString('en')} order lines in ${currency} count nowhere: there is no rate for them.`;
}
