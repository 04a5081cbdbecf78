import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { openFileEngine } from '../../adapters/duckdb/file-engine.ts';
import { ConfigurationError } from '../../errors.ts';
import { type FeedName, feedNames } from '../../feeds/all.ts';
import { type Inspection, inspectFile } from '../../ingest/inspect/inspect-file.ts';
import type { Suggestion } from '../../ingest/inspect/suggest-reading.ts';
import { readConfig } from '../config-file.ts';
import { problemLine } from '../problem-line.ts';
import { tableText } from '../table-text.ts';

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

function inspectionText(inspection: Inspection): string {
  const { feed, mapping, notRead, rows, problems, suggestion, open } = inspection;
  const { recordsIn, accepted, quarantined, ignored, status } = inspection;
  const lines = [
    `Feed: ${feed ?? 'none'}${readBy(inspection)}`,
    ...(status === 'refused' ? ['It would be refused as a whole:'] : []),
    ...(status === 'loaded'
      ? [
          `Columns: ${Object.entries(mapping)
            .map(([column, from]) => `${column} <- ${columnText(from)}`)
            .join(', ')}`,
        ]
      : []),
    ...(notRead.length > 0 ? [`Not read: ${notRead.join(', ')}`] : []),
    `Records: ${recordsIn} = ${accepted} accepted + ${quarantined} quarantined + ${ignored} ignored`,
    ...problems.map((problem) => `  ${problemLine(problem)}`),
    ...(rows.length > 0 ? ['', tableText(rows).trimEnd()] : []),
    ...(suggestion === null ? [] : ['', ...suggestionLines(feed ?? 'orders', suggestion)]),
    ...open,
  ];
  return `${lines.join('\n')}\n`;
}

function readBy({ preset, isContract, source, mapping, suggestion }: Inspection): string {
  if (suggestion !== null) return ', the nearest: nothing reads this header';
  if (preset !== null) return `, read by the preset ${preset}`;
  if (isContract) return ', read by the contract itself';
  return Object.keys(mapping).length > 0 ? `, read by the mapping of ${source}` : '';
}

function suggestionLines(feed: FeedName, suggestion: Suggestion): string[] {
  const sources = { 'my-source': { [feed]: suggestion } };
  return [
    'A mapping to look over and paste into clientele.config.json:',
    JSON.stringify({ sources }, null, 2),
  ];
}

/** What a column is made of, as a person would say it. */
function columnText(from: Inspection['mapping'][string]): string {
  if (from.value !== undefined) return `always ${JSON.stringify(from.value)}`;
  if (from.join !== undefined) return from.join.join(from.with === '' ? ' and ' : from.with);
  return from.from ?? '';
}
