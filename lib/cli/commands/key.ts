import type { Command } from 'commander';
import { openHomeSecret } from '../../keys/home-secret.ts';
import { withHome } from '../home.ts';
import { homeCommand } from '../options.ts';
import { openTerminal } from '../terminal.ts';

/** Tells of the secret, and never the secret. */
export function keyCommand(): Command {
  return homeCommand(
    'key',
    'where the secret is that keys of customers are made with, and how to keep it',
  ).action(async (options) => {
    const terminal = openTerminal(options);
    await withHome(options, async (home) => {
      const { fingerprint } = await openHomeSecret(home);
      const { place } = home.keeper;
      terminal.result(
        terminal.json ? JSON.stringify({ place, fingerprint }) : adviceText(place, fingerprint),
      );
    });
  });
}

function adviceText(place: string, fingerprint: string): string {
  return `Secret: ${place}
Fingerprint: ${fingerprint}, noted in keys/fingerprint.json

Keys of customers are made from their identifiers with this secret: whoever has it can tell whose a
key is. Keep a copy where you keep passwords, apart from the copies of this home: a home without it
cannot go on, and nobody can make it again. A home that is copied elsewhere needs the file too, of
mode 600. It is nothing to send with a report, an audience or a question.`;
}
