import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { withdraw } from '../../keeping/withdraw.ts';
import { commandText } from '../command-text.ts';
import { withHome } from '../home.ts';
import { ingestServices } from '../ingest-home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';

export function withdrawCommand(): Command {
  return homeCommand('withdraw', 'leave what a file or load brought out of the nights to come')
    .argument('<file-or-load>', 'file below drop/, or load_id of the table load')
    .option('--undo', 'take it back in; of a snapshot that is held back: confirm it')
    .action(
      async (
        name: string,
        options: { home: string; config?: string; json?: boolean; undo?: boolean },
      ) => {
        const terminal = openTerminal(options);
        const isUndone = options.undo ?? false;
        await withHome(options, async (home) => {
          const services = { ...home, ...(await ingestServices(home)) };
          const done = await withdraw(services, keyOf(home.folder, name), { isUndone });
          const rows = `${done.file} (${done.rows.toLocaleString('en')} rows)`;
          terminal.result(
            terminal.json
              ? JSON.stringify({ ...done, is_undone: isUndone })
              : isUndone
                ? `${rows} counts from the next night on.`
                : `${rows} counts in no night from the next one on, unless it is delivered again. To take it back in: ${commandText('withdraw', options, name, '--undo')}`,
          );
        });
      },
    );
}

/** A path of a file of the home, from here or from the home, as its key; anything else as it is. */
function keyOf(folder: string, name: string): string {
  const path = relative(folder, resolve(name));
  const isBelow = path !== '' && !path.startsWith('..') && !isAbsolute(path);
  return isBelow && path.startsWith(`drop${sep}`) ? path.replaceAll(sep, '/') : name;
}
