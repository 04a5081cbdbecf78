import { compute } from './compute.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openEngine } from './edge/open-engine.ts';
import { computeMessage } from './messages.ts';

/**
 * Runs one act of publishing. The work is that of every compute step; it is a function of its own
 * because it alone may move the pointer, replace views and write what leaves the lake.
 */
export const handler = functionHandler({
  parse: computeMessage.parse,
  open: openEngine,
  work: compute,
});
