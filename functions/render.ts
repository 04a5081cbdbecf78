import type { z } from 'zod';
import { insertText } from '../lib/adapters/athena/insert-text.ts';
import { nightParameters } from '../lib/night/parameters.ts';
import { readRecord } from '../lib/night/record.ts';
import { renderStep } from '../lib/night/render.ts';
import { sqlStepNamed } from '../lib/night/steps.ts';
import type { ObjectStore } from '../lib/ports/object-store.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openStore } from './edge/open.ts';
import { type Rendered, renderMessage } from './messages.ts';

/** Binds the values of the night into the text of a step, and makes it the INSERT of its table. */
export async function render(
  { store }: { readonly store: ObjectStore },
  message: z.infer<typeof renderMessage>,
): Promise<Rendered> {
  const record = await readRecord(store, message.run_id);
  const step = sqlStepNamed(message.step);
  const night = { run: record.run, parameters: nightParameters(record) };
  const { run, select } = await renderStep(step, night, message.round);
  return {
    text: insertText(step.writes, run, select),
    target: `${step.writes.name} ${run.runId}`,
  };
}

export const handler = functionHandler({
  parse: renderMessage.parse,
  open: openStore,
  work: render,
});
