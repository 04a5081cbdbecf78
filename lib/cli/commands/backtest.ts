import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError } from '../../errors.ts';
import { renderTracking } from '../../report/tracking-page.ts';
import { bind } from '../../sql/bind.ts';
import { readTracking } from '../../stages/fit/tracking.ts';
import { readPointer } from '../../stages/publish/pointer.ts';
import { en } from '../../words/en.ts';
import { commandText } from '../command-text.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { tableText } from '../table-text.ts';
import { openTerminal } from '../terminal.ts';

/** Shares with three digits, errors with three: what a person compares. */
const qualityText = `
  select q.cut_on, q.horizon_days, q.model,
    case when f.model is null then '' else 'champion' end as role, q.status,
    cast(round(q.actual_orders, 0) as bigint) as actual,
    cast(round(q.forecast_orders, 0) as bigint) as forecast,
    round(q.bias, 3) as bias, round(q.rmse, 3) as rmse, round(q.gini, 3) as gini,
    round(q.top10_capture, 3) as top10, round(q.top20_capture, 3) as top20,
    round(q.coverage_80, 2) as coverage_80, round(q.value_bias, 3) as value_bias,
    round(q.value_rmse, 2) as value_rmse, round(q.value_gini, 3) as value_gini
  from model_quality q
  left join (
    select distinct model from model_fit
    where snapshot_on = :as_of and run_id = :run_id and is_champion
  ) f on f.model = q.model
  where q.snapshot_on = :as_of and q.run_id = :run_id
  order by q.cut_on desc, q.rmse, q.model`;

export function backtestCommand(): Command {
  return homeCommand(
    'backtest',
    'models against baselines on this history, best first, and a picture of them week by week',
  ).action(async (options) => {
    const terminal = openTerminal(options);
    await withHome(options, async ({ folder, store, engine }) => {
      const pointer = await readPointer(store);
      if (pointer === null) {
        throw new ConfigurationError(
          `Cannot show a back-test of ${folder}: a published night is required: ${commandText('run', options)}`,
        );
      }
      const { snapshotOn, runId } = pointer.current;
      const models = await engine.read(
        bind(qualityText, {
          as_of: { type: 'date', value: snapshotOn },
          run_id: { type: 'text', value: runId },
        }),
      );
      const tracking = await readTracking(engine, pointer.current);
      if (tracking === null) {
        terminal.say('The history is too short to be cut: at least 180 days are required.');
        terminal.result(terminal.json ? JSON.stringify({ models }) : tableText(models));
        return;
      }
      const champion = models.find(({ role }) => role === 'champion')?.model ?? null;
      const key = `reports/${snapshotOn}/backtest.html`;
      await store.put(
        key,
        await renderTracking(tracking, { champion: champion as string | null, runId, words: en }),
      );
      const picture = join(folder, key);
      terminal.result(
        terminal.json ? JSON.stringify({ picture, models, tracking }, null, 2) : tableText(models),
      );
      terminal.say(`Drawn week by week: ${picture}`);
    });
  });
}
