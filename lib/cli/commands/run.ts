import type { Command } from 'commander';
import { deliveryExitCode } from '../deliver-home.ts';
import { withHome } from '../home.ts';
import { ingestHome, loadExitCode } from '../ingest-home.ts';
import { nightJson, nightOfHome } from '../night-of-home.ts';
import { sayOldData } from '../old-data.ts';
import { homeCommand, withNightOptions } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function runCommand(): Command {
  return withNightOptions(homeCommand('run', 'ingest what is in drop/, then run the night')).action(
    async (options) => {
      const terminal = openTerminal(options);
      await withHome(options, async (home) => {
        const loads = await ingestHome(home, terminal);
        const night = await nightOfHome(home, terminal, options);
        if (options.asOf === undefined) await sayOldData(home, terminal, night.run);
        if (terminal.json) terminal.result(JSON.stringify({ loads, ...nightJson(night) }, null, 2));
        process.exitCode = loadExitCode(loads) || deliveryExitCode(night.deliveries);
      });
    },
  );
}
