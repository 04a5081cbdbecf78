import { join } from 'node:path';
import { ingestDrop } from '../ingest/ingest.ts';
import type { IngestServices, LoadSummary } from '../ingest/services.ts';
import { openHomeSecret } from '../keys/home-secret.ts';
import type { Home } from './home.ts';
import { problemLine } from './problem-line.ts';
import type { Terminal } from './terminal.ts';

/** What ingesting needs, of a home. Fails as `openHomeSecret` does. */
export async function ingestServices(home: Home): Promise<IngestServices> {
  const secret = await openHomeSecret(home);
  return { ...home, secret, scratch: join(home.folder, '.scratch') };
}

/** Ingests everything in drop/ and tells of each file. */
export async function ingestHome(home: Home, terminal: Terminal): Promise<readonly LoadSummary[]> {
  return await ingestDrop(await ingestServices(home), ({ file, done, total, summary }) => {
    if (summary === null) terminal.progress(`${done + 1}/${total} ingest ${file}`);
    else sayLoad(terminal, summary);
  });
}

/** Tells of one file: what was taken, what was refused and why. Holds nothing personal. */
export function sayLoad(terminal: Terminal, load: LoadSummary): void {
  const { file, status, recordsIn, accepted, quarantined, ignored } = load;
  const count = (number: number) => number.toLocaleString('en');
  if (status === 'unchanged') {
    terminal.say(`${file}: loaded before, nothing new`);
    return;
  }
  terminal.say(
    `${file}: ${count(recordsIn)} records = ${count(accepted)} accepted + ${count(quarantined)} quarantined + ${count(ignored)} ignored${status === 'refused' ? ' (the file is refused, nothing of it is loaded)' : ''}`,
  );
  for (const problem of load.problems) terminal.say(`  ${problemLine(problem)}`);
  if (quarantined > load.problems.length) {
    terminal.say(`  … all ${count(quarantined)} are in the table quarantine`);
  }
  for (const [reason, records] of Object.entries(load.ignoredByReason)) {
    terminal.say(`  ignored: ${reason}: ${count(records)}`);
  }
}

/** 2 when this command refused a record or a file, else 0. */
export function loadExitCode(loads: readonly LoadSummary[]): 0 | 2 {
  const refused = loads.some(
    ({ status, quarantined }) => status === 'refused' || (status === 'loaded' && quarantined > 0),
  );
  return refused ? 2 : 0;
}
