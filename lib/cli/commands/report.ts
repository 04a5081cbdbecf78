import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError } from '../../errors.ts';
import { readReportContent } from '../../report/content.ts';
import { renderReport } from '../../report/report.ts';
import { readPointer } from '../../stages/publish/pointer.ts';
import { en } from '../../words/en.ts';
import { commandText } from '../command-text.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';
import { requireWholeLedger } from '../whole-ledger.ts';

export function reportCommand(): Command {
  return homeCommand('report', 'draw the report of the published run again').action(
    async (options) => {
      const terminal = openTerminal(options);
      await withHome(options, async ({ folder, store, clock, engine }) => {
        const pointer = await readPointer(store);
        if (pointer === null) {
          throw new ConfigurationError(
            `Cannot draw a report of ${folder}: a published night is required: ${commandText('run', options)}`,
          );
        }
        await requireWholeLedger({ store, clock });
        const key = `reports/${pointer.current.snapshotOn}/index.html`;
        const content = await readReportContent(engine, pointer.current);
        await store.put(key, await renderReport(content, en));
        const report = join(folder, key);
        terminal.result(terminal.json ? JSON.stringify({ report }) : report);
      });
    },
  );
}
