import type { z } from 'zod';
import { nightParameters } from '../lib/night/parameters.ts';
import { readRecord } from '../lib/night/record.ts';
import { nextRound, writtenRun } from '../lib/night/render.ts';
import { noteSealed } from '../lib/night/sealed.ts';
import { sqlStepNamed } from '../lib/night/steps.ts';
import type { ObjectStore } from '../lib/ports/object-store.ts';
import type { QueryEngine, Run, SealedTable } from '../lib/ports/query-engine.ts';
import type { TableContract } from '../lib/tables/contract.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openSeal } from './edge/open.ts';
import { type SealedMessage, sealMessage } from './messages.ts';

export interface SealServices {
  readonly store: ObjectStore;
  readonly engine: Pick<QueryEngine, 'read'>;
  readonly sealTable: (table: TableContract, run: Run, queryId: string) => Promise<SealedTable>;
}

/** Makes what one query wrote the table of the run, and nothing else; says which round follows. */
export async function seal(
  { store, engine, sealTable }: SealServices,
  message: z.infer<typeof sealMessage>,
): Promise<SealedMessage> {
  const record = await readRecord(store, message.run_id);
  const step = sqlStepNamed(message.step);
  const night = { run: record.run, parameters: nightParameters(record), engine };
  const run = writtenRun(record.run, message.round);
  const sealed = await sealTable(step.writes, run, message.query_id);
  const next = await nextRound(step, night, message.round);
  if (next === null) await noteSealed(store, record.run, sealed);
  return {
    rows: sealed.rows,
    is_done: next === null,
    round: next === null ? null : { number: next.number, is_last: next.isLast },
  };
}

export const handler = functionHandler({ parse: sealMessage.parse, open: openSeal, work: seal });
