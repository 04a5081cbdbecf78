import { Command } from 'commander';
import { allTables } from '../../tables/all.ts';
import { dictionary } from '../../tables/dictionary.ts';
import { tableText } from '../table-text.ts';

export function tablesCommand(): Command {
  return new Command('tables')
    .description('the tables with their grain, keys and columns')
    .option('--markdown', 'the whole data dictionary')
    .option('--json', 'the contracts as JSON')
    .action((options: { markdown?: boolean; json?: boolean }) => {
      process.stdout.write(tablesText(options));
    });
}

function tablesText(options: { markdown?: boolean; json?: boolean }): string {
  if (options.json) return `${JSON.stringify(allTables, null, 2)}\n`;
  if (options.markdown) return dictionary(allTables);
  const rows = allTables.map(({ name, grain, key, promise }) => ({
    table: name,
    promise,
    key: key.join(', '),
    grain,
  }));
  return tableText(rows);
}
