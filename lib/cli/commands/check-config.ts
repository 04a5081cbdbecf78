import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { loadConfig } from '../../config.ts';
import { ConfigurationError } from '../../errors.ts';

export function checkConfigCommand(): Command {
  return new Command('check-config')
    .description('check a configuration and print it with its defaults')
    .argument('<file>')
    .option('--json', 'print JSON only')
    .action(async (file: string, options: { json?: boolean }) => {
      const text = await readFile(file, 'utf8').catch((cause) => {
        throw new ConfigurationError(`Cannot read the configuration: ${file} is no file.`, {
          cause,
        });
      });
      const config = loadConfig(text, file);
      if (!options.json) process.stderr.write(`${file} is right. With its defaults it says:\n`);
      process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
    });
}
