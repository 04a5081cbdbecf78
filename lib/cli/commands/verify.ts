import type { Command } from 'commander';
import { type Finding, verifyHome } from '../../keeping/verify.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function verifyCommand(): Command {
  return homeCommand(
    'verify',
    'compare everything that is kept with its digests, and say what is lost and what it means',
  ).action(async (options) => {
    const terminal = openTerminal(options);
    await withHome(options, async (home) => {
      const findings = await verifyHome(home);
      terminal.result(
        terminal.json ? JSON.stringify({ findings }, null, 2) : findingsText(findings),
      );
      process.exitCode = findings.length === 0 ? 0 : 4;
    });
  });
}

function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Everything is as it was written.';
  return findings
    .map(({ key, state, meaning }) => (key === null ? meaning : `${key} is ${state}. ${meaning}`))
    .join('\n');
}
