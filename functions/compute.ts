import type { z } from 'zod';
import { type OpenServices, openNight } from '../lib/night/open.ts';
import { noteSealed } from '../lib/night/sealed.ts';
import { computeStepNamed, runComputeStep } from '../lib/night/steps.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openEngine } from './edge/open-engine.ts';
import { type Computed, computeMessage } from './messages.ts';

/** Runs one compute step of the night: a table whose rows are computed, or an act of publishing. */
export async function compute(
  services: OpenServices,
  { run_id, step }: z.infer<typeof computeMessage>,
): Promise<Computed> {
  const night = await openNight(services, run_id);
  const sealed = await runComputeStep(night, computeStepNamed(step));
  if (sealed !== null) await noteSealed(services.store, night.run, sealed);
  return { rows: sealed?.rows ?? null };
}

export const handler = functionHandler({
  parse: computeMessage.parse,
  open: openEngine,
  work: compute,
});
