import { type Command, Option } from 'commander';
import { openPublishedTables } from '../../adapters/duckdb/published.ts';
import { ConfigurationError } from '../../errors.ts';
import { readPointer } from '../../stages/publish/pointer.ts';
import { allTables } from '../../tables/all.ts';
import { formatRows, type RowFormat, rowFormats } from '../format-rows.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';

export function sqlCommand(): Command {
  return homeCommand('sql', 'ask the published tables, load and quarantine')
    .argument('<select>', 'one SELECT; <table> is the current run, <table>_history every date')
    .addOption(
      new Option('--format <format>', 'how to print the rows').choices(rowFormats).default('table'),
    )
    .action(
      async (
        select: string,
        options: { home: string; config?: string; format: RowFormat; json?: boolean },
      ) => {
        await withHome(options, async ({ folder, store }) => {
          const pointer = await readPointer(store);
          const [current, ...earlier] = pointer?.runs ?? [];
          if (current === undefined) {
            throw new ConfigurationError(
              `Cannot read ${folder}: a published night is required: run 'clientele run --home ${options.home}' first.`,
            );
          }
          const published = await openPublishedTables({
            folder,
            tables: allTables,
            published: [current, ...earlier],
          });
          try {
            const format = options.json ? 'json' : options.format;
            process.stdout.write(formatRows(await published.read(select), format));
          } finally {
            published.close();
          }
        });
      },
    );
}
