import { join } from 'node:path';
import { scratchFolder } from '../adapters/folder/scratch.ts';
import { ingestDrop } from '../ingest/ingest.ts';
import type { IngestServices, LoadSummary } from '../ingest/services.ts';
import { openHomeSecret } from '../keys/home-secret.ts';
import type { Home } from './home.ts';
import { problemLine } from './problem-line.ts';
import type { Terminal } from './terminal.ts';

/** What ingesting needs, of a home. Fails as `openHomeSecret` does. */
export async function ingestServices(home: Home): Promise<IngestServices> {
  const secret = await openHomeSecret(home);
  return { ...home, secret, scratch: join(home.folder, scratchFolder) };
}

/** Ingests everything in drop/ and tells of each file. */
export async function ingestHome(home: Home, terminal: Terminal): Promise<readonly LoadSummary[]> {
  const services = await ingestServices(home);
  const loads = await ingestDrop(services, ({ file, done, total, summary }) => {
    if (summary === null) terminal.progress(`${done + 1}/${total} ingest ${shownName(file)}`);
    else if (summary.status !== 'unchanged') sayLoad(terminal, summary);
  });
  const unchanged = loads.filter(({ status }) => status === 'unchanged').length;
  if (unchanged > 0) {
    terminal.say(
      `${unchanged === 1 ? '1 file was' : `${unchanged.toLocaleString('en')} files were`} loaded before: nothing new`,
    );
  }
  return loads;
}

/** A name may hold what a terminal would obey. */
function shownName(file: string): string {
  return file.replace(/\p{Cc}/gu, '\ufffd');
}

/** Tells of one file: what was taken, what was refused and why. Holds nothing personal. */
export function sayLoad(terminal: Terminal, load: LoadSummary): void {
  const { status, recordsIn, accepted, quarantined, ignored } = load;
  const file = shownName(load.file);
  const count = (number: number) => number.toLocaleString('en');
  if (status === 'unchanged') {
    terminal.say(`${file}: loaded before, nothing new`);
    return;
  }
  terminal.say(
    `${file}: ${count(recordsIn)} records = ${count(accepted)} accepted + ${count(quarantined)} quarantined + ${count(ignored)} ignored${status === 'refused' ? ' (the file is refused, nothing of it is loaded)' : ''}`,
  );
  for (const problem of load.problems) terminal.say(`  ${problemLine(problem)}`);
  const refused = quarantined + load.valuesDropped;
  if (status === 'loaded' && refused > load.problems.length) {
    terminal.say(`  … all ${count(refused)} are in the table quarantine`);
  }
  for (const line of readingLines(load)) terminal.say(`  ${line}`);
  for (const [reason, records] of Object.entries(load.ignoredByReason)) {
    terminal.say(`  ignored: ${reason}: ${count(records)}`);
  }
}

/** What was read in a way that nobody may have thought of. */
function readingLines(load: LoadSummary): string[] {
  const { valuesDropped, wordsEmptied, acceptedByStatus, acceptedByCurrency } = load;
  const list = (words: Readonly<Record<string, number>>) =>
    Object.entries(words)
      .filter(([word]) => word !== '')
      .map(([word, records]) => `${records.toLocaleString('en')} ${word}`)
      .join(', ');
  const without = acceptedByCurrency[''] ?? 0;
  return [
    ...(valuesDropped === 0
      ? []
      : [`${valuesDropped.toLocaleString('en')} values cannot be read and were left out`]),
    ...(wordsEmptied === 0
      ? []
      : [`${wordsEmptied.toLocaleString('en')} fields say NULL, N/A or the like: read as empty`]),
    ...(list(acceptedByStatus) === '' ? [] : [`status: ${list(acceptedByStatus)}`]),
    ...(list(acceptedByCurrency) === '' ? [] : [`currency: ${list(acceptedByCurrency)}`]),
    ...(without === 0
      ? []
      : [`${without.toLocaleString('en')} without a currency: taken in the reporting one`]),
  ];
}

/** 2 when this command refused a record or a file, else 0. */
export function loadExitCode(loads: readonly LoadSummary[]): 0 | 2 {
  const refused = loads.some(
    ({ status, quarantined }) => status === 'refused' || (status === 'loaded' && quarantined > 0),
  );
  return refused ? 2 : 0;
}
