import { z } from 'zod';
import { allDestinations } from '../destinations/found.ts';
import { digestedText, parseDigested } from '../digested.ts';
import type { ObjectStore } from '../ports/object-store.ts';

const sentRun = z.strictObject({
  run_id: z.string().regex(/^[a-z0-9-]+$/),
  snapshot_on: z.iso.date(),
  /** Members in `audience_member` of the run, and the digest of that table's files. */
  rows: z.int(),
  sha256: z.string(),
});

const sentAudience = z.strictObject({
  audience: z.string(),
  /**
   * sent: its files and manifest are complete. begun: some may be, of the last of the runs.
   * lost: what the destination holds is not known.
   */
  status: z.enum(['sent', 'begun', 'lost']),
  runs: z.array(sentRun),
});

const sentFile = z.strictObject({ destination: z.string(), audiences: z.array(sentAudience) });

export type SentRun = z.infer<typeof sentRun>;
export type SentAudience = z.infer<typeof sentAudience>;

/** What a destination was given, by audience, and the etag to change it by; null: no such note yet. */
export interface Sent {
  readonly audiences: ReadonlyMap<string, SentAudience>;
  readonly etag: string | null;
}

/** A run whose members of an audience a destination may hold. */
export interface SentRow {
  readonly destination: string;
  readonly audience: string;
  readonly runId: string;
}

/**
 * What a destination was given. Members of a run never change, so `sent/<destination>.json` names
 * their runs instead of copying them. Where it is missing although there are audience files, what
 * the destination holds is not known: each audience of the files is lost.
 */
export async function readSent(store: ObjectStore, destination: string): Promise<Sent> {
  const stored = await store.get(sentKey(destination));
  if (stored !== null) {
    const audiences = parseSent(destination, stored.body);
    return {
      audiences: new Map(audiences.map((sent) => [sent.audience, sent])),
      etag: stored.etag,
    };
  }
  const lost = new Map<string, SentAudience>();
  for await (const { key } of store.list(`audiences/${destination}/`)) {
    const audience = /^audiences\/[^/]+\/([^/]+)\/run_id=/.exec(key)?.[1];
    if (audience !== undefined) lost.set(audience, { audience, status: 'lost', runs: [] });
  }
  return { audiences: lost, etag: null };
}

/** Writes what becomes of one audience (null: it is given up); null when somebody else wrote since. */
export async function writeSent(
  store: ObjectStore,
  destination: string,
  change: {
    readonly from: Sent;
    readonly audience: string;
    readonly to: Omit<SentAudience, 'audience'> | null;
  },
): Promise<Sent | null> {
  const { from, audience, to } = change;
  const audiences = new Map(from.audiences);
  if (to === null) audiences.delete(audience);
  else audiences.set(audience, { audience, ...to });
  const file: z.infer<typeof sentFile> = {
    destination,
    audiences: [...audiences.values()].sort((a, b) => (a.audience < b.audience ? -1 : 1)),
  };
  const body = digestedText(file);
  if (!(await store.compareAndSet(sentKey(destination), body, from.etag))) return null;
  const stored = await store.get(sentKey(destination));
  return stored?.body.toString() === body ? { audiences, etag: stored.etag } : null;
}

/** Every run that any destination may hold members of. */
export async function readSentRows(store: ObjectStore): Promise<readonly SentRow[]> {
  const rows: SentRow[] = [];
  for (const { name } of allDestinations) {
    const stored = await store.get(sentKey(name));
    if (stored === null) continue;
    rows.push(...sentRowsOf(name, parseSent(name, stored.body)));
  }
  return rows;
}

/** Of audiences whose members are known: what is lost has to be replaced whole. */
export function sentRowsOf(
  destination: string,
  audiences: Iterable<SentAudience>,
): readonly SentRow[] {
  return [...audiences]
    .filter(({ status }) => status !== 'lost')
    .flatMap(({ audience, runs }) =>
      runs.map(({ run_id }) => ({ destination, audience, runId: run_id })),
    );
}

function parseSent(destination: string, body: Buffer): readonly SentAudience[] {
  return parseDigested(body, sentFile, {
    key: sentKey(destination),
    remedy: `Put it back from a copy of the home. Without it (delete it) all audiences of ${destination} are delivered to be replaced whole.`,
  }).audiences;
}

function sentKey(destination: string): string {
  return `sent/${destination}.json`;
}
