import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { openFileEngine } from '../../adapters/duckdb/file-engine.ts';
import { ConfigurationError } from '../../errors.ts';
import { type FeedName, feedNames } from '../../feeds/all.ts';
import { type Inspection, inspectFile } from '../../ingest/inspect/inspect-file.ts';
import { readConfig } from '../config-file.ts';
import { inspectionText } from '../inspection-text.ts';

interface InspectOptions {
  readonly feed?: FeedName;
  readonly source?: string;
  readonly config?: string;
  readonly json?: boolean;
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('feed, mapping, five masked rows, and what would be refused; stores nothing')
    .argument('<file>')
    .addOption(new Option('--feed <feed>', 'feed it is meant for').choices(feedNames))
    .option('--source <source>', 'system that exported it')
    .option('--config <file>', 'configuration (default: clientele.config.json here)')
    .option('--json', 'the result as JSON')
    .action(async (file: string, options: InspectOptions) => {
      if (!(await stat(file).catch(() => null))?.isFile()) {
        throw new ConfigurationError(`Cannot inspect ${file}: a file is required.`);
      }
      const inspection = await inScratch(file, options);
      process.stdout.write(
        options.json ? `${JSON.stringify(inspection, null, 2)}\n` : inspectionText(inspection),
      );
      const isRefused = inspection.status === 'refused' || inspection.quarantined > 0;
      process.exitCode = isRefused ? 2 : 0;
    });
}

async function inScratch(
  file: string,
  { feed, source, config }: InspectOptions,
): Promise<Inspection> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-inspect-'));
  try {
    const engine = await openFileEngine(folder);
    try {
      return await inspectFile({
        engine,
        path: resolve(file),
        config: await readConfig(config, []),
        ...(feed === undefined ? {} : { feed }),
        ...(source === undefined ? {} : { source }),
      });
    } finally {
      engine.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
