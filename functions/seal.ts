import type { z } from 'zod';
import type { AthenaEngine } from '../lib/adapters/athena/query-engine.ts';
import { nightParameters } from '../lib/night/parameters.ts';
import { readRecord } from '../lib/night/record.ts';
import { nextRound, writtenRun } from '../lib/night/render.ts';
import { noteSealed } from '../lib/night/sealed.ts';
import { sqlStepNamed } from '../lib/night/steps.ts';
import type { ObjectStore } from '../lib/ports/object-store.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openEngine } from './edge/open-engine.ts';
import { type SealedMessage, sealMessage } from './messages.ts';

/** What seals is what wrote: an engine whose queries somebody else starts and waits for. */
export interface SealServices {
  readonly store: ObjectStore;
  readonly engine: Pick<AthenaEngine, 'read' | 'sealTable'>;
}

/** Makes what one query wrote the table of the run, and nothing else; says which round follows. */
export async function seal(
  { store, engine }: SealServices,
  message: z.infer<typeof sealMessage>,
): Promise<SealedMessage> {
  const record = await readRecord(store, message.run_id);
  const step = sqlStepNamed(message.step);
  const night = { run: record.run, parameters: nightParameters(record), engine };
  const run = writtenRun(record.run, message.round);
  const sealed = await engine.sealTable(step.writes, run, message.query_id);
  const next = await nextRound(step, night, message.round);
  if (next === null) await noteSealed(store, record.run, sealed);
  return {
    rows: sealed.rows,
    is_done: next === null,
    round: next === null ? null : { number: next.number, is_last: next.isLast },
  };
}

export const handler = functionHandler({ parse: sealMessage.parse, open: openEngine, work: seal });
