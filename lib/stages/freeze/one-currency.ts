import { ConfigurationError } from '../../errors.ts';
import { bind } from '../../sql/bind.ts';
import type { Night } from '../stage.ts';

/** The currencies that the frozen loads name, a line for each list of them. */
const named = `
select distinct l.currencies
from run_input i
join load l on l.load_id = i.load_id
where i.snapshot_on = :as_of and i.run_id = :run_id and i.kind = 'part' and l.currencies is not null`;

/**
 * Amounts of several currencies cannot be added: which one is reported in, the configuration must
 * say. Fails with a ConfigurationError that holds the line to add.
 */
export async function requireOneCurrency({ engine, config, parameters }: Night): Promise<void> {
  if (config.currency !== undefined) return;
  const rows = await engine.read(bind(named, parameters));
  const currencies = new Set(rows.flatMap(({ currencies }) => String(currencies).split(' ')));
  if (currencies.size < 2) return;
  const found = [...currencies].sort();
  throw new ConfigurationError(
    `Cannot run the night: it must report in one currency: found ${found.join(', ')} in the files and none in the configuration. Add the line "currency": "${found[0]}" (or another of them).`,
  );
}
