import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import type { Home } from './home.ts';

const reporting = `
select value
from run_input
where snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'`;

/** What a night's amounts are in. */
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
  const isOnly = config.currency === undefined;
  return [`Amounts are in ${currency}${isOnly ? ', the only currency that the files name' : ''}.`];
}
