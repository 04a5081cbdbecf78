import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { openSecretFile } from '../../adapters/folder/secret-file.ts';
import { ConfigurationError } from '../../errors.ts';
import { sampleAsOf } from '../../sample/calendar.ts';
import { sampleConfiguration } from '../../sample/configuration.ts';
import { sampleSecret } from '../../sample/secret.ts';
import { makeSampleShop } from '../../sample/shop.ts';
import { commandText } from '../command-text.ts';
import { configName } from '../config-file.ts';
import { withHome } from '../home.ts';
import { ingestHome } from '../ingest-home.ts';
import { nightJson, nightOfHome } from '../night-of-home.ts';
import { parseWhole } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function demoCommand(): Command {
  return new Command('demo')
    .description('make a sample shop, run its night, write and open the report')
    .option('--customers <number>', 'people the shop knows', parseWhole(10), 2000)
    .option('--seed <number>', 'another shop for each', parseWhole(1), 1)
    .option('--home <dir>', 'where', 'clientele-demo')
    .option('--json', 'result as JSON on stdout, no talk')
    .action(async (options: { customers: number; seed: number; home: string; json?: boolean }) => {
      const terminal = openTerminal(options);
      terminal.say(`A shop of ${options.customers} customers is made up in ${options.home}`);
      await writeShop(resolve(options.home), options);
      await withHome({ home: options.home }, async (home) => {
        const loads = await ingestHome(home, terminal);
        const night = await nightOfHome(home, terminal, { asOf: sampleAsOf });
        terminal.say(`Ask it: ${commandText('sql', options, 'select * from segment_profile')}`);
        terminal.result(
          terminal.json ? JSON.stringify({ loads, ...nightJson(night) }, null, 2) : night.report,
        );
        if (!terminal.json && process.stdout.isTTY) open(night.report);
      });
    });
}

const marker = '.clientele-demo';

/** The sample's files as a user would drop them. A folder of an earlier demo is made anew. */
async function writeShop(
  folder: string,
  options: { readonly customers: number; readonly seed: number },
): Promise<void> {
  const found: string[] = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (found.length > 0 && !found.includes(marker)) {
    throw new ConfigurationError(
      `Cannot make the demo in ${folder}: an empty folder or one of an earlier demo is required, because it is made anew.`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  const configuration = `${JSON.stringify(sampleConfiguration, null, 2)}\n`;
  const files = [
    { key: marker, body: '' },
    { key: configName, body: configuration },
  ];
  for (const { key, body } of [...files, ...makeSampleShop(options)]) {
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await writeFile(join(folder, key), body);
  }
  await openSecretFile(folder).keep(sampleSecret);
}

/** Opens a file as a double click would, where there is something to open it with. */
function open(file: string): void {
  const [command, ...args] = {
    darwin: ['open', file],
    win32: ['cmd', '/c', 'start', '', file],
  }[process.platform as string] ?? ['xdg-open', file];
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
  // Nothing to open it with is no failure: the path has been printed.
  child.on('error', () => {});
  child.unref();
}
