#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ClienteleError } from '../errors.ts';
import { allowClosedPipes } from './closed-pipe.ts';
import { programText } from './command-text.ts';
import { backtestCommand } from './commands/backtest.ts';
import { checkConfigCommand } from './commands/check-config.ts';
import { deliverCommand } from './commands/deliver.ts';
import { demoCommand } from './commands/demo.ts';
import { gcCommand } from './commands/gc.ts';
import { ingestCommand } from './commands/ingest.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keyCommand } from './commands/key.ts';
import { nightCommand } from './commands/night.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { sqlCommand } from './commands/sql.ts';
import { tablesCommand } from './commands/tables.ts';
import { verifyCommand } from './commands/verify.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { version } from './version.ts';

const exitCodes = `
Exit codes: 0 ok; 2 data was refused in part or whole, or removals wait for deliver --yes
(everything good was still loaded and delivered); 3 usage or configuration; 4 engine or storage;
5 an audit failed and yesterday's tables stay.`;

allowClosedPipes();
// Whatever is made holds personal data, or may: it is its owner's alone, on any machine.
process.umask(0o077);
const program = new Command(programText())
  .description('What each of your customers is worth, from the files you already export.')
  .version(version)
  .exitOverride()
  .addHelpText('after', exitCodes);
for (const command of [
  demoCommand(),
  runCommand(),
  ingestCommand(),
  nightCommand(),
  inspectCommand(),
  sqlCommand(),
  tablesCommand(),
  backtestCommand(),
  reportCommand(),
  deliverCommand(),
  verifyCommand(),
  withdrawCommand(),
  gcCommand(),
  keyCommand(),
  checkConfigCommand(),
]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
  if (error instanceof ClienteleError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  // A defect of ours: the trace helps to mend it, and no message of the engine is in it.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 4;
}
