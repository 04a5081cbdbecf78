import type { z } from 'zod';
import { type BeginServices, beginNight } from '../lib/night/begin.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openBegin } from './edge/open.ts';
import { type Begun, beginMessage } from './messages.ts';

/**
 * Claims the run of a night. The business date comes from the moment of the schedule and not from
 * the clock: a start that is delivered late or twice is the same night.
 */
export async function begin(
  services: BeginServices,
  { execution, input }: z.infer<typeof beginMessage>,
): Promise<Begun> {
  const { run, start } = await beginNight(services, {
    asOf: input.as_of,
    replaceNewer: input.replace_newer,
    start: { execution, scheduledAt: input.scheduled_at ?? null },
  });
  return {
    run_id: run.runId,
    snapshot_on: run.snapshotOn,
    is_repeated: start?.execution !== execution,
  };
}

export const handler = functionHandler({ parse: beginMessage.parse, open: openBegin, work: begin });
