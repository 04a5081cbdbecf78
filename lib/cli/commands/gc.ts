import type { Command } from 'commander';
import { type Retention, retireRuns } from '../../keeping/retire.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';

/** A home keeps every date that was published, however old; a hundred years are as good as all. */
const retention: Retention = { publishedDays: 36_500, unpublishedDays: 15 };

export function gcCommand(): Command {
  return homeCommand('gc', 'remove what no reader and no night can need any more').action(
    async (options) => {
      const terminal = openTerminal(options);
      await withHome(options, async (home) => {
        const { countDeletedObjects: deleted } = await retireRuns(home, retention);
        terminal.result(terminal.json ? JSON.stringify({ deleted }) : `${deleted} files removed`);
      });
    },
  );
}
