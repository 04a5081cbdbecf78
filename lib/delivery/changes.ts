import { nightParameters, textParameter } from '../night/parameters.ts';
import type { NightRecord } from '../night/record.ts';
import { renderStep } from '../night/render.ts';
import { sqlStepNamed } from '../night/steps.ts';
import type { QueryEngine, Row } from '../ports/query-engine.ts';
import { bind, type Parameters } from '../sql/bind.ts';
import { type Sent, sentRowsOf } from './sent.ts';

/** What the run of a night changes at one destination. */
export interface Changes {
  /** Audiences that the run has there, empty ones included. */
  readonly audiences: ReadonlySet<string>;
  /** Of audiences with rows. */
  readonly counts: ReadonlyMap<string, { readonly upserts: number; readonly removes: number }>;
  /** Members found of an audience in a run that it was sent from. */
  readonly found: (audience: string, runId: string) => number;
  /** Rows of `audience_change` by audience, members before leavers, in the order of keys. */
  readonly rows: () => AsyncIterable<Row>;
}

/**
 * The changes of a run against what a destination holds: those that the night wrote where it found
 * the same, else the same text once more against what is so now.
 */
export async function readChanges(
  engine: QueryEngine,
  night: NightRecord,
  options: { readonly destination: string; readonly sent: Sent },
): Promise<Changes> {
  const { destination, sent } = options;
  const holds = sentRowsOf(destination, sent.audiences.values());
  const noted = night.sent.filter((row) => row.destination === destination);
  const parameters = {
    ...nightParameters({ ...night, sent: holds }),
    destination: textParameter(destination),
  };
  const { select } = await renderStep(
    sqlStepNamed('audience_change'),
    { run: night.run, parameters },
    null,
  );
  const changes = isSame(holds, noted) ? bind(writtenText, parameters) : select;
  const ofDestination = `from (\n${changes}\n) as change ${bind('where destination = :destination', parameters)}`;
  const isConfigured = night.config.destinations.includes(destination);
  const segments = isConfigured ? await engine.read(bind(segmentsText, parameters)) : [];
  const counted = await engine.read(`select audience,
    count(case when op = 'upsert' then 1 end) as upserts,
    count(case when op = 'remove' then 1 end) as removes
    ${ofDestination} group by audience`);
  return {
    audiences: new Set(segments.map(({ audience }) => String(audience))),
    counts: new Map(
      counted.map(({ audience, upserts, removes }) => [
        String(audience),
        { upserts: Number(upserts), removes: Number(removes) },
      ]),
    ),
    found: await readFound(engine, parameters, holds.length > 0),
    rows: () =>
      engine.rows(`select customer_key, audience, op, scheme, segment, predicted_clv_12m, p_alive,
        ${bind(':as_of', parameters)} as snapshot_on
        ${ofDestination} order by audience, op desc, customer_key`),
  };
}

const writtenText = `
  select destination, audience, customer_key, op, scheme, segment, predicted_clv_12m, p_alive
  from audience_change where snapshot_on = :as_of and run_id = :run_id`;

const segmentsText = `
  select scheme || '-' || segment as audience from segment_profile
  where snapshot_on = :as_of and run_id = :run_id and scheme <> 'rfm_plain'`;

const foundText = `
  select audience, run_id, count(*) as found from audience_member
  where destination = :destination and run_id in (:sent_run_ids) group by audience, run_id`;

async function readFound(
  engine: QueryEngine,
  parameters: Parameters,
  isAnySent: boolean,
): Promise<Changes['found']> {
  const rows = isAnySent ? await engine.read(bind(foundText, parameters)) : [];
  const found = new Map(
    rows.map(({ audience, run_id, found }) => [`${audience} ${run_id}`, Number(found)]),
  );
  return (audience, runId) => found.get(`${audience} ${runId}`) ?? 0;
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  const sorted = (rows: readonly T[]) => rows.map((row) => JSON.stringify(row)).sort();
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}
