import type { Command } from 'commander';
import { deliverHome, deliveryExitCode, deliveryJson, deliveryLine } from '../deliver-home.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function deliverCommand(): Command {
  return homeCommand('deliver', 'write the audience files that the published run has not delivered')
    .option('--yes', 'also where more than half of an audience is removed')
    .action(async (options: { home: string; config?: string; json?: boolean; yes?: boolean }) => {
      const terminal = openTerminal(options);
      await withHome(options, async (home) => {
        const deliveries = await deliverHome(home, terminal, { isConfirmed: options.yes ?? false });
        terminal.result(
          terminal.json
            ? JSON.stringify(deliveryJson(deliveries), null, 2)
            : deliveries.map(deliveryLine).join('\n'),
        );
        process.exitCode = deliveryExitCode(deliveries);
      });
    });
}
