import { Command, InvalidArgumentError } from 'commander';

/** A command that works on a home folder. */
export function homeCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--home <dir>', 'home folder: drop/, tables/, reports/ …')
    .option(
      '--config <file>',
      'configuration (default: clientele.config.json of the home, or here)',
    )
    .option('--json', 'result as JSON on stdout, no talk');
}

/** Adds what a night can be told. */
export function withNightOptions(command: Command): Command {
  return command
    .option('--as-of <date>', 'last day that counts (default: yesterday)', parseDate)
    .option('--replace-newer', 'publish although a later date is published');
}

/** `YYYY-MM-DD`, a day of the calendar. */
function parseDate(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(day.getTime()) ||
    !day.toISOString().startsWith(text)
  ) {
    throw new InvalidArgumentError('A date YYYY-MM-DD is required.');
  }
  return text;
}

/** A whole number from `least` on. */
export function parseWhole(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`A whole number from ${least} on is required.`);
    }
    return number;
  };
}
