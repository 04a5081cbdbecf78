import { EngineError } from '../errors.ts';
import type { Changes } from './changes.ts';
import type { Sent, SentAudience } from './sent.ts';

/** What is to be done about one audience. */
export interface AudiencePlan {
  readonly audience: string;
  readonly upserts: number;
  readonly removes: number;
  /** Most members that the destination may hold of it. */
  readonly members: number;
  /** The run has no such audience any more: a last file takes everybody out. */
  readonly isGivenUp: boolean;
  /** What the destination holds is not known: the members replace it. */
  readonly isReplaced: boolean;
  /** So many would be removed that somebody has to confirm it. */
  readonly isHeld: boolean;
}

/** Of fewer members more than half may leave in a night by chance: docs/decisions/0012. */
const fewestHeld = 20;

/**
 * The audiences that a run has not delivered yet, in the order of their names. Fails with an
 * EngineError when there are changes of an audience that neither the run nor the destination has.
 */
export function planAudiences(
  changes: Changes,
  sent: Sent,
  { runId, isConfirmed }: { readonly runId: string; readonly isConfirmed: boolean },
): readonly AudiencePlan[] {
  const names = new Set([...changes.audiences, ...sent.audiences.keys()]);
  const stranger = [...changes.counts.keys()].find((name) => !names.has(name));
  if (stranger !== undefined) {
    throw new EngineError(
      `Cannot deliver run ${runId}: every audience must have a segment: ${stranger} has none.`,
    );
  }
  return [...names].sort(byBytes).flatMap((audience) => {
    const before = sent.audiences.get(audience);
    const isGivenUp = !changes.audiences.has(audience);
    if (!isGivenUp && isDelivered(before, runId)) return [];
    const { upserts = 0, removes: leavers = 0 } = changes.counts.get(audience) ?? {};
    const isReplaced = before !== undefined && isLost(before, changes);
    const removes = isReplaced ? 0 : leavers;
    const members = Math.max(0, ...(before?.runs ?? []).map(({ rows }) => rows));
    const isMuch = members >= fewestHeld && removes * 2 > members;
    const isHeld = isMuch && !isGivenUp && !isConfirmed;
    return [{ audience, upserts, removes, members, isGivenUp, isReplaced, isHeld }];
  });
}

function isDelivered(before: SentAudience | undefined, runId: string): boolean {
  return before?.status === 'sent' && before.runs[0]?.run_id === runId;
}

function isLost({ audience, status, runs }: SentAudience, { found }: Changes): boolean {
  return status === 'lost' || runs.some((run) => found(audience, run.run_id) !== run.rows);
}

/** As the engines order texts. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
