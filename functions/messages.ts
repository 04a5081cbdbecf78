import { z } from 'zod';
import type { Round } from '../lib/night/render.ts';

/*
 * Everything that the states of the night and the functions say to each other. States carry names
 * and counts, never a row; what is larger lies in the bucket under the run's id. The one exception
 * is the text of a query, so that it can be read in the console.
 */

const runId = z.string().regex(/^[a-z0-9-]+$/);
const stepName = z.string().regex(/^[a-z0-9_]+$/);

/** What a night may be started with: nothing by hand, the moment of the schedule by the schedule. */
export const nightInput = z.strictObject({
  scheduled_at: z.iso.datetime().optional(),
  as_of: z.iso.date().optional(),
  replace_newer: z.boolean().optional(),
});

export const beginMessage = z.strictObject({
  execution: z.string().min(1),
  input: nightInput,
});

export interface Begun {
  readonly run_id: string;
  readonly snapshot_on: string;
  /** Another execution has this night already: the schedule delivered its start twice. */
  readonly is_repeated: boolean;
}

/** A round of a step that repeats, `null` for one that does not. */
const roundMessage = z
  .strictObject({ number: z.int().min(1), is_last: z.boolean() })
  .transform(({ number, is_last }): Round => ({ number, isLast: is_last }))
  .nullable();

export const renderMessage = z.strictObject({ run_id: runId, step: stepName, round: roundMessage });

export interface Rendered {
  /** The INSERT, its values and its head comment in place. */
  readonly text: string;
  /** Table and run that it writes: a part of the token that makes starting it idempotent. */
  readonly target: string;
}

export const sealMessage = renderMessage.extend({ query_id: z.string().min(1) });

export interface SealedMessage {
  readonly rows: number;
  readonly is_done: boolean;
  /** The round to go on with; null when the table is done. */
  readonly round: { readonly number: number; readonly is_last: boolean } | null;
}

export const computeMessage = z.strictObject({ run_id: runId, step: stepName });

export interface Computed {
  /** Null for an act, which writes no table. */
  readonly rows: number | null;
}

/** What a delivery may be started with: nothing by a publication, `yes` by who confirms removals. */
const deliveryInput = z.strictObject({ yes: z.boolean().optional() });

export const deliverMessage = z.strictObject({
  destination: z.string().regex(/^[a-z0-9_]+$/),
  input: deliveryInput,
});

export interface Delivered {
  readonly run_id: string;
  readonly audiences: number;
}

/** How long runs are kept: said by the schedule that starts the retiring. */
export const retireMessage = z.strictObject({
  published_days: z.int().min(1),
  unpublished_days: z.int().min(1),
});

/** Said by the schedule that starts the compacting, which has nothing to say. */
export const compactMessage = z.strictObject({});
