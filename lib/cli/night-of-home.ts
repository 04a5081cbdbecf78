import { join } from 'node:path';
import type { Delivery } from '../delivery/deliver.ts';
import type { Damage } from '../ingest/ledger/check-ledger.ts';
import { mendLedger } from '../keeping/mend-ledger.ts';
import { type NightOptions, type NightResult, runNight } from '../night/run-night.ts';
import { basisLines } from './basis-lines.ts';
import { deliverHome, deliveryJson } from './deliver-home.ts';
import type { Home } from './home.ts';
import { ingestServices, sayLoad } from './ingest-home.ts';
import { leftOutLines } from './left-out-lines.ts';
import { orderLines } from './order-lines.ts';
import { currencyLines } from './reporting-currency.ts';
import type { Terminal } from './terminal.ts';

export interface HomeNight extends NightResult {
  /** Path of the report. */
  readonly report: string;
  readonly deliveries: readonly Delivery[];
}

/**
 * Runs the night of a home and delivers its audiences, telling each step as it is done.
 * Fails as `openHomeSecret` does.
 */
export async function nightOfHome(
  home: Home,
  terminal: Terminal,
  options: Pick<NightOptions, 'asOf' | 'replaceNewer'>,
): Promise<HomeNight> {
  const services = await ingestServices(home);
  const mend = async (damages: readonly Damage[]) => {
    for (const { key, isLost } of damages) {
      terminal.say(`${key} is ${isLost ? 'lost' : 'changed'}: loaded again where drop/ has it`);
    }
    await mendLedger(services, damages, (load) => sayLoad(terminal, load));
  };
  const night = await runNight(
    { ...home, mend },
    {
      ...options,
      onStep: ({ stage, step, place, of, rows }) => {
        const written = rows === null ? '' : `: ${rows.toLocaleString('en')} rows`;
        terminal.progress(`${place}/${of} ${stage} ${step}${written}`);
      },
    },
  );
  const report = join(home.folder, 'reports', night.run.snapshotOn, 'index.html');
  terminal.say(`Published run ${night.run.runId}: ${night.tables.length} tables.`);
  for (const line of await currencyLines(home, night.run)) terminal.say(line);
  for (const line of await orderLines(home.engine, night.run)) terminal.say(line);
  for (const line of await basisLines(home.engine, night.run)) terminal.say(line);
  const place = { home: home.folder };
  for (const line of await leftOutLines(home.engine, night.run, place)) terminal.say(line);
  terminal.say(`Report: ${report}`);
  const deliveries = await deliverHome(home, terminal, { isConfirmed: false });
  return { ...night, report, deliveries };
}

/** What `--json` tells of a night. */
export function nightJson({ run, tables, report, deliveries }: HomeNight) {
  return {
    run_id: run.runId,
    snapshot_on: run.snapshotOn,
    report,
    deliveries: deliveryJson(deliveries),
    tables: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])),
  };
}
