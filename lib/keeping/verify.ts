import { readSent } from '../delivery/sent.ts';
import { allDestinations } from '../destinations/found.ts';
import { StorageError } from '../errors.ts';
import { checkLedger, type Damage } from '../ingest/ledger/check-ledger.ts';
import { readRecord } from '../night/record.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Run } from '../ports/query-engine.ts';
import { readPointer, readPublishedRun } from '../stages/publish/pointer.ts';
import { audienceMember } from '../tables/audiences.ts';

/** Something that is not as it was written, and what follows from that. */
export interface Finding {
  /** The object; null where the message names it. */
  readonly key: string | null;
  readonly state: 'lost' | 'changed' | 'unreadable';
  readonly meaning: string;
}

interface Verified {
  readonly store: ObjectStore;
  readonly clock: Clock;
}

/**
 * Compares everything that is kept with its digests: what was loaded, every published date, what
 * destinations were sent. Tables of runs that were never published are nobody's and are left out.
 */
export async function verifyHome({ store, clock }: Verified): Promise<readonly Finding[]> {
  const { damages } = await checkLedger(store, clock.now());
  const findings = damages.map((damage) => findingOf(damage));
  const pointer = await told(findings, () => readPointer(store));
  for (const run of pointer?.runs ?? []) {
    const isCurrent = run.runId === pointer?.current.runId;
    findings.push(...(await findingsOfRun(store, run, isCurrent)));
  }
  if (pointer != null) await told(findings, () => readRecord(store, pointer.current.runId));
  const published = new Set(pointer?.runs.map(({ runId }) => runId));
  for (const { name } of allDestinations) {
    const sent = await told(findings, () => readSent(store, name));
    const runs = [...(sent?.audiences.values() ?? [])].flatMap((audience) => audience.runs);
    for (const runId of new Set(runs.map(({ run_id }) => run_id))) {
      if (!published.has(runId)) findings.push(...(await findingsOfSent(store, runId, name)));
    }
  }
  return findings;
}

/** Does work whose StorageError is a finding. */
async function told<T>(findings: Finding[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    findings.push({ key: null, state: 'unreadable', meaning: error.message });
    return null;
  }
}

async function findingsOfRun(
  store: ObjectStore,
  run: Run,
  isCurrent: boolean,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tables = (await told(findings, () => readPublishedRun(store, run.runId))) ?? [];
  for (const { table, rows, files } of tables) {
    for (const { key, isLost } of await store.spoilt(files)) {
      const then = isCurrent
        ? 'Readers of it end with exit 4 until the next night is published, and so does that night where it carries something over from it: put it back from a copy of the home.'
        : 'Readers of its history end with exit 4: put it back from a copy of the home.';
      const meaning = `${rows} rows of ${table} of ${run.snapshotOn} cannot be read. ${then}`;
      findings.push({ key, state: isLost ? 'lost' : 'changed', meaning });
    }
  }
  return findings;
}

async function findingsOfSent(
  store: ObjectStore,
  runId: string,
  destination: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tables = (await told(findings, () => readPublishedRun(store, runId))) ?? [];
  const members = tables.find(({ table }) => table === audienceMember.name)?.files ?? [];
  for (const { key, isLost } of await store.spoilt(members)) {
    const meaning = `It says whom ${destination} was sent in run ${runId}: the next night ends with exit 4 until it is put back from a copy of the home, or sent/${destination}.json is deleted: then its audiences are delivered to be replaced whole.`;
    findings.push({ key, state: isLost ? 'lost' : 'changed', meaning });
  }
  return findings;
}

function findingOf({ key, isLost, feed, partId, objects }: Damage): Finding {
  const files = objects.length === 0 ? `files of drop/${feed}/` : objects.join(' or ');
  const meaning =
    partId === null
      ? `What was loaded of ${files} is not whole. The next night loads it again where it still lies there, else it ends with exit 4: deliver it again.`
      : 'A part that holds several loads together. The next night reads their own files where these are whole, or loads them again.';
  return { key, state: isLost ? 'lost' : 'changed', meaning };
}
