import type { Destination } from '../destinations/destination.ts';
import { ConfigurationError } from '../errors.ts';
import { destinationKey } from '../keys/destination-key.ts';
import type { Secret } from '../keys/secret.ts';
import { readRecord } from '../night/record.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine, Row } from '../ports/query-engine.ts';
import { readPublishedTable } from '../stages/publish/pointer.ts';
import { audienceMember } from '../tables/audiences.ts';
import { type Changes, readChanges } from './changes.ts';
import { type AudiencePlan, planAudiences } from './plan.ts';
import { rowsInTurn } from './rows-in-turn.ts';
import { readSent, type Sent, type SentRun, writeSent } from './sent.ts';
import { writeAudience } from './write-audience.ts';

export interface DeliverServices {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  /** What keys of destinations are made with. */
  readonly secret: Secret;
}

/** What a delivery to one destination has come to. */
export interface Delivery {
  readonly destination: string;
  readonly runId: string;
  /** Audiences of which files were written. */
  readonly written: readonly AudiencePlan[];
  /** Audiences that wait until their removals are confirmed. */
  readonly held: readonly AudiencePlan[];
}

/**
 * Writes what the published run has not delivered to a destination yet: of each audience a file of
 * members, one of leavers and a manifest, then what was sent, by compare-and-set. Before its first
 * file an audience is noted as begun: whoever may have been sent is removed when he leaves, wherever
 * a delivery dies. One that finds the note changed makes its changes anew.
 *
 * Fails with a ConfigurationError when no run with audiences is published.
 */
export async function deliver(
  services: DeliverServices,
  destination: Destination,
  options: { readonly isConfirmed: boolean },
): Promise<Delivery> {
  const written: AudiencePlan[] = [];
  for (;;) {
    const attempt = await planDelivery(services, destination, options);
    const isDone = await writePlanned(services, destination, attempt, (plan) => written.push(plan));
    if (!isDone) continue;
    const held = attempt.plans.filter(({ isHeld }) => isHeld);
    return { destination: destination.name, runId: attempt.run.run_id, written, held };
  }
}

interface Attempt {
  /** The published run, but for the rows of an audience. */
  readonly run: Omit<SentRun, 'rows'>;
  readonly sent: Sent;
  readonly changes: Changes;
  readonly plans: readonly AudiencePlan[];
}

async function planDelivery(
  { store, engine }: DeliverServices,
  { name: destination }: Destination,
  { isConfirmed }: { readonly isConfirmed: boolean },
): Promise<Attempt> {
  const members = await readPublishedTable(store, audienceMember.name);
  if (members === null) {
    throw new ConfigurationError(
      'Cannot deliver: a published run with audiences is required: run a night first.',
    );
  }
  const { run, sha256 } = members;
  const night = await readRecord(store, run.runId);
  const sent = await readSent(store, destination);
  const changes = await readChanges(engine, night, { destination, sent });
  return {
    run: { run_id: run.runId, snapshot_on: run.snapshotOn, sha256 },
    sent,
    changes,
    plans: planAudiences(changes, sent, { runId: run.runId, isConfirmed }),
  };
}

/** False, and some may be written, when somebody else changed what was sent. */
async function writePlanned(
  { store, secret }: DeliverServices,
  destination: Destination,
  { run, changes, plans, ...attempt }: Attempt,
  onWritten: (plan: AudiencePlan) => void,
): Promise<boolean> {
  const due = new Map(
    plans.filter(({ isHeld }) => !isHeld).map((plan) => [plan.audience, plan] as const),
  );
  if (due.size === 0) return true;
  const rows = await rowsInTurn(keyed(rowsOf(changes, due), destination, secret));
  try {
    let sent: Sent | null = attempt.sent;
    for (const plan of due.values()) {
      sent = await begin(store, destination, { sent, plan, run });
      if (sent === null) return false;
      const written = { snapshotOn: run.snapshot_on, runId: run.run_id };
      await writeAudience(store, destination, { run: written, plan, rows });
      sent = await writeSent(store, destination.name, {
        from: sent,
        audience: plan.audience,
        to: plan.isGivenUp ? null : { status: 'sent', runs: [{ ...run, rows: plan.upserts }] },
      });
      if (sent === null) return false;
      onWritten(plan);
    }
    rows.failIfMore();
    return true;
  } finally {
    await rows.end();
  }
}

/** What is replaced whole needs no names of those who leave. */
async function* rowsOf(
  changes: Changes,
  due: ReadonlyMap<string, AudiencePlan>,
): AsyncGenerator<Row> {
  for await (const row of changes.rows()) {
    const plan = due.get(String(row.audience));
    if (plan === undefined || (plan.isReplaced && row.op === 'remove')) continue;
    yield row;
  }
}

/** Each row with the key that the destination may see, and no other. */
async function* keyed(
  rows: AsyncIterable<Row>,
  { name: destination, key }: Destination,
  secret: Secret,
): AsyncGenerator<Row> {
  for await (const { customer_key, ...row } of rows) {
    const customerKey = String(customer_key);
    const made =
      key === 'customer_key' ? customerKey : destinationKey(secret, { destination, customerKey });
    yield { ...row, [key]: made };
  }
}

/** Notes that members of the run may be sent from now on; null when the note was changed. */
async function begin(
  store: ObjectStore,
  destination: Destination,
  options: { readonly sent: Sent; readonly plan: AudiencePlan; readonly run: Attempt['run'] },
): Promise<Sent | null> {
  const { sent, plan, run } = options;
  const { status, runs = [] } = sent.audiences.get(plan.audience) ?? {};
  const isNoted = status === 'begun' && runs.some(({ run_id }) => run_id === run.run_id);
  if (isNoted || plan.isReplaced || plan.isGivenUp) return sent;
  return await writeSent(store, destination.name, {
    from: sent,
    audience: plan.audience,
    to: { status: 'begun', runs: [...runs, { ...run, rows: plan.upserts }] },
  });
}

/** Why an audience waits, for whoever has to confirm it. */
export function heldText(
  { destination, runId }: Delivery,
  { audience, members, removes }: AudiencePlan,
): string {
  return `Cannot deliver audience ${audience} of run ${runId} to ${destination}: at most half of its members may be removed unconfirmed: found ${removes} of ${members}.`;
}
