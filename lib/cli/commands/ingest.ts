import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError } from '../../errors.ts';
import { ingestObject } from '../../ingest/ingest.ts';
import { isReadAsNoted } from '../../ingest/known-objects.ts';
import type { LoadSummary } from '../../ingest/services.ts';
import { type Home, withHome } from '../home.ts';
import { ingestHome, ingestServices, loadExitCode, sayLoad } from '../ingest-home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal, type Terminal } from '../terminal.ts';

interface IngestOptions {
  readonly home: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly feed?: string;
  readonly source?: string;
}

export function ingestCommand(): Command {
  return homeCommand('ingest', 'check and accept what is in drop/, or files from elsewhere')
    .argument('[files...]', 'files outside drop/: they are copied there first')
    .option('--feed <feed>', 'feed of the files: orders, customers or products')
    .option('--source <source>', 'system that exported the files')
    .action(async (files: string[], options: IngestOptions) => {
      const terminal = openTerminal(options);
      // Files that are brought may be the first of a home.
      if (files.length > 0) await mkdir(options.home, { recursive: true });
      await withHome(options, async (home) => {
        const loads =
          files.length === 0
            ? await ingestHome(home, terminal)
            : await ingestFiles(home, terminal, { files, options });
        if (terminal.json) terminal.result(JSON.stringify({ loads }, null, 2));
        process.exitCode = loadExitCode(loads);
      });
    });
}

async function ingestFiles(
  home: Home,
  terminal: Terminal,
  { files, options }: { readonly files: readonly string[]; readonly options: IngestOptions },
): Promise<LoadSummary[]> {
  if (options.feed === undefined) {
    throw new ConfigurationError('Cannot ingest files from elsewhere: --feed is required.');
  }
  const folder = ['drop', options.feed, options.source].filter((part) => part !== undefined);
  const services = await ingestServices(home);
  const loads: LoadSummary[] = [];
  await isReadAsNoted(services);
  for (const file of files) {
    if (!(await stat(file).catch(() => null))?.isFile()) {
      throw new ConfigurationError(`Cannot ingest ${file}: a file is required.`);
    }
    const key = [...folder, basename(file)].join('/');
    await home.store.putStream(key, createReadStream(file));
    const load = await ingestObject(services, key);
    sayLoad(terminal, load);
    loads.push(load);
  }
  return loads;
}
