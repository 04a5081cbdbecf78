import type { Command } from 'commander';
import { deliveryExitCode } from '../deliver-home.ts';
import { withHome } from '../home.ts';
import { nightJson, nightOfHome } from '../night-of-home.ts';
import { homeCommand, withNightOptions } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function nightCommand(): Command {
  return withNightOptions(
    homeCommand('night', 'build and publish all tables from what was accepted'),
  ).action(async (options) => {
    const terminal = openTerminal(options);
    await withHome(options, async (home) => {
      const night = await nightOfHome(home, terminal, options);
      if (terminal.json) terminal.result(JSON.stringify(nightJson(night), null, 2));
      process.exitCode = deliveryExitCode(night.deliveries);
    });
  });
}
