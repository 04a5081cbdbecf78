import { type Command, Option } from 'commander';
import { namesTable } from '../../adapters/duckdb/files-select.ts';
import { openPublishedTables } from '../../adapters/duckdb/published.ts';
import { ConfigurationError } from '../../errors.ts';
import { readPointer, readPublishedRun } from '../../stages/publish/pointer.ts';
import { allTables } from '../../tables/all.ts';
import { printAll } from '../closed-pipe.ts';
import { commandText } from '../command-text.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { type RowFormat, rowFormats, rowTexts } from '../row-format.ts';
import { requireWholeLedger } from '../whole-ledger.ts';

/** Whether a text reads what was loaded, as loads, refusals and accepted rows are. */
function namesLogTable(text: string): boolean {
  return allTables.some((table) => table.storage.kind === 'log' && namesTable(text, table));
}

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
        await withHome(options, async ({ folder, store, clock }) => {
          const loaded = namesLogTable(select) ? await requireWholeLedger({ store, clock }) : [];
          const pointer = await readPointer(store);
          const [current, ...earlier] = pointer?.runs ?? [];
          if (current === undefined) {
            throw new ConfigurationError(
              `Cannot read ${folder}: a published night is required: ${commandText('run', options)}`,
            );
          }
          const published = await openPublishedTables({
            folder,
            tables: allTables,
            published: [current, ...earlier],
            readRun: (runId) => readPublishedRun(store, runId),
            loaded,
          });
          try {
            const format = options.json ? 'json' : options.format;
            await printAll(rowTexts(await published.query(select), format));
          } finally {
            published.close();
          }
        });
      },
    );
}
