import type { Command } from 'commander';
import { retireRuns } from '../../night/retire.ts';
import { withHome } from '../home.ts';
import { homeCommand, parseWhole } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function gcCommand(): Command {
  return homeCommand('gc', 'remove what no reader and no night can need any more')
    .option('--published-days <days>', 'look back so far', parseWhole(1), 1095)
    .option('--unpublished-days <days>', 'keep what nobody sees so long', parseWhole(1), 15)
    .action(async (options) => {
      const terminal = openTerminal(options);
      const { publishedDays, unpublishedDays } = options;
      await withHome(options, async (home) => {
        const retired = await retireRuns(home, { publishedDays, unpublishedDays });
        const { countForgottenRuns, countDeletedObjects } = retired;
        terminal.result(
          terminal.json
            ? JSON.stringify({ forgotten_runs: countForgottenRuns, deleted: countDeletedObjects })
            : `${countDeletedObjects} files removed; ${countForgottenRuns} dates are no longer shown.`,
        );
      });
    });
}
